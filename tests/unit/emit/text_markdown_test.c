/*
 * Text in Markdown, by example.
 */
#include "emit/text/markdown.h"

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

TestSuite(markdown_text, .init = setup, .fini = teardown, .timeout = 60);

typedef void markdown_writer(struct buf *buf, struct str text);

static void
expect(markdown_writer *writer, const char *text, const char *expected)
{
    struct buf buf;
    buf_init(&buf, arena);
    writer(&buf, str_from(text));
    struct str written = buf_str(&buf);
    cr_expect(is_str_equal(written, str_from(expected)), "wrote %.*s not %s",
              (int)written.len, written.at, expected);
}

Test(markdown_text, prose_stays_readable)
{
    expect(markdown_text, "", "");
    expect(markdown_text, "Release 1.4.2 of api (EU), 99.9%!",
           "Release 1.4.2 of api (EU), 99.9%!");
    expect(markdown_text, "42", "42");
    expect(markdown_text, "  a\n b\r\n", "a  b");
    expect(markdown_text,
           "Gr\xC3\xBC\xC3\x9F"
           "e",
           "Gr\xC3\xBC\xC3\x9F"
           "e");
}

Test(markdown_text, prose_has_no_markup)
{
    expect(markdown_text, "*a* _b_ `c` [d](e) ~~f~~ $g$",
           "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\\~f\\~\\~ \\$g\\$");
    expect(markdown_text, "<b> &amp; a|b \\", "\\<b\\> \\&amp; a\\|b \\\\");
    expect(markdown_text, "\x1b[0m\xE2\x80\xAE!",
           "\xEF\xBF\xBD\\[0m\xEF\xBF\xBD!");
}

Test(markdown_text, prose_opens_no_block)
{
    expect(markdown_text, "# a #1", "\\# a #1");
    expect(markdown_text, "- a - b", "\\- a - b");
    expect(markdown_text, "+ a", "\\+ a");
    expect(markdown_text, "---", "\\---");
    expect(markdown_text, "===", "\\===");
    expect(markdown_text, "12. a", "12\\. a");
    expect(markdown_text, "1) a", "1\\) a");
    expect(markdown_text, "\t\ta", "a");
    expect(markdown_text, "> a", "\\> a");
}

Test(markdown_text, cells_stay_on_their_line)
{
    expect(markdown_cell, "a|b\nc", "a\\|b<br>c");
    expect(markdown_cell, "<br>", "\\<br\\>");
}

Test(markdown_text, code_spans_hold_backticks)
{
    expect(markdown_code, "", "");
    expect(markdown_code, "a*b|c", "`a*b|c`");
    expect(markdown_code, "a\nb", "`a b`");
    expect(markdown_code, "a`b", "``a`b``");
    expect(markdown_code, "`a``b", "``` `a``b ```");
    expect(markdown_code, "`", "`` ` ``");
    expect(markdown_code_cell, "a*b", "`a*b`");
    expect(markdown_code_cell, "a|b\\|*c*", "<code>a\\|b\\\\\\|\\*c\\*</code>");
}
