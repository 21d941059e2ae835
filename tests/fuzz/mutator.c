/*
 * Changes a program as a program: a word of the language from its table, with
 * arguments and maybe a block, is put behind some line; or a line is taken
 * away or said once more, behind another one. A third of the time the bytes are
 * changed as libFuzzer does it.
 */
#include "program.h"

#include "schema/schema.h"

#include <stdio.h>
#include <string.h>

enum { STATEMENT_MAX = 512 };

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

static const char *const type_examples[] = {
#define TYPE(id, shown, example) [TYPE_##id] = example,
#include "ir/types.def"
#undef TYPE
};

/* xorshift, by Marsaglia. */
static unsigned
draw(unsigned *state, size_t bound)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return bound > 0 ? *state % (unsigned)bound : 0;
}

/* Where the line after `at` begins. */
static size_t
line_end(const uint8_t *data, size_t size, size_t at)
{
    const uint8_t *newline = memchr(data + at, '\n', size - at);
    return newline == NULL ? size : (size_t)(newline - data) + 1;
}

static size_t
some_line(const uint8_t *data, size_t size, unsigned *state)
{
    return size == 0 ? 0 : line_end(data, size, draw(state, size));
}

/* One of the words of a ONE_OF; else what its type looks like. */
static const char *
argument_text(const struct argument_rule *rule, unsigned *state, char *word,
              size_t room)
{
    size_t skip = draw(state, 4);
    const char *at = rule->detail;
    if (at[0] == '\0' || draw(state, 4) == 0)
        return type_examples[rule->type];
    while (skip-- > 0 && strchr(at, ' ') != NULL)
        at = strchr(at, ' ') + 1;
    snprintf(word, room, "%.*s", (int)strcspn(at, " "), at);
    return word;
}

static size_t
make_statement(char *text, unsigned *state)
{
    char part[64];
    const struct word *word =
        schema_word((enum word_id)draw(state, WORD_COUNT));
    int len = snprintf(text, STATEMENT_MAX, "%s", word->name);
    for (size_t i = 0; i < argument_rule_count(word); i++) {
        const struct argument_rule *rule = &word->arguments[i];
        if (rule->is_optional && draw(state, 2) == 0)
            continue;
        len += snprintf(text + len, STATEMENT_MAX - (size_t)len, " %.60s",
                        argument_text(rule, state, part, sizeof part));
    }
    if (word->opens != PLACE_NONE && draw(state, 2) == 0)
        len += snprintf(text + len, STATEMENT_MAX - (size_t)len, " {\n}");
    len += snprintf(text + len, STATEMENT_MAX - (size_t)len, "\n");
    return (size_t)len;
}

/* Gives the new size; the old one when there is no room. */
static size_t
insert(uint8_t *data, size_t size, size_t max_size, size_t at, const void *text,
       size_t len)
{
    if (len > max_size - size)
        return size;
    memmove(data + at + len, data + at, size - at);
    memcpy(data + at, text, len);
    return size + len;
}

static size_t
remove_line(uint8_t *data, size_t size, unsigned *state)
{
    size_t at = some_line(data, size, state);
    size_t end = line_end(data, size, at);
    memmove(data + at, data + end, size - end);
    return size - (end - at);
}

static size_t
repeat_line(uint8_t *data, size_t size, size_t max_size, unsigned *state)
{
    uint8_t line[STATEMENT_MAX];
    size_t from = some_line(data, size, state);
    size_t len = line_end(data, size, from) - from;
    if (len > sizeof line)
        return size;
    memcpy(line, data + from, len);
    return insert(data, size, max_size, some_line(data, size, state), line,
                  len);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                        unsigned seed)
{
    char text[STATEMENT_MAX];
    unsigned state = seed | 1;
    switch (draw(&state, 6)) {
    case 0:
    case 1:
        return insert(data, size, max_size, some_line(data, size, &state), text,
                      make_statement(text, &state));
    case 2:
        return repeat_line(data, size, max_size, &state);
    case 3:
        return remove_line(data, size, &state);
    }
    return LLVMFuzzerMutate(data, size, max_size);
}
