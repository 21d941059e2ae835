/* What a build does to a folder: what it makes, keeps, changes and removes. */
#include "support/shop.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(tree_write, .init = open_shop, .fini = close_shop);

static void
expect_counts(size_t created, size_t changed, size_t removed, size_t kept)
{
    cr_expect_eq(shop.result.counts[TREE_CREATED], created, "created");
    cr_expect_eq(shop.result.counts[TREE_CHANGED], changed, "changed");
    cr_expect_eq(shop.result.counts[TREE_REMOVED], removed, "removed");
    cr_expect_eq(shop.result.counts[TREE_KEPT], kept, "kept");
    cr_expect_eq(shop.result.entry_count, created + changed + removed + kept);
}

static mode_t
mode_of(const char *path)
{
    struct stat facts;
    cr_assert_eq(stat(workshop_path(&shop, path), &facts), 0);
    return facts.st_mode & 0777;
}

Test(tree_write, makes_the_folder_and_all_in_it)
{
    workshop_add(&shop, "b/c/d.yaml", "d\n");
    workshop_add(&shop, "a.yaml", "");
    workshop_add(&shop, "b/a.yaml", "a\n");
    workshop_build(&shop);
    expect_counts(3, 0, 0, 0);
    cr_expect(workshop_has(&shop, "b/c/d.yaml", "d\n"));
    cr_expect(workshop_has(&shop, "a.yaml", ""));
    cr_expect(is_there(&shop, "broxc.lock"));
    cr_expect_not(is_there(&shop, ".broxc-staging"));
    cr_expect(is_str_equal(shop.result.entries[1].path, STR("b/a.yaml")));
    cr_expect_eq(shop.result.entries[1].bytes, 2u);
}

Test(tree_write, a_second_build_touches_nothing)
{
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b/b.yaml", "b\n");
    workshop_build(&shop);
    struct str picture = workshop_picture(&shop);
    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b/b.yaml", "b\n");
    workshop_build(&shop);
    expect_counts(0, 0, 0, 2);
    cr_expect(is_str_equal(workshop_picture(&shop), picture));
}

