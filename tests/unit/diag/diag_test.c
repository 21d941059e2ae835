#include "support.h"

#include "base/limits.h"

static void
add_unknown(struct program *program, uint32_t start, uint32_t end)
{
    diag_add(program->sink, DIAG_L01, (struct span){start, end},
             STRS(STR("x")));
}

static void
add_unused(struct program *program, uint32_t start, uint32_t end)
{
    diag_add(program->sink, DIAG_L08, (struct span){start, end},
             STRS(STR("hole"), STR("x")));
}

Test(diag, fills_the_headline_of_its_row)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    char name[] = "brnach";
    struct diag *diag = diag_add(program.sink, DIAG_L01, (struct span){4, 5},
                                 STRS(str_from(name)));
    name[0] = '!';
    cr_expect(is_str_equal(diag->headline, STR("unknown word `brnach`")));
    cr_expect_eq(diag->severity, SEVERITY_ERROR);
    cr_expect(is_str_empty(diag->label));
    arena_close(program.arena);
}

Test(diag, keeps_notes_helps_and_fixes_in_order)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    struct span span = {4, 5};
    struct diag *diag = diag_add(program.sink, DIAG_L01, span, STRS(STR("x")));
    diag_note(diag, span, "first {}", STRS(STR("note")));
    diag_remark(diag, "second", NO_STRS);
    diag_note(diag, (struct span){99, 100}, "outside", NO_STRS);
    diag_help(diag, "one", NO_STRS);
    diag_help(diag, "two", NO_STRS);
    diag_fix(diag, span, STR("y"));
    diag_fix(diag, span, STR("z"));
    diag_about(diag, STR("env/x"));
    const struct diag_note *note = diag->notes;
    cr_expect(is_str_equal(note->text, STR("first note")));
    cr_expect(note->has_span);
    cr_expect(!note->next->has_span);
    cr_expect(!note->next->next->has_span);
    cr_expect_null(note->next->next->next);
    cr_expect(is_str_equal(diag->helps->next->text, STR("two")));
    cr_expect(is_str_equal(diag->fixes->next->text, STR("z")));
    cr_expect(is_str_equal(diag->object, STR("env/x")));
    arena_close(program.arena);
}

Test(diag, sorts_by_place_and_says_a_thing_once)
{
    struct program program = program_open(STR("env x y z"), PROFILE_STANDARD);
    add_unused(&program, 6, 7);
    add_unknown(&program, 6, 7);
    add_unknown(&program, 4, 5);
    add_unknown(&program, 6, 7);
    add_unknown(&program, 4, 9);
    diag_add(program.sink, DIAG_O01, NO_SPAN,
             STRS(STR("out/a"), STR("was edited by hand")));
    sink_settle(program.sink);
    cr_assert_eq(sink_count(program.sink), 5);
    cr_expect_eq(sink_error_count(program.sink), 4);
    cr_expect_eq(sink_at(program.sink, 0)->span.end, 5);
    cr_expect_eq(sink_at(program.sink, 1)->span.end, 9);
    cr_expect_eq(sink_at(program.sink, 2)->code, DIAG_L01);
    cr_expect_eq(sink_at(program.sink, 3)->code, DIAG_L08);
    cr_expect_eq(sink_at(program.sink, 4)->code, DIAG_O01, "no place: last");
    arena_close(program.arena);
}

Test(diag, basic_lists_errors_alone)
{
    struct program program = program_open(STR("env x"), PROFILE_BASIC);
    struct diag *hidden = diag_add(program.sink, DIAG_L08, (struct span){0, 3},
                                   STRS(STR("env"), STR("x")));
    diag_label(hidden, "label {}", STRS(STR("x")));
    diag_note(hidden, (struct span){0, 1}, "note", NO_STRS);
    diag_help(hidden, "help", NO_STRS);
    diag_fix(hidden, (struct span){0, 1}, STR("y"));
    diag_about(hidden, STR("x"));
    diag_withdraw(hidden);
    cr_expect_null(hidden->notes);
    cr_expect(!has_diag(program.sink, DIAG_L08));
    add_unknown(&program, 4, 5);
    cr_expect_eq(sink_count(program.sink), 1);
    cr_expect_eq(sink_warning_count(program.sink), 0);
    arena_close(program.arena);
}

Test(diag, takes_the_severity_of_the_caller)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    struct strs texts = STRS(STR("x"));
    struct diag *diag = diag_add_as(program.sink, DIAG_L01, SEVERITY_WARNING,
                                    (struct span){4, 5}, texts);
    cr_expect_eq(diag->severity, SEVERITY_WARNING);
    diag_add_as(program.sink, DIAG_L01, SEVERITY_OFF, (struct span){4, 5},
                texts);
    cr_expect_eq(sink_count(program.sink), 1);
    cr_expect_eq(sink_error_count(program.sink), 0);
    cr_expect_eq(sink_warning_count(program.sink), 1);
    arena_close(program.arena);
}

