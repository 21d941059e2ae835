/* What stops a build: each case leaves the folder as it was. */
#include "support/shop.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(tree_conflict, .init = open_shop, .fini = close_shop);

static void
expect_refusal(size_t count, enum diag_code code)
{
    struct str picture = workshop_picture(&shop);
    struct status status = workshop_write(&shop);
    cr_expect_eq(status.kind, STATUS_REFUSED);
    cr_assert_eq(sink_count(shop.sink), count, "%zu", sink_count(shop.sink));
    for (size_t i = 0; i < count; i++)
        cr_expect_eq(sink_at(shop.sink, i)->code, code);
    cr_expect_eq(shop.result.entry_count, 0u);
    cr_expect(is_str_equal(workshop_picture(&shop), picture));
}

/* The machine refuses: a status, no diagnostic. */
static void
expect_status(enum status_kind kind, struct str end)
{
    struct str picture = workshop_picture(&shop);
    struct status status = workshop_write(&shop);
    cr_expect_eq(status.kind, kind);
    cr_expect(has_suffix(status.message, end), "%.*s", (int)status.message.len,
              status.message.at);
    cr_expect_eq(sink_count(shop.sink), 0u);
    cr_expect(is_str_equal(workshop_picture(&shop), picture));
}

static const struct diag *
only_diag(void)
{
    return sink_at(shop.sink, 0);
}

static void
make_folder(const char *path)
{
    mkdir(workshop_path(&shop, ""), 0777);
    mkdir(workshop_path(&shop, path), 0777);
}

static void
build_one(const char *path, const char *content)
{
    workshop_again(&shop);
    workshop_add(&shop, path, content);
    workshop_build(&shop);
    workshop_again(&shop);
}

Test(tree_conflict, two_documents_with_one_path)
{
    workshop_add(&shop, "a/x.yaml", "1\n");
    workshop_add(&shop, "b.yaml", "2\n");
    workshop_add(&shop, "a/x.yaml", "3\n");
    expect_refusal(1, DIAG_N11);
    cr_expect_eq(only_diag()->span.start, 4u);
    cr_expect_eq(only_diag()->notes->span.start, 0u);
    cr_expect_not(is_there(&shop, ""));
}

Test(tree_conflict, paths_that_differ_in_case_alone)
{
    workshop_add(&shop, "a/X.yaml", "1\n");
    workshop_add(&shop, "A/x.yaml", "1\n");
    workshop_add(&shop, "a/y.yaml", "1\n");
    workshop_add(&shop, "A/z.yaml", "1\n");
    expect_refusal(1, DIAG_N11);
}

Test(tree_conflict, a_path_that_is_a_folder_of_another)
{
    workshop_add(&shop, "a/b", "1\n");
    workshop_add(&shop, "a/b-c", "1\n");
    workshop_add(&shop, "a/b.d", "1\n");
    workshop_add(&shop, "A/B/c/d", "1\n");
    expect_refusal(1, DIAG_N11);
    cr_expect(
        is_str_equal(only_diag()->headline, STR("two sources produce `a/b`")));
}

Test(tree_conflict, names_that_we_keep)
{
    workshop_add(&shop, "broxc.lock", "1\n");
    workshop_add(&shop, "BROXC.lock/x", "1\n");
    workshop_add(&shop, ".broxc-staging/n1", "1\n");
    workshop_add(&shop, "a/broxc.lock", "fine\n");
    workshop_write(&shop);
    cr_expect_eq(sink_error_count(shop.sink), 4u);
    cr_expect_not(is_there(&shop, ""));
}

Test(tree_conflict, paths_that_lead_out)
{
    static const char *paths[] = {"../a", "/tmp/a",  "a/../../b", "",
                                  "a//b", "a/./b",   "a/",        "..",
                                  "a\nb", "a/\x7f/b"};
    for (int i = 0; i < 10; i++)
        workshop_add(&shop, paths[i], "1\n");
    struct document *nul = workshop_add(&shop, "a", "1\n");
    nul->path = (struct str){"a\0b", 3};
    expect_refusal(11, DIAG_N20);
}

Test(tree_conflict, a_name_that_is_too_long_or_too_deep)
{
    struct buf name;
    struct buf deep;
    buf_init(&name, shop.arena);
    buf_init(&deep, shop.arena);
    buf_repeat(&name, 'a', 256);
    for (int i = 0; i < 33; i++)
        buf_add(&deep, STR("d/"));
    buf_byte(&deep, 'f');
    workshop_add(&shop, arena_cstr(shop.arena, buf_str(&name)), "1\n");
    workshop_add(&shop, arena_cstr(shop.arena, buf_str(&deep)), "1\n");
    expect_refusal(2, DIAG_N20);
    workshop_again(&shop);
    name.len--;
    workshop_add(&shop, arena_cstr(shop.arena, buf_str(&name)), "1\n");
    workshop_add(&shop,
                 arena_cstr(shop.arena, str_slice(buf_str(&deep), 2, deep.len)),
                 "1\n");
    workshop_build(&shop);
}