Test(tree_write, only_what_changes_is_written)
{
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b.yaml", "b\n");
    workshop_add(&shop, "c.yaml", "same\n");
    workshop_build(&shop);
    struct stat before;
    struct stat after;
    stat(workshop_path(&shop, "a.yaml"), &before);

    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b.yaml", "longer\n");
    workshop_add(&shop, "c.yaml", "SAME\n");
    workshop_build(&shop);
    expect_counts(0, 2, 0, 1);
    cr_expect(workshop_has(&shop, "b.yaml", "longer\n"));
    cr_expect(workshop_has(&shop, "c.yaml", "SAME\n"));
    stat(workshop_path(&shop, "a.yaml"), &after);
    cr_expect_eq(before.st_ino, after.st_ino);
    cr_expect_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

Test(tree_write, what_is_gone_goes_with_its_folders)
{
    workshop_add(&shop, "a/b/c/1.yaml", "1\n");
    workshop_add(&shop, "a/b/c/2.yaml", "2\n");
    workshop_add(&shop, "a/x/3.yaml", "3\n");
    workshop_add(&shop, "a/keep.yaml", "k\n");
    workshop_build(&shop);
    workshop_put(&shop, "a/x/mine", "mine\n");

    workshop_again(&shop);
    workshop_add(&shop, "a/keep.yaml", "k\n");
    workshop_build(&shop);
    expect_counts(0, 0, 3, 1);
    cr_expect_not(is_there(&shop, "a/b"));
    cr_expect_not(is_there(&shop, "a/x/3.yaml"));
    cr_expect(workshop_has(&shop, "a/x/mine", "mine\n"));
    cr_expect(is_there(&shop, "a/keep.yaml"));
}

Test(tree_write, a_program_that_makes_nothing_leaves_a_lock_alone)
{
    workshop_add(&shop, "a/1.yaml", "1\n");
    workshop_build(&shop);
    workshop_again(&shop);
    workshop_build(&shop);
    expect_counts(0, 0, 1, 0);
    cr_expect(workshop_has(&shop, "broxc.lock",
                           "broxc lock 1\ncompiler 0.1.0\n"
                           "program envs.brx\n\nend\n"));
    cr_expect_not(is_there(&shop, "a"));
}

Test(tree_write, a_lost_file_is_made_again)
{
    for (int run = 0; run < 2; run++) {
        workshop_again(&shop);
        workshop_add(&shop, "a/1.yaml", "1\n");
        workshop_build(&shop);
        expect_counts(1, 0, 0, 0);
        unlink(workshop_path(&shop, "a/1.yaml"));
        rmdir(workshop_path(&shop, "a"));
    }
}

Test(tree_write, a_file_becomes_a_folder)
{
    workshop_add(&shop, "docs", "file\n");
    workshop_add(&shop, "docs-old", "file\n");
    workshop_build(&shop);
    workshop_again(&shop);
    workshop_add(&shop, "docs/guide.md", "guide\n");
    workshop_build(&shop);
    expect_counts(1, 0, 2, 0);
    cr_expect(workshop_has(&shop, "docs/guide.md", "guide\n"));
}

Test(tree_write, a_folder_becomes_a_file)
{
    workshop_add(&shop, "docs/a/guide.md", "guide\n");
    workshop_add(&shop, "docs/b.md", "b\n");
    workshop_build(&shop);
    mkdir(workshop_path(&shop, "docs/empty"), 0777);
    workshop_again(&shop);
    workshop_add(&shop, "docs", "file\n");
    workshop_build(&shop);
    expect_counts(1, 0, 2, 0);
    cr_expect(workshop_has(&shop, "docs", "file\n"));
}

Test(tree_write, made_once_is_never_touched_again)
{
    workshop_add(&shop, "state.yaml", "first\n")->kind = DOCUMENT_ONCE;
    workshop_build(&shop);
    expect_counts(1, 0, 0, 0);
    workshop_put(&shop, "state.yaml", "the pipeline's\n");

    workshop_again(&shop);
    workshop_add(&shop, "state.yaml", "second\n")->kind = DOCUMENT_ONCE;
    workshop_build(&shop);
    expect_counts(0, 0, 0, 1);
    cr_expect(workshop_has(&shop, "state.yaml", "the pipeline's\n"));

    workshop_again(&shop);
    workshop_build(&shop);
    expect_counts(0, 0, 0, 0);
    cr_expect(workshop_has(&shop, "state.yaml", "the pipeline's\n"));
}

Test(tree_write, what_once_was_the_pipelines_is_not_ours)
{
    workshop_add(&shop, "state.yaml", "first\n")->kind = DOCUMENT_ONCE;
    workshop_build(&shop);
    workshop_again(&shop);
    workshop_add(&shop, "state.yaml", "second\n");
    cr_expect_eq(workshop_write(&shop).kind, STATUS_REFUSED);
    cr_expect(has_diag(shop.sink, DIAG_O03));
    cr_expect(workshop_has(&shop, "state.yaml", "first\n"));
}

Test(tree_write, a_part_leaves_the_other_parts_alone)
{
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b.yaml", "b\n");
    workshop_build(&shop);
    workshop_put(&shop, "b.yaml", "edited\n");

    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", "new\n");
    shop.options.is_partial = true;
    workshop_build(&shop);
    expect_counts(0, 1, 0, 0);
    cr_expect(workshop_has(&shop, "b.yaml", "edited\n"));

    workshop_again(&shop);
    workshop_put(&shop, "b.yaml", "b\n");
    workshop_add(&shop, "a.yaml", "new\n");
    workshop_build(&shop);
    expect_counts(0, 0, 1, 1);
}

Test(tree_write, scripts_can_be_run_and_permissions_stay)
{
    umask(022);
    workshop_add(&shop, "run.sh", "#!/bin/sh\n")->is_executable = true;
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_build(&shop);
    cr_expect_eq(mode_of("run.sh"), 0755u);
    cr_expect_eq(mode_of("a.yaml"), 0644u);
    chmod(workshop_path(&shop, "a.yaml"), 0600);
    chmod(workshop_path(&shop, "run.sh"), 0640);

    workshop_again(&shop);
    workshop_add(&shop, "run.sh", "#!/bin/sh\n")->is_executable = true;
    workshop_add(&shop, "a.yaml", "longer\n");
    workshop_build(&shop);
    expect_counts(0, 2, 0, 0);
    cr_expect_eq(mode_of("run.sh"), 0750u);
    cr_expect_eq(mode_of("a.yaml"), 0600u);
}

Test(tree_write, bytes_of_all_kinds_survive)
{
    static const char bytes[] = "\0\xff\r\n\x1b";
    struct document *document = workshop_add(&shop, "a b/\"\xc3\xa4\\", "");
    for (int i = 0; i < 50000; i++)
        buf_add(&document->content, (struct str){bytes, sizeof bytes});
    workshop_build(&shop);
    workshop_again(&shop);
    document = workshop_add(&shop, "a b/\"\xc3\xa4\\", "");
    for (int i = 0; i < 50000; i++)
        buf_add(&document->content, (struct str){bytes, sizeof bytes});
    document->content.at[sizeof bytes * 50000 - 1] = 'x';
    workshop_build(&shop);
    expect_counts(0, 1, 0, 0);
    workshop_again(&shop);
    workshop_build(&shop);
    expect_counts(0, 0, 1, 0);
}

Test(tree_write, two_folders_get_the_same_lock)
{
    static const char *paths[] = {"z.yaml", "b/c.yaml", "b-c.yaml", "B2.yaml"};
    for (int run = 0; run < 2; run++) {
        workshop_again(&shop);
        for (int i = 0; i < 4; i++) {
            int next = run == 0 ? i : 3 - i;
            struct document *document =
                workshop_add(&shop, paths[next], paths[next]);
            document->origins.count = 0;
        }
        shop.options.folder = str_from(workshop_path(&shop, run ? "2" : "1"));
        workshop_build(&shop);
    }
    cr_expect(is_there(&shop, "1/b/c.yaml"));
    struct str list = workshop_list(&shop);
    workshop_again(&shop);
    rename(workshop_path(&shop, "1"), workshop_path(&shop, "3"));
    rename(workshop_path(&shop, "2"), workshop_path(&shop, "1"));
    rename(workshop_path(&shop, "3"), workshop_path(&shop, "2"));
    cr_expect(is_str_equal(workshop_list(&shop), list));
}

Test(tree_write, ten_thousand_files_take_no_time, .timeout = 20)
{
    for (int run = 0; run < 2; run++) {
        workshop_again(&shop);
        for (int i = 0; i < 10000; i++) {
            struct str path =
                arena_format(shop.arena, "folder-{}/file-{}.yaml",
                             STRS(arena_number(shop.arena, i / 100),
                                  arena_number(shop.arena, i)));
            workshop_add(&shop, arena_cstr(shop.arena, path), "content\n")
                ->origins.count = 0;
        }
        workshop_build(&shop);
    }
    expect_counts(0, 0, 0, 10000);
}

Test(tree_write, tells_of_links_that_lead_nowhere)
{
    workshop_add(&shop, "a-b.yaml", "");
    workshop_add(&shop, "a-c.yaml", "");
    workshop_add(&shop, "a-d.yaml", "");
    workshop_add(&shop, "a/c.yaml", "");
    workshop_add(&shop, "page.md", "[x](a) [x](a/c.yaml) [x](./a-d.yaml#y)\n");
    workshop_build(&shop);
    cr_expect_eq(sink_count(shop.sink), 0u);

    workshop_again(&shop);
    workshop_add(&shop, "a/c.yaml", "");
    workshop_add(&shop, "page.md", "[x](a/c) [x](a/c.yaml)\n");
    workshop_build(&shop);
    cr_assert_eq(sink_count(shop.sink), 1u);
    cr_expect_eq(sink_at(shop.sink, 0)->code, DIAG_O08);
}
