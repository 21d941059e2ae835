#include "support.h"

Test(render_github, puts_errors_before_warnings)
{
    struct program program = program_open(STR("aa\nbb cc\n"), PROFILE_STANDARD);
    diag_add(program.sink, DIAG_L08, span_of(&program, STR("aa")),
             STRS(STR("profile"), STR("aa")));
    diag_add(program.sink, DIAG_L01, span_of(&program, STR("cc")),
             STRS(STR("cc")));
    expect_rendered(&program, render_github,
                    (struct render){.color = COLOR_NONE},
                    "::error file=a.brx,line=2,col=4,endColumn=6,title=L01 "
                    "unknown-key::unknown word `cc`\n"
                    "::warning file=a.brx,line=1,col=1,endColumn=3,title=L08 "
                    "unused-declaration::the profile `aa` is never used\n");
    arena_close(program.arena);
}

/* A text of the program's cannot end the command and begin another one. */
Test(render_github, escapes_what_would_end_a_command)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    struct diag *diag = diag_add(program.sink, DIAG_L01, (struct span){0, 1},
                                 STRS(STR("100%\r\n::error::y")));
    diag_label(diag, "a\nb", NO_STRS);
    diag_help(diag, "c: d, e", NO_STRS);
    expect_rendered(
        &program, render_github, (struct render){.color = COLOR_NONE},
        "::error file=a.brx,line=1,col=1,endColumn=2,title=L01 "
        "unknown-key::unknown word `100%25%0D%0A::error::y`%0Aa%0Ab%0Ahelp: "
        "c: d, e\n");
    arena_close(program.arena);
}

Test(render_github, needs_no_place)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    diag_add(program.sink, DIAG_L20, NO_SPAN, STRS(STR("no version")));
    expect_rendered(&program, render_github,
                    (struct render){.color = COLOR_NONE},
                    "::error title=L20 version-pragma::no version\n");
    arena_close(program.arena);
}