Test(tree_conflict, a_foreign_file_stays_unless_adopted)
{
    make_folder("b");
    workshop_put(&shop, "b/a.yaml", "mine\n");
    workshop_put(&shop, "same.yaml", "same\n");
    for (int adopts = 0; adopts < 2; adopts++) {
        workshop_again(&shop);
        workshop_add(&shop, "b/a.yaml", "generated\n");
        workshop_add(&shop, "same.yaml", "same\n");
        workshop_add(&shop, "new.yaml", "new\n");
        shop.options.adopt = adopts;
        shop.options.force = !adopts;
        if (!adopts) {
            expect_refusal(1, DIAG_O03);
            cr_expect_eq(only_diag()->span.start, 0u);
        }
    }
    workshop_build(&shop);
    cr_expect_eq(shop.result.counts[TREE_KEPT], 1u);
    cr_expect_eq(shop.result.counts[TREE_CHANGED], 1u);
    cr_expect(workshop_has(&shop, "b/a.yaml", "generated\n"));
}

Test(tree_conflict, an_edit_stays_unless_forced)
{
    build_one("a.yaml", "one\ntwo\n");
    workshop_put(&shop, "a.yaml", "one\ntwo by hand\n");
    workshop_add(&shop, "a.yaml", "one\nthree\n");
    shop.options.adopt = true;
    expect_refusal(1, DIAG_O01);
    struct str diff = STR("a build would change the file so:\n"
                          "@@ -1,2 +1,2 @@\n one\n-two by hand\n+three");
    cr_expect(is_str_equal(only_diag()->notes->text, diff), "%.*s",
              (int)only_diag()->notes->text.len, only_diag()->notes->text.at);

    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", "one\nthree\n");
    shop.options.force = true;
    workshop_build(&shop);
    cr_expect(workshop_has(&shop, "a.yaml", "one\nthree\n"));
}

Test(tree_conflict, an_edit_that_the_source_took_over_is_none)
{
    build_one("a.yaml", "one\n");
    workshop_put(&shop, "a.yaml", "two\n");
    workshop_add(&shop, "a.yaml", "two\n");
    workshop_build(&shop);
    cr_expect_eq(shop.result.counts[TREE_KEPT], 1u);
    build_one("a.yaml", "three\n");
}

Test(tree_conflict, an_edit_of_what_is_made_empty)
{
    workshop_add(&shop, "empty.yaml", "");
    workshop_build(&shop);
    workshop_put(&shop, "empty.yaml", "by hand\n");
    workshop_again(&shop);
    workshop_add(&shop, "empty.yaml", "");
    expect_refusal(1, DIAG_O01);
    cr_expect(str_contains(only_diag()->notes->text, STR("-by hand")));
}

Test(tree_conflict, an_edited_file_that_goes_stays_unless_forced)
{
    build_one("a.yaml", "one\n");
    workshop_put(&shop, "a.yaml", "by hand\n");
    expect_refusal(1, DIAG_O01);
    workshop_again(&shop);
    shop.options.force = true;
    workshop_build(&shop);
    cr_expect_not(is_there(&shop, "a.yaml"));
}

Test(tree_conflict, all_are_told_at_once)
{
    workshop_add(&shop, "a.yaml", "a\n");
    workshop_add(&shop, "b.yaml", "b\n");
    workshop_build(&shop);
    workshop_again(&shop);
    workshop_put(&shop, "a.yaml", "edited\n");
    workshop_put(&shop, "b.yaml", "edited\n");
    workshop_put(&shop, "c.yaml", "foreign\n");
    make_folder("d.yaml");
    workshop_put(&shop, "d.yaml/mine", "mine\n");
    workshop_add(&shop, "a.yaml", "A\n");
    workshop_add(&shop, "c.yaml", "C\n");
    workshop_add(&shop, "d.yaml", "D\n");
    struct status status = workshop_write(&shop);
    cr_expect(has_suffix(status.message, STR(": 4 conflicts")), "%.*s",
              (int)status.message.len, status.message.at);
    cr_expect_eq(sink_error_count(shop.sink), 4u);
}

