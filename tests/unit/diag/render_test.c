#include "support.h"

#include "base/limits.h"

static void
add_error(struct program *program, uint32_t at)
{
    diag_add(program->sink, DIAG_L01, (struct span){at, at + 1},
             STRS(STR("x")));
}

static void
add_warning(struct program *program, uint32_t at)
{
    diag_add(program->sink, DIAG_L08, (struct span){at, at + 1},
             STRS(STR("hole"), STR("x")));
}

static const char *
summary_of(size_t errors, size_t warnings)
{
    static char text[100];
    struct program program = program_open(STR("abcdef"), PROFILE_STANDARD);
    for (size_t i = 0; i < errors; i++)
        add_error(&program, (uint32_t)i);
    for (size_t i = 0; i < warnings; i++)
        add_warning(&program, (uint32_t)i);
    struct buf buf;
    buf_init(&buf, program.arena);
    render_summary(&buf, program.sink);
    cr_assert_lt(buf.len, sizeof text);
    for (size_t i = 0; i < buf.len; i++)
        text[i] = buf.at[i];
    text[buf.len] = '\0';
    arena_close(program.arena);
    return text;
}

Test(render, sums_up)
{
    cr_expect_str_eq(summary_of(0, 0), "no errors");
    cr_expect_str_eq(summary_of(1, 0), "1 error");
    cr_expect_str_eq(summary_of(0, 1), "1 warning");
    cr_expect_str_eq(summary_of(2, 1), "2 errors and 1 warning");
    cr_expect_str_eq(summary_of(1, 3), "1 error and 3 warnings");
}

Test(render, shows_a_line_a_message_when_short)
{
    struct program program = program_open(STR("a\nbc"), PROFILE_STANDARD);
    add_warning(&program, 3);
    add_error(&program, 2);
    diag_add(program.sink, DIAG_O01, NO_SPAN,
             STRS(STR("out/a"), STR("was edited by hand")));
    diag_help(sink_at(program.sink, 0), "not shown", NO_STRS);
    expect_rendered(&program, render_short, (struct render){0},
                    "a.brx:2:1: error[L01]: unknown word `x`\n"
                    "a.brx:2:2: warning[L08]: the hole `x` is never used\n"
                    "error[O01]: `out/a` was edited by hand\n");
    arena_close(program.arena);
}

Test(render, shows_errors_first_when_there_is_no_room)
{
    struct program program = program_open(STR("abcdef"), PROFILE_STANDARD);
    add_warning(&program, 0);
    add_warning(&program, 1);
    add_error(&program, 2);
    add_warning(&program, 3);
    add_error(&program, 4);
    expect_rendered(&program, render_short, (struct render){.message_max = 3},
                    "a.brx:1:1: warning[L08]: the hole `x` is never used\n"
                    "a.brx:1:3: error[L01]: unknown word `x`\n"
                    "a.brx:1:5: error[L01]: unknown word `x`\n"
                    "and 2 more messages\n");
    expect_rendered(&program, render_short, (struct render){.message_max = 1},
                    "a.brx:1:3: error[L01]: unknown word `x`\n"
                    "and 4 more messages\n");
    expect_rendered(&program, render_human, (struct render){.message_max = 1},
                    "a.brx:1:3: error[L01]: unknown word `x`\n"
                    "  |\n"
                    "1 | abcdef\n"
                    "  |   ^\n"
                    "\n"
                    "and 4 more messages\n");
    arena_close(program.arena);
}

static size_t
count_lines(struct str text)
{
    size_t count = 0;
    for (; !is_str_empty(text); count++)
        (void)str_cut(&text, '\n');
    return count;
}

Test(render, shows_as_many_as_the_limit_says)
{
    static char text[LIMIT_MESSAGES + 5];
    struct program program =
        program_open((struct str){text, sizeof text}, PROFILE_STANDARD);
    for (uint32_t i = 0; i < LIMIT_MESSAGES; i++)
        add_error(&program, i);
    struct render render = {program.map, program.sink, COLOR_NONE, 0, STR("")};
    struct buf buf;
    buf_init(&buf, program.arena);
    sink_settle(program.sink);
    render_short(&buf, &render);
    cr_expect_eq(count_lines(buf_str(&buf)), LIMIT_MESSAGES);
    add_error(&program, LIMIT_MESSAGES);
    buf.len = 0;
    sink_settle(program.sink);
    render_short(&buf, &render);
    cr_expect_eq(count_lines(buf_str(&buf)), LIMIT_MESSAGES + 1);
    cr_expect(has_suffix(buf_str(&buf), STR("\nand 1 more message\n")));
    arena_close(program.arena);
}
