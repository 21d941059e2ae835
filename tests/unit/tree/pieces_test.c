/* A document that comes in pieces ends as one that comes whole. */
#include "support/shop.h"

#include <criterion/criterion.h>
#include <sys/stat.h>

TestSuite(tree_pieces, .init = open_shop, .fini = close_shop);

static const char *const texts[] = {
    "one two three four\n",      "one two three FOUR\n",
    "one two three four five\n", "one two\n",
    "ONE two three four\n",      "o",
};

enum { TEXT_COUNT = sizeof texts / sizeof texts[0] };

static void
build(const char *path, const char *text, size_t piece_len)
{
    workshop_again(&shop);
    shop.piece_len = piece_len;
    workshop_add(&shop, path, text);
    workshop_build(&shop);
    cr_assert(workshop_has(&shop, path, text), "`%s` by %zu", text, piece_len);
    cr_assert_not(is_there(&shop, ".broxc-staging"));
}

Test(tree_pieces, replace_any_text_by_any)
{
    for (size_t piece_len = 1; piece_len < 9; piece_len += 3) {
        for (size_t i = 0; i < TEXT_COUNT * TEXT_COUNT; i++) {
            build("a/b.yaml", texts[i / TEXT_COUNT], 0);
            struct str before = workshop_picture(&shop);
            build("a/b.yaml", texts[i % TEXT_COUNT], piece_len);
            bool is_same = i / TEXT_COUNT == i % TEXT_COUNT;
            cr_expect_eq(shop.result.counts[TREE_KEPT], is_same);
            cr_expect_eq(shop.result.counts[TREE_CHANGED], !is_same);
            cr_expect_eq(is_str_equal(before, workshop_picture(&shop)),
                         is_same);
            build("a/b.yaml", texts[i % TEXT_COUNT], 0);
            cr_expect_eq(shop.result.counts[TREE_KEPT], 1u, "the same lock");
        }
    }
}

Test(tree_pieces, come_into_new_folders_and_old_ones)
{
    shop.piece_len = 3;
    workshop_add(&shop, "a/b/c.yaml", texts[0]);
    workshop_add(&shop, "a/d.yaml", texts[1]);
    workshop_add(&shop, "e.yaml", texts[2]);
    workshop_build(&shop);
    cr_expect_eq(shop.result.counts[TREE_CREATED], 3u);
    cr_expect(workshop_has(&shop, "a/b/c.yaml", texts[0]));
    cr_expect(workshop_has(&shop, "a/d.yaml", texts[1]));
    cr_expect(workshop_has(&shop, "e.yaml", texts[2]));
    cr_expect_eq(shop.result.entries[0].bytes, strlen(texts[0]));
}

Test(tree_pieces, of_an_edited_file_are_a_conflict)
{
    build("a.yaml", texts[0], 2);
    workshop_put(&shop, "a.yaml", "one two, by hand\n");
    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", texts[1]);
    cr_expect_eq(workshop_write(&shop).kind, STATUS_REFUSED);
    cr_expect_eq(sink_at(shop.sink, 0)->code, DIAG_O01);
    cr_expect(workshop_has(&shop, "a.yaml", "one two, by hand\n"));
    cr_expect_not(is_there(&shop, ".broxc-staging"));

    workshop_again(&shop);
    shop.options.force = true;
    workshop_add(&shop, "a.yaml", texts[1]);
    workshop_build(&shop);
    cr_expect(workshop_has(&shop, "a.yaml", texts[1]));
}

Test(tree_pieces, keep_the_permissions_and_make_what_must_run_run)
{
    struct stat facts;
    build("a.sh", texts[0], 4);
    chmod(workshop_path(&shop, "a.sh"), 0640);
    workshop_again(&shop);
    workshop_add(&shop, "a.sh", texts[0])->is_executable = true;
    workshop_build(&shop);
    cr_expect_eq(shop.result.counts[TREE_CHANGED], 1u);
    stat(workshop_path(&shop, "a.sh"), &facts);
    cr_expect_eq(facts.st_mode & 0777, 0750u);
    cr_expect(workshop_has(&shop, "a.sh", texts[0]));
}

Test(tree_pieces, are_held_back_while_a_killed_run_is_in_the_way)
{
    build("a.yaml", texts[0], 2);
    mkdir(workshop_path(&shop, ".broxc-staging"), 0700);
    build("a.yaml", texts[1], 2);
}

Test(tree_pieces, of_a_once_made_file_are_the_pipeline_s)
{
    workshop_again(&shop);
    shop.piece_len = 2;
    workshop_add(&shop, "a.yaml", texts[0])->kind = DOCUMENT_ONCE;
    workshop_build(&shop);
    workshop_again(&shop);
    workshop_add(&shop, "a.yaml", texts[1])->kind = DOCUMENT_ONCE;
    workshop_build(&shop);
    cr_expect(workshop_has(&shop, "a.yaml", texts[0]));
}

Test(tree_pieces, end_the_build_when_what_was_the_same_changes_meanwhile)
{
    struct tree *tree;
    build("a.yaml", texts[0], 0);
    workshop_again(&shop);
    shop.options.force = true; /* else it is a conflict */
    struct document *document = workshop_add(&shop, "a.yaml", "one ");
    cr_assert_eq(
        tree_open(shop.arena, shop.sink, shop.map, &shop.options, &tree).kind,
        STATUS_OK);
    cr_expect(tree_take_piece(tree, &shop.documents, document));
    workshop_put(&shop, "a.yaml", "ONE two three four\n");
    document->bytes = 7;
    document->content.len = 0;
    buf_add(&document->content, STR("TWO"));
    tree_take(tree, &shop.documents, document);
    struct status status = tree_write(tree, &shop.documents, &shop.result);
    cr_expect_eq(status.kind, STATUS_CANNOT_WRITE);
    cr_expect(str_contains(status.message, STR("changed meanwhile")));
    cr_expect(workshop_has(&shop, "a.yaml", "ONE two three four\n"));
    cr_expect_not(is_there(&shop, ".broxc-staging"));
}
