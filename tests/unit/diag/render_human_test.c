#include "support.h"

#include "base/utf8.h"

static const struct render plain = {.color = COLOR_NONE};

static struct diag *
add_at(struct program *program, struct str words, const char *headline)
{
    return diag_add(program->sink, DIAG_L12, span_of(program, words),
                    STRS(str_from(headline)));
}

/* One message on `words` in a program of one text. */
static void
expect_excerpt(struct str text, struct str words, const char *expected)
{
    struct program program = program_open(text, PROFILE_STANDARD);
    diag_label(add_at(&program, words, "wrong"), "here", NO_STRS);
    expect_rendered(&program, render_human, plain, expected);
    arena_close(program.arena);
}

/* `count` empty lines before, so that the number has as many digits. */
static struct str
after_lines(struct arena *arena, size_t count, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_repeat(&buf, '\n', count);
    buf_add(&buf, text);
    return buf_str(&buf);
}

Test(render_human, shows_nothing_for_nothing)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    expect_rendered(&program, render_human, plain, "");
    arena_close(program.arena);
}

Test(render_human, shows_an_unknown_word)
{
    struct arena *arena = arena_open();
    struct str text = after_lines(arena, 41, STR("    brnach     develop\n"));
    struct program program = program_open(text, PROFILE_STANDARD);
    struct diag *diag =
        diag_add(program.sink, DIAG_L01, span_of(&program, STR("brnach")),
                 STRS(STR("brnach")));
    diag_label(diag, "`{}` takes no such word", STRS(STR("env")));
    diag_help(diag, "the nearest word is `{}`", STRS(STR("branch")));
    expect_rendered(&program, render_human, plain,
                    "a.brx:42:5: error[L01]: unknown word `brnach`\n"
                    "   |\n"
                    "42 |     brnach     develop\n"
                    "   |     ^^^^^^ `env` takes no such word\n"
                    "   = help: the nearest word is `branch`\n");
    arena_close(program.arena);
    arena_close(arena);
}

Test(render_human, shows_the_other_place)
{
    struct arena *arena = arena_open();
    struct str zone = after_lines(arena, 42, STR("zone broxiva.net {\n"));
    struct buf text;
    buf_init(&text, arena);
    buf_add(&text, after_lines(arena, 97, STR("  host api.broxiva.com")));
    buf_add(&text, zone);
    struct program program = program_open(buf_str(&text), PROFILE_STANDARD);
    struct diag *diag = add_at(&program, STR("api.broxiva.com"), "no zone");
    diag_label(diag, "served in `production`", NO_STRS);
    diag_note(diag, span_of(&program, STR("broxiva.net")), "only this zone",
              NO_STRS);
    expect_rendered(&program, render_human, plain,
                    "a.brx:98:8: error[L12]: no zone\n"
                    "   |\n"
                    "98 |   host api.broxiva.com\n"
                    "   |        ^^^^^^^^^^^^^^^ served in `production`\n"
                    "note: only this zone\n"
                    "  --> a.brx:140:6\n"
                    "    |\n"
                    "140 | zone broxiva.net {\n"
                    "    |      ^^^^^^^^^^^\n");
    arena_close(program.arena);
    arena_close(arena);
}

Test(render_human, separates_messages_and_puts_remarks_first)
{
    struct program program = program_open(STR("one two"), PROFILE_STANDARD);
    struct diag *diag = add_at(&program, STR("two"), "second");
    diag_help(diag, "a way out", NO_STRS);
    diag_remark(diag, "a reason", NO_STRS);
    add_at(&program, STR("one"), "first");
    expect_rendered(&program, render_human, plain,
                    "a.brx:1:1: error[L12]: first\n"
                    "  |\n"
                    "1 | one two\n"
                    "  | ^^^\n"
                    "\n"
                    "a.brx:1:5: error[L12]: second\n"
                    "  |\n"
                    "1 | one two\n"
                    "  |     ^^^\n"
                    "  = note: a reason\n"
                    "  = help: a way out\n");
    arena_close(program.arena);
}

Test(render_human, puts_carets_under_cells_and_counts_bytes)
{
    expect_excerpt(STR("naïve 日本 bad\n"), STR("bad"),
                   "a.brx:1:15: error[L12]: wrong\n"
                   "  |\n"
                   "1 | naïve 日本 bad\n"
                   "  |            ^^^ here\n");
    expect_excerpt(STR("x 日本 y"), STR("日本"),
                   "a.brx:1:3: error[L12]: wrong\n"
                   "  |\n"
                   "1 | x 日本 y\n"
                   "  |   ^^^^ here\n");
    expect_excerpt(STR("e\u0301\u0301 bad"), STR("bad"),
                   "a.brx:1:7: error[L12]: wrong\n"
                   "  |\n"
                   "1 | e\u0301\u0301 bad\n"
                   "  |   ^^^ here\n");
    expect_excerpt(STR("😀 bad"), STR("bad"),
                   "a.brx:1:6: error[L12]: wrong\n"
                   "  |\n"
                   "1 | 😀 bad\n"
                   "  |    ^^^ here\n");
}

