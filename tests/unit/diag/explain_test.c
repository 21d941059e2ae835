#include "diag/explain.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct buf buf;

static void
open_buf(void)
{
    arena = arena_open();
    buf_init(&buf, arena);
}

static void
close_buf(void)
{
    arena_close(arena);
}

TestSuite(explain, .init = open_buf, .fini = close_buf);

static const char page[] = "# L01 unknown-key\n"
                           "\n"
                           "Every word stands in one table.\n"
                           "\n"
                           "## Wrong, `env` alone\n"
                           "\n"
                           "```brx\n"
                           "env dev {\n"
                           "    # no heading\n"
                           "\n"
                           "}\n"
                           "```\n"
                           "#hash stays\n"
                           "last";

Test(explain, shows_a_page_without_colours)
{
    explain_page(&buf, str_from(page), COLOR_NONE);
    cr_expect_str_eq(arena_cstr(arena, buf_str(&buf)),
                     "L01 unknown-key\n"
                     "\n"
                     "Every word stands in one table.\n"
                     "\n"
                     "WRONG, `env` ALONE\n"
                     "\n"
                     "    env dev {\n"
                     "        # no heading\n"
                     "\n"
                     "    }\n"
                     "#hash stays\n"
                     "last\n");
}

Test(explain, marks_headings_with_colours)
{
    explain_page(&buf, STR("## Why\n```\n"), COLOR_TAGS);
    explain_page(&buf, STR("###### x"), COLOR_ANSI);
    explain_page(&buf, STR(""), COLOR_ANSI);
    cr_expect_str_eq(arena_cstr(arena, buf_str(&buf)),
                     "<headline>Why</headline>\n"
                     "\033[1mx\033[0m\n");
}

Test(explain, lists_every_code_on_a_line)
{
    explain_codes(&buf, COLOR_NONE);
    struct str rest = buf_str(&buf);
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_row *row = diag_row((enum diag_code)i);
        struct str line = str_cut(&rest, '\n');
        cr_expect(has_prefix(line, str_from(row->code)), "%s", row->code);
        if (i == DIAG_L01)
            cr_expect(has_suffix(line, STR("  unknown word `…`")));
    }
    cr_expect(is_str_empty(rest));
}

Test(explain, says_something_about_every_code)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_row((enum diag_code)i)->code;
        buf.len = 0;
        explain_code(&buf, (enum diag_code)i, COLOR_NONE);
        cr_expect(has_prefix(buf_str(&buf), str_from(code)), "%s", code);
        cr_expect(has_suffix(buf_str(&buf), STR("\n")), "%s", code);
    }
}