Test(tree_conflict, a_thousand_are_capped)
{
    workshop_add(&shop, "z.yaml", "z\n");
    workshop_build(&shop);
    workshop_again(&shop);
    for (int i = 0; i < 300; i++) {
        struct str name = arena_number(shop.arena, i);
        char *path = arena_cstr(shop.arena, name);
        workshop_put(&shop, path, "foreign\n");
        workshop_add(&shop, path, "ours\n");
    }
    struct status status = workshop_write(&shop);
    cr_expect_eq(sink_error_count(shop.sink), 100u);
    cr_expect(has_suffix(status.message, STR(": 300 conflicts")));
}

Test(tree_conflict, no_symbolic_link_leads_us_out)
{
    char *outside =
        arena_cstr(shop.arena, arena_format(shop.arena, "{}/outside",
                                            STRS(str_from(shop.folder))));
    mkdir(outside, 0777);
    make_folder("");
    cr_assert_eq(symlink(outside, workshop_path(&shop, "a")), 0);
    cr_assert_eq(symlink("../outside/file", workshop_path(&shop, "b")), 0);
    cr_assert_eq(symlink("..", workshop_path(&shop, "c")), 0);
    workshop_add(&shop, "a/x.yaml", "x\n");
    workshop_add(&shop, "a/y/z.yaml", "z\n");
    workshop_add(&shop, "b", "b\n");
    workshop_add(&shop, "c/d/e", "e\n");
    shop.options.force = true;
    expect_refusal(3, DIAG_O03);
}

Test(tree_conflict, an_adopted_link_is_replaced_and_not_followed)
{
    make_folder("");
    workshop_put(&shop, "target", "target\n");
    cr_assert_eq(symlink("target", workshop_path(&shop, "link")), 0);
    workshop_add(&shop, "link", "ours\n");
    shop.options.adopt = true;
    workshop_build(&shop);
    struct stat facts;
    cr_expect_eq(lstat(workshop_path(&shop, "link"), &facts), 0);
    cr_expect(S_ISREG(facts.st_mode));
    cr_expect(workshop_has(&shop, "link", "ours\n"));
    cr_expect(workshop_has(&shop, "target", "target\n"));
}

Test(tree_conflict, a_link_in_the_place_of_our_folder_saves_what_is_behind)
{
    build_one("a/x.yaml", "x\n");
    make_folder("b");
    workshop_put(&shop, "b/x.yaml", "x\n");
    unlink(workshop_path(&shop, "a/x.yaml"));
    rmdir(workshop_path(&shop, "a"));
    cr_assert_eq(symlink("b", workshop_path(&shop, "a")), 0);
    shop.options.force = true;
    workshop_build(&shop);
    cr_expect(workshop_has(&shop, "b/x.yaml", "x\n"));
    cr_expect(is_there(&shop, "a"));
}

Test(tree_conflict, a_pipe_does_not_make_us_wait, .timeout = 10)
{
    make_folder("");
    cr_assert_eq(mkfifo(workshop_path(&shop, "a"), 0600), 0);
    workshop_add(&shop, "a", "a\n");
    expect_refusal(1, DIAG_O03);
}

Test(tree_conflict, files_and_folders_in_the_way)
{
    make_folder("file.yaml");
    workshop_put(&shop, "file.yaml/mine", "mine\n");
    workshop_put(&shop, "folder", "file\n");
    workshop_add(&shop, "file.yaml", "a\n");
    workshop_add(&shop, "folder/a.yaml", "a\n");
    workshop_add(&shop, "folder/b/c.yaml", "a\n");
    shop.options.adopt = true;
    shop.options.force = true;
    expect_refusal(2, DIAG_O03);
}

Test(tree_conflict, a_folder_in_the_place_of_our_file)
{
    build_one("a.yaml", "a\n");
    unlink(workshop_path(&shop, "a.yaml"));
    make_folder("a.yaml");
    workshop_put(&shop, "a.yaml/mine", "mine\n");
    workshop_add(&shop, "a.yaml", "a\n");
    shop.options.force = true;
    shop.options.adopt = true;
    expect_refusal(1, DIAG_O03);
    workshop_again(&shop);
    workshop_build(&shop);
    cr_expect(workshop_has(&shop, "a.yaml/mine", "mine\n"));
}