Test(render_human, expands_tabs_to_stops)
{
    expect_excerpt(STR("\ta\tbad\t!"), STR("bad"),
                   "a.brx:1:4: error[L12]: wrong\n"
                   "  |\n"
                   "1 |     a   bad !\n"
                   "  |         ^^^ here\n");
    expect_excerpt(STR("ab\tx"), STR("\t"),
                   "a.brx:1:3: error[L12]: wrong\n"
                   "  |\n"
                   "1 | ab  x\n"
                   "  |   ^^ here\n");
}

Test(render_human, shows_what_hides)
{
    expect_excerpt(STR("a\u202Ebad\x1b[2J\0\x7f\xc2\x85"), STR("bad"),
                   "a.brx:1:5: error[L12]: wrong\n"
                   "  |\n"
                   "1 | a<U+202E>bad<U+001B>[2J<U+0000><U+007F><U+0085>\n"
                   "  |          ^^^ here\n");
    expect_excerpt(STR("\xff bad \U000E0041"), STR("\xff"),
                   "a.brx:1:1: error[L12]: wrong\n"
                   "  |\n"
                   "1 | <xFF> bad <U+E0041>\n"
                   "  | ^^^^^ here\n");
}

Test(render_human, lets_no_text_reach_the_terminal_raw)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    source_add(program.map, STR("b\x1b[2J.brx"), STR("y"));
    struct diag *diag = diag_add(program.sink, DIAG_L12, (struct span){2, 3},
                                 STRS(STR("\x1b]0;title\a\nnext \xc3(")));
    diag_label(diag, "{}", STRS(STR("\u2066")));
    diag_help(diag, "{}", STRS(STR("\t\r")));
    diag_note(diag, (struct span){2, 3}, "{}", STRS(STR("\x9b")));
    expect_rendered(&program, render_human, plain,
                    "b<U+001B>[2J.brx:1:1: error[L12]: "
                    "<U+001B>]0;title<U+0007><U+000A>next <xC3>(\n"
                    "  |\n"
                    "1 | y\n"
                    "  | ^ <U+2066>\n"
                    "  = help: <U+0009><U+000D>\n"
                    "note: <x9B>\n"
                    "  --> b<U+001B>[2J.brx:1:1\n"
                    "  |\n"
                    "1 | y\n"
                    "  | ^\n");
    arena_close(program.arena);
}

Test(render_human, shows_the_first_line_of_a_long_span)
{
    expect_excerpt(STR("run {\n  a\n}\n"), STR("run {\n  a\n}"),
                   "a.brx:1:1: error[L12]: wrong\n"
                   "  |\n"
                   "1 | run {\n"
                   "  | ^^^^^ here\n");
    expect_excerpt(STR("run\r\nx"), STR("\r\nx"),
                   "a.brx:1:4: error[L12]: wrong\n"
                   "  |\n"
                   "1 | run\n"
                   "  |    ^ here\n");
}

Test(render_human, points_at_nothing_with_one_caret)
{
    expect_excerpt(STR("ab"), STR(""),
                   "a.brx:1:1: error[L12]: wrong\n"
                   "  |\n"
                   "1 | ab\n"
                   "  | ^ here\n");
    expect_excerpt(STR(""), STR(""),
                   "a.brx:1:1: error[L12]: wrong\n"
                   "  |\n"
                   "1 |\n"
                   "  | ^ here\n");
    expect_excerpt(STR("ab\n"), STR("\n"),
                   "a.brx:1:3: error[L12]: wrong\n"
                   "  |\n"
                   "1 | ab\n"
                   "  |   ^ here\n");
}

/* The excerpt of a long line around `at`, without head and label. */
static struct str
long_excerpt(struct program *program, uint32_t at, uint32_t len)
{
    struct buf buf;
    buf_init(&buf, program->arena);
    diag_add(program->sink, DIAG_L12, (struct span){at, at + len},
             STRS(STR("x")));
    sink_settle(program->sink);
    render_human(&buf, &(struct render){program->map, program->sink, COLOR_NONE,
                                        0, STR("")});
    struct str text = buf_str(&buf);
    (void)str_cut(&text, '\n');
    (void)str_cut(&text, '\n');
    return text;
}

static struct program
program_of_digits(size_t len)
{
    static char digits[1024 * 1024];
    for (size_t i = 0; i < len; i++)
        digits[i] = (char)('0' + i % 10);
    return program_open((struct str){digits, len}, PROFILE_STANDARD);
}

Test(render_human, cuts_a_long_line_on_both_sides)
{
    struct program program = program_of_digits(1024 * 1024);
    struct str text = long_excerpt(&program, 500005, 3);
    struct str line = str_cut(&text, '\n');
    struct str carets = str_cut(&text, '\n');
    cr_expect(has_prefix(line, STR("1 | …5678")));
    cr_expect(has_suffix(line, STR("34…")));
    cr_expect_eq(utf8_width(line), 4 + 1 + 100 + 1);
    cr_expect_eq(str_index(carets, '^', 0), 4 + 1 + 40);
    cr_expect(has_suffix(carets, STR(" ^^^")));
    arena_close(program.arena);
}

