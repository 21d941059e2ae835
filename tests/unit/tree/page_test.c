#include "tree/page.h"

#include <criterion/criterion.h>

static struct arena *arena;

static void
open_page(void)
{
    arena = arena_open();
}

static void
close_page(void)
{
    arena_close(arena);
}

TestSuite(page, .init = open_page, .fini = close_page);

static void
expect_targets(const struct page *page, struct strs wanted)
{
    cr_assert_eq(page->targets.count, wanted.count);
    for (size_t i = 0; i < wanted.count; i++) {
        struct str target = *(struct str *)vec_at(&page->targets, i);
        cr_expect(is_str_equal(target, wanted.at[i]), "%.*s", (int)target.len,
                  target.at);
    }
}

Test(page, links_to_relative_paths)
{
    struct page *page = page_new(arena);
    page_read(page, STR("[a](b.md), [c](../d/e.md#f) and [g](b.md)\n"
                        "[web](https://example.com) [place](#here)\n"
                        "[root](/etc) [odd](a%20b) [odd](<a b>) [no] (h.md)\n"
                        "[open](i.md\n"));
    expect_targets(page, STRS(STR("b.md"), STR("../d/e.md"), STR("b.md")));
}

Test(page, goes_on_where_a_piece_ended)
{
    struct page *page = page_new(arena);
    char lines[] = "[a](b.md)\n```sh\n[c](d.md)\n";
    page_read(page, str_from(lines));
    memset(lines, 'x', sizeof lines - 1);
    page_read(page, STR("[e](f.md)\n  ```\n"));
    page_read(page, STR("[g](h.md)"));
    expect_targets(page, STRS(STR("b.md"), STR("h.md")));
}

Test(page, may_be_none)
{
    page_read(NULL, STR("[a](b.md)\n"));
}