Test(tree_conflict, the_output_folder_is_a_file)
{
    char *file =
        arena_cstr(shop.arena, arena_format(shop.arena, "{}/out",
                                            STRS(str_from(shop.folder))));
    close(open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    workshop_add(&shop, "a.yaml", "a\n");
    shop.options.folder = str_from(file);
    expect_status(STATUS_CANNOT_WRITE,
                  STR("it is a file, where a folder should be"));
    shop.options.folder =
        arena_format(shop.arena, "{}/b/c", STRS(str_from(file)));
    expect_status(STATUS_CANNOT_WRITE,
                  STR("it is a file, where a folder should be"));
}

Test(tree_conflict, an_output_folder_with_a_nul)
{
    workshop_add(&shop, "a.yaml", "a\n");
    shop.options.folder = (struct str){"a\0b", 3};
    expect_status(STATUS_CANNOT_WRITE, STR("it is not there"));
}

Test(tree_conflict, a_folder_that_nobody_may_write)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        cr_skip_test("cannot become nobody");
    char *folder =
        arena_cstr(shop.arena, arena_format(shop.arena, "{}-nobody/",
                                            STRS(str_from(shop.folder))));
    cr_assert_eq(mkdir(folder, 0500), 0);
    workshop_add(&shop, "a/b.yaml", "a\n");
    shop.options.folder = str_from(folder);
    expect_status(STATUS_CANNOT_WRITE, STR("-nobody`: permission denied"));
    shop.options.folder =
        arena_format(shop.arena, "{}x/y", STRS(str_from(folder)));
    expect_status(STATUS_CANNOT_WRITE, STR("permission denied"));
    rmdir(folder);
}

Test(tree_conflict, another_run_holds_the_folder)
{
    build_one("a.yaml", "a\n");
    int other = open(workshop_path(&shop, ""), O_RDONLY | O_CLOEXEC);
    cr_assert_eq(flock(other, LOCK_EX), 0);
    workshop_add(&shop, "a.yaml", "b\n");
    struct str message =
        arena_format(shop.arena, "another broxc is writing to `{}/out`",
                     STRS(str_from(shop.folder)));
    expect_status(STATUS_CANNOT_WRITE, message);
    close(other);
    workshop_build(&shop);
}

Test(tree_conflict, a_damaged_lock_is_not_trusted)
{
    build_one("a.yaml", "a\n");
    workshop_put(&shop, "broxc.lock", "broxc lock 1\n");
    shop.options.force = true;
    shop.options.adopt = true;
    expect_status(STATUS_CANNOT_READ,
                  STR("is damaged: its end is missing; restore it, or remove "
                      "it and build with `--adopt`"));
    unlink(workshop_path(&shop, "broxc.lock"));
    make_folder("broxc.lock");
    expect_status(STATUS_CANNOT_READ,
                  STR("is damaged: it is not a file; restore it, or remove "
                      "it and build with `--adopt`"));
    rmdir(workshop_path(&shop, "broxc.lock"));
    cr_assert_eq(symlink("/dev/zero", workshop_path(&shop, "broxc.lock")), 0);
    expect_status(STATUS_CANNOT_READ,
                  STR("is damaged: it is not a file; restore it, or remove "
                      "it and build with `--adopt`"));
}

Test(tree_conflict, no_lock_leads_out_of_the_folder)
{
    make_folder("");
    char *outside =
        arena_cstr(shop.arena, arena_format(shop.arena, "{}/victim",
                                            STRS(str_from(shop.folder))));
    close(open(outside, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    workshop_put(&shop, "broxc.lock",
                 "broxc lock 1\ncompiler 1\nprogram x\n\n"
                 "99aa06d3014798d86001c324468d497f owned ../victim\nend\n");
    shop.options.force = true;
    expect_status(STATUS_CANNOT_READ,
                  STR("is damaged: line 5 leads out of the output folder; "
                      "restore it, or remove it and build with `--adopt`"));
    cr_expect_eq(access(outside, F_OK), 0);
}

Test(tree_conflict, something_else_has_the_staging_folders_name)
{
    make_folder("");
    workshop_put(&shop, ".broxc-staging", "mine\n");
    workshop_add(&shop, "a.yaml", "a\n");
    expect_status(STATUS_CANNOT_WRITE,
                  STR("it is a file, where a folder should be"));
    unlink(workshop_path(&shop, ".broxc-staging"));
    cr_assert_eq(symlink("..", workshop_path(&shop, ".broxc-staging")), 0);
    cr_expect_eq(workshop_write(&shop).kind, STATUS_CANNOT_WRITE);
    unlink(workshop_path(&shop, ".broxc-staging"));
    make_folder(".broxc-staging");
    workshop_put(&shop, ".broxc-staging/mine", "mine\n");
    expect_status(STATUS_CANNOT_WRITE, STR("it holds files that are not ours"));
}