Test(render_human, cuts_a_long_line_at_one_end_alone)
{
    struct program program = program_of_digits(300);
    struct str text = long_excerpt(&program, 0, 1);
    struct str line = str_cut(&text, '\n');
    cr_expect(has_prefix(line, STR("1 | 0123")));
    cr_expect(has_suffix(line, STR("9…")));
    arena_close(program.arena);
    program = program_of_digits(300);
    text = long_excerpt(&program, 299, 1);
    line = str_cut(&text, '\n');
    cr_expect(has_prefix(line, STR("1 | …")));
    cr_expect(has_suffix(line, STR("789")));
    arena_close(program.arena);
    program = program_of_digits(100);
    text = long_excerpt(&program, 99, 1);
    line = str_cut(&text, '\n');
    cr_expect_eq(line.len, 4 + 100, "not cut at all");
    arena_close(program.arena);
}

Test(render_human, cuts_carets_where_the_line_is_cut)
{
    struct program program = program_of_digits(5000);
    struct str text = long_excerpt(&program, 10, 4000);
    struct str line = str_cut(&text, '\n');
    struct str carets = str_cut(&text, '\n');
    cr_expect_eq(utf8_width(line), 4 + 100 + 1);
    cr_expect_eq(carets.len, 4 + 100);
    arena_close(program.arena);
}

/* Lines without width, and lines of nothing but continuation bytes. */
Test(render_human, bounds_an_excerpt_of_hostile_bytes)
{
    static const struct str pieces[] = {
        STR_INIT("\u0301"), STR_INIT("\x80"), STR_INIT("\xf0\x9f"),
        STR_INIT("\t"),     STR_INIT("日"),
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct arena *arena = arena_open();
        struct buf text;
        buf_init(&text, arena);
        while (text.len < 200000)
            buf_add(&text, pieces[i]);
        struct program program = program_open(buf_str(&text), PROFILE_STANDARD);
        for (uint32_t at = 0; at < 8; at++) {
            struct str shown = long_excerpt(&program, 100000 + at, 1);
            cr_expect_lt(shown.len, 20000, "piece %zu", i);
            cr_expect_eq(utf8_invalid(shown), shown.len, "piece %zu", i);
        }
        arena_close(program.arena);
        arena_close(arena);
    }
}

Test(render_human, has_no_excerpt_without_a_place)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    struct diag *diag = diag_add(program.sink, DIAG_O01, NO_SPAN,
                                 STRS(STR("out/a"), STR("was edited by hand")));
    diag_label(diag, "since the last build", NO_STRS);
    diag_help(diag, "keep it with `--adopt`", NO_STRS);
    expect_rendered(&program, render_human, plain,
                    "error[O01]: `out/a` was edited by hand\n"
                    " = note: since the last build\n"
                    " = help: keep it with `--adopt`\n");
    arena_close(program.arena);
}

Test(render_human, names_its_styles)
{
    struct program program = program_open(STR("bad"), PROFILE_STANDARD);
    struct diag *diag = add_at(&program, STR("bad"), "wrong");
    diag_label(diag, "here", NO_STRS);
    diag_help(diag, "do", NO_STRS);
    expect_rendered(&program, render_human,
                    (struct render){.color = COLOR_TAGS},
                    "a.brx:1:1: <error>error[L12]</error>: "
                    "<headline>wrong</headline>\n"
                    "  <gutter>|</gutter>\n"
                    "<gutter>1 |</gutter> bad\n"
                    "  <gutter>|</gutter> <error>^^^ here</error>\n"
                    "  <gutter>=</gutter> <help>help</help>: do\n");
    arena_close(program.arena);
}

Test(render_human, colours_a_warning_yellow)
{
    struct program program = program_open(STR("bad"), PROFILE_STANDARD);
    diag_add(program.sink, DIAG_L08, (struct span){0, 3},
             STRS(STR("hole"), STR("x")));
    expect_rendered(&program, render_human,
                    (struct render){.color = COLOR_ANSI},
                    "a.brx:1:1: \033[1;33mwarning[L08]\033[0m: "
                    "\033[1mthe hole `x` is never used\033[0m\n"
                    "  \033[34m|\033[0m\n"
                    "\033[34m1 |\033[0m bad\n"
                    "  \033[34m|\033[0m \033[1;33m^^^\033[0m\n");
    arena_close(program.arena);
}

Test(render_human, shows_the_lines_of_a_remark_below_each_other)
{
    struct program program = program_open(STR("word\n"), PROFILE_STANDARD);
    struct diag *diag = add_at(&program, STR("word"), "x");
    diag_remark(diag, "a diff:\n{}", STRS(STR("-a\x1b\n+b")));
    expect_rendered(&program, render_human, plain,
                    "a.brx:1:1: error[L12]: x\n"
                    "  |\n"
                    "1 | word\n"
                    "  | ^^^^\n"
                    "  = note: a diff:\n"
                    "    -a<U+001B>\n"
                    "    +b\n");
    arena_close(program.arena);
}
