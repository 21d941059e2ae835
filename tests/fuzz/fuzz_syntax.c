/*
 * Any bytes through the lexer, the parser and the formatter, each of them for
 * every input. Tokens lie one after another in their file, a statement lies in
 * its block, and what is formatted twice is formatted once.
 */
#include "program.h"

#include "diag/diag.h"
#include "format/format.h"
#include "parser/parser.h"

struct reading {
    struct arena *arena;
    struct source_map *map;
    struct sink *sink;
    struct tokens tokens;
};

static void
expect_tokens(const struct reading *reading, struct str text)
{
    const struct tokens *tokens = &reading->tokens;
    uint32_t end = tokens->at[0].span.start;

    expect(tokens->count > 0);
    expect(tokens->at[tokens->count - 1].kind == TOKEN_END);
    for (size_t i = 0; i < tokens->count; i++) {
        struct span span = tokens->at[i].span;
        expect(span.start >= end && span.end >= span.start);
        end = span.end;
    }
    expect(end - tokens->at[0].span.start <= text.len);
}

static void
expect_block(const struct block *block)
{
    for (size_t i = 0; i < block->statement_count; i++) {
        const struct statement *statement = &block->statements[i];
        expect(statement->span.start <= statement->span.end);
        expect(statement->span.start >= block->open.end);
        if (statement->block != NULL)
            expect_block(statement->block);
    }
}

static struct reading
read_text(struct arena *arena, struct str text)
{
    struct reading reading = {.arena = arena};
    reading.map = source_map_new(arena);
    reading.sink = sink_new(arena, reading.map, PROFILE_STANDARD);
    const struct source_file *file =
        source_add(reading.map, STR("main.brx"), text);
    if (file == NULL)
        return reading;
    reading.tokens = lex_file(arena, reading.sink, file);
    if (!reading.tokens.is_readable)
        return reading;
    expect_tokens(&reading, text);
    expect_block(parse_file(arena, reading.sink, reading.map, reading.tokens));
    return reading;
}

static struct str
formatted(const struct reading *reading)
{
    return format_tokens(reading->arena, schema_new(reading->arena),
                         reading->map, reading->tokens);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = input_arena();
    struct reading reading =
        read_text(arena, (struct str){(const char *)data, size});
    if (reading.tokens.is_readable && sink_error_count(reading.sink) == 0) {
        struct str once = formatted(&reading);
        struct reading again = read_text(arena, once);
        expect(again.tokens.is_readable && sink_error_count(again.sink) == 0);
        expect(is_str_equal(once, formatted(&again)));
    }
    return 0;
}