/* Whatever rows there are: each profile lists what its column says. */
Test(diag, obeys_the_columns_of_the_catalogue)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_row *row = diag_row((enum diag_code)i);
        size_t holes = 0;
        for (const char *at = row->headline; *at != '\0'; at++)
            holes += at[0] == '{' && at[1] == '}';
        struct str texts[] = {STR("a"), STR("b"), STR("c"), STR("d")};
        cr_assert_leq(holes, 4, "%s", row->code);
        enum severity listed[] = {SEVERITY_OFF, row->standard, row->hardened};
        if (row->standard == SEVERITY_ERROR)
            listed[PROFILE_BASIC] = SEVERITY_ERROR;
        for (size_t profile = 0; profile <= PROFILE_HARDENED; profile++) {
            struct program program =
                program_open(STR("x"), (enum profile)profile);
            struct diag *diag =
                diag_add(program.sink, (enum diag_code)i, (struct span){0, 1},
                         (struct strs){texts, holes});
            cr_expect_eq(diag->severity, listed[profile], "%s", row->code);
            cr_expect_eq(sink_count(program.sink),
                         listed[profile] != SEVERITY_OFF, "%s", row->code);
            arena_close(program.arena);
        }
    }
}

Test(diag, finds_codes_by_code_and_name)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_row *row = diag_row((enum diag_code)i);
        enum diag_code code = DIAG_COUNT;
        cr_expect(diag_code_find(str_from(row->code), &code));
        cr_expect_eq(code, i, "the code %s is there twice", row->code);
        cr_expect(diag_code_find(str_from(row->name), &code));
        cr_expect_eq(code, i, "the name %s is there twice", row->name);
    }
    enum diag_code code = DIAG_COUNT;
    cr_expect(diag_code_find(STR("l01"), &code));
    cr_expect_eq(code, DIAG_L01);
    cr_expect(diag_code_find(STR("UNKNOWN-KEY"), &code));
    cr_expect(!diag_code_find(STR(""), &code));
    cr_expect(!diag_code_find(STR("L0"), &code));
    cr_expect(!diag_code_find(STR("L010"), &code));
}

Test(diag, withdraws_what_is_allowed)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    add_unused(&program, 0, 3);
    add_unknown(&program, 4, 5);
    diag_withdraw(sink_at(program.sink, 0));
    diag_withdraw(sink_at(program.sink, 0));
    cr_expect_eq(sink_warning_count(program.sink), 0);
    cr_expect(has_diag(program.sink, DIAG_L08));
    sink_settle(program.sink);
    cr_assert_eq(sink_count(program.sink), 1);
    cr_expect_eq(sink_at(program.sink, 0)->code, DIAG_L01);
    arena_close(program.arena);
}

Test(diag, counts_a_million_and_keeps_some)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    for (size_t i = 0; i < 1000000; i++)
        add_unused(&program, 0, 3);
    size_t used = arena_used(program.arena);
    add_unused(&program, 0, 3);
    cr_expect_eq(arena_used(program.arena), used);
    add_unknown(&program, 4, 5);
    cr_expect_eq(sink_count(program.sink), LIMIT_DIAGNOSTICS + 1);
    cr_expect_eq(sink_overflow_count(program.sink),
                 1000001 - LIMIT_DIAGNOSTICS);
    cr_expect_eq(sink_error_count(program.sink), 1, "an error still gets in");
    arena_close(program.arena);
}

Test(diag, has_no_place_outside_of_the_source)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    add_unknown(&program, 7, 9);
    cr_expect(is_span_nowhere(sink_at(program.sink, 0)->span));
    arena_close(program.arena);
}

Test(diag, takes_a_share_as_if_it_had_been_reported_there)
{
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    struct arena *arena = arena_open_inner(program.arena, 4096);
    struct sink *share = sink_share(program.sink, arena);
    add_unknown(&program, 0, 1);
    struct diag *diag = diag_add(share, DIAG_L07, (struct span){4, 5},
                                 STRS(STR("fact"), STR("y")));
    sink_take(program.sink, share);
    diag_withdraw(sink_at(program.sink, 0));
    diag_label(diag, "taken", NO_STRS);
    cr_expect_eq(sink_count(program.sink), 2);
    cr_expect_eq(sink_at(program.sink, 1), diag);
    cr_expect_eq(sink_error_count(program.sink), 1);
    cr_expect(has_diag(program.sink, DIAG_L07));
    cr_expect(!has_diag(program.sink, DIAG_L08));
    arena_close(program.arena);
}

Test(diag, takes_no_more_of_a_share_than_is_kept)
{
    enum { OVER = 3 };
    struct program program = program_open(STR("env x"), PROFILE_STANDARD);
    struct sink *share = sink_share(program.sink, program.arena);
    for (size_t i = 0; i < LIMIT_DIAGNOSTICS + OVER; i++)
        diag_add(share, DIAG_L01, (struct span){0, 1}, STRS(STR("x")));
    add_unknown(&program, 4, 5);
    sink_take(program.sink, share);
    cr_expect_eq(sink_count(program.sink), LIMIT_DIAGNOSTICS);
    cr_expect_eq(sink_error_count(program.sink), LIMIT_DIAGNOSTICS + OVER + 1);
    cr_expect_eq(sink_overflow_count(program.sink), OVER + 1);
    arena_close(program.arena);
}
