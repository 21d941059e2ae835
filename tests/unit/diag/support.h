/*
 * What the tests of messages share: a source, a sink, and places in them.
 */
#ifndef UNIT_DIAG_SUPPORT_H
#define UNIT_DIAG_SUPPORT_H

#include "diag/render.h"

#include <criterion/criterion.h>

/* One program for one test, with a single file `a.brx`. */
struct program {
    struct arena *arena;
    struct source_map *map;
    struct sink *sink;
    struct str text;
};

static inline struct program
program_open(struct str text, enum profile profile)
{
    struct program program = {.arena = arena_open(), .text = text};
    cr_assert_not_null(program.arena);
    program.map = source_map_new(program.arena);
    source_add(program.map, STR("a.brx"), text);
    program.sink = sink_new(program.arena, program.map, profile);
    return program;
}

/* The first place of `words`, which must be there. */
static inline struct span
span_of(const struct program *program, struct str words)
{
    for (size_t at = 0; at + words.len <= program->text.len; at++) {
        size_t end = at + words.len;
        if (is_str_equal(str_slice(program->text, at, end), words))
            return (struct span){(uint32_t)at, (uint32_t)end};
    }
    cr_assert(false, "the program lacks these words");
    return NO_SPAN;
}

typedef void renderer(struct buf *buf, const struct render *render);

static inline void
expect_rendered(const struct program *program, renderer *render,
                struct render how, const char *expected)
{
    struct buf buf;
    sink_settle(program->sink);
    buf_init(&buf, program->arena);
    how.map = program->map;
    how.sink = program->sink;
    render(&buf, &how);
    cr_expect_str_eq(arena_cstr(program->arena, buf_str(&buf)), expected);
}

#endif
