#include "base/buf.h"
#include "foreign/markdown.h"

#include <criterion/criterion.h>

/* The tables as `heading: a,b;c,d` with `/` between the lines of a cell. */
static struct str
tables_of(struct arena *arena, struct str text)
{
    struct source_map *map = source_map_new(arena);
    struct tables tables =
        foreign_read_tables(arena, source_add(map, STR("a.md"), text));
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < tables.count; i++) {
        const struct table *table = &tables.at[i];
        buf_format(&buf, "{}:", STRS(table->heading));
        for (size_t j = 0; j < table->row_count; j++) {
            const struct table_row *row = &table->rows[j];
            buf_add(&buf, j == 0 ? STR(" ") : STR(";"));
            for (size_t k = 0; k < row->cell_count; k++) {
                buf_add(&buf, k == 0 ? STR("") : STR(","));
                for (size_t l = 0; l < row->cells[k].line_count; l++)
                    buf_format(&buf, l == 0 ? "{}" : "/{}",
                               STRS(row->cells[k].lines[l].text));
            }
        }
        buf_byte(&buf, '\n');
    }
    return buf_str(&buf);
}

static void
expect_tables(const char *text, const char *wanted)
{
    struct arena *arena = arena_open();
    struct str found = tables_of(arena, str_from(text));
    cr_expect(is_str_equal(found, str_from(wanted)),
              "of\n%s\nexpected\n%s\nfound\n%.*s", text, wanted, (int)found.len,
              found.at);
    arena_close(arena);
}

#define RULES "|-|-|\n"

Test(markdown, a_table_ends_where_no_bar_stands)
{
    expect_tables("# One *more*\n|a|b|\n" RULES "|c|d|\n\n|e|f|\n",
                  "One more: a,b;c,d\n");
    expect_tables("a | b\n:-:|--:\nc | d", ": a,b;c,d\n");
    expect_tables("|a|b|\r\n|:-|:-:|\r\n|c|\r\n", ": a,b;c\n");
    expect_tables("|a|b|\n" RULES "|c|d|too|many|\n", ": a,b;c,d\n");
    expect_tables("|a|b|\n" RULES "|c|d|\n" RULES, ": a,b;c,d;-,-\n");
}

Test(markdown, prose_is_no_table)
{
    expect_tables("", "");
    expect_tables("a|b", "");
    expect_tables("|a|b|\n|-|\n|c|d|\n", "");
    expect_tables("|a|b|\n|-|x|\n|c|d|\n", "");
    expect_tables("|\n|-|\n", "");
    expect_tables("|a|b|\n", "");
    expect_tables("|a|b|\n|:|-|\n", "");
}

Test(markdown, code_and_comments_are_passed_over)
{
    expect_tables("```\n|a|b|\n" RULES "```\n", "");
    expect_tables("~~~~\n|a|b|\n~~~\n" RULES "~~~~\n", "");
    expect_tables("    |a|b|\n    |-|-|\n", "");
    expect_tables("<!--\n|a|b|\n" RULES "-->\n|c|d|\n" RULES, ": c,d\n");
    expect_tables("<!-- x --> y\n|c|d|\n" RULES, ": c,d\n");
    expect_tables("```\n|a|b|\n" RULES, "");
}

Test(markdown, stars_without_a_pair_are_text)
{
    expect_tables("|0 3 * * *|*/5 * * * *|\n" RULES "|*|**|\n",
                  ": 0 3 * * *,*/5 * * * *;*,**\n");
    expect_tables("|*.a.b|a*b|\n" RULES "|a* b|a *b|\n",
                  ": *.a.b,a*b;a* b,a *b\n");
    expect_tables("|*a* *b*|a *b* c|\n" RULES "|***a***|2 * *b*|\n",
                  ": a b,a b c;a,2 * b\n");
}

Test(markdown, marks_are_taken_away)
{
    expect_tables("|**a**|`b_c`|\n" RULES "|[d](e)|f\\|g|\n",
                  ": a,b_c;d,f|g\n");
    expect_tables("|_a_|B_C|\n" RULES "|`d`<br>e<BR />f|<https://g.h/>|\n",
                  ": a,B_C;d/e/f,https://g.h/\n");
    expect_tables("|a &amp; b|<b>c</b>|\n" RULES "|\\_d|`*e*`|\n",
                  ": a & b,c;_d,*e*\n");
    expect_tables("|<|[|\n" RULES "|`|](|\n", ": <,;,\n");
    expect_tables("|a|b|\n" RULES "|\\|x\\", ": a,b;|x\\\n");
}

Test(markdown, a_line_has_its_place)
{
    struct arena *arena = arena_open();
    struct source_map *map = source_map_new(arena);
    source_add(map, STR("b.brx"), STR("brx 1\n"));
    struct tables tables = foreign_read_tables(
        arena, source_add(map, STR("a.md"),
                          STR("|a|b|\n" RULES "| c | **d**<br> `e` |\n")));
    cr_assert_eq(tables.count, 1u);
    const struct table_cell *cell = &tables.at[0].rows[1].cells[1];
    cr_assert_eq(cell->line_count, 2u);
    cr_expect(
        is_str_equal(source_text(map, cell->lines[0].span), STR("**d**")));
    cr_expect(is_str_equal(source_text(map, cell->lines[1].span), STR("`e`")));
    arena_close(arena);
}
