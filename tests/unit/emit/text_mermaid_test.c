/*
 * Text in the labels of diagrams, by example.
 */
#include "emit/text/mermaid.h"

#include <criterion/criterion.h>

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open();
}

static void
teardown(void)
{
    arena_close(arena);
}

TestSuite(mermaid_text, .init = setup, .fini = teardown, .timeout = 60);

static void
expect(struct str text, const char *expected)
{
    struct buf buf;
    buf_init(&buf, arena);
    mermaid_text(&buf, text);
    struct str written = buf_str(&buf);
    cr_expect(is_str_equal(written, str_from(expected)), "wrote %.*s not %s",
              (int)written.len, written.at, expected);
}

Test(mermaid_text, words_stay_readable)
{
    expect(STR(""), "");
    expect(STR(" Test: e2e, 1.4.2 (EU) a/b-c "), "Test: e2e, 1.4.2 (EU) a/b-c");
    expect(STR("Größe"), "Größe");
}

Test(mermaid_text, nothing_ends_the_label_or_means_anything_in_it)
{
    expect(STR("\"] --> b"), "#34;#93; --#62; b");
    expect(STR("<b>&amp;"), "#60;b#62;#38;amp#59;");
    expect(STR("`**x**`"), "#96;#42;#42;x#42;#42;#96;");
    expect(STR("%%{init}"), "#37;#37;#123;init#125;");
    expect(STR("#35;"), "#35;35#59;");
    expect(STR("a_b~c\\"), "a#95;b#126;c#92;");
}

Test(mermaid_text, it_stays_on_one_line_and_shows_all)
{
    expect(STR("a\nb\tc"), "a b c");
    expect(STR("a\0b"), "a\xEF\xBF\xBD"
                        "b");
    expect(STR("a\x1B[1m"), "a\xEF\xBF\xBD#91;1m");
}
