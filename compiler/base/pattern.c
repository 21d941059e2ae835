/*
 * The only file that knows PCRE2. Its memory is its own and is given back
 * before a function here ends; where it gets none, the arena fails.
 */
#include "base/pattern.h"

#include "base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { MESSAGE_BYTES = 256 }; /* PCRE2's longest has under 128 */

struct compile_fault {
    int code;
    size_t offset;
};

/* What a match needs; NULL where there was no memory. */
struct matching {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static pcre2_code *compile(struct str pattern, struct compile_fault *fault);
static int match_text(struct arena *arena, struct str pattern, struct str text,
                      uint32_t options);
static int match_with(const struct matching *matching, struct str text,
                      uint32_t options);

bool
pattern_check(struct arena *arena, struct str pattern, struct str *fault)
{
    struct compile_fault found = {0};
    pcre2_code *code = compile(pattern, &found);
    if (code) {
        pcre2_code_free(code);
        return true;
    }
    if (found.code == PCRE2_ERROR_HEAP_FAILED)
        arena_fail(arena);
    char message[MESSAGE_BYTES];
    int len = pcre2_get_error_message(found.code, (PCRE2_UCHAR *)message,
                                      sizeof message);
    struct str text =
        len > 0 ? (struct str){message, (size_t)len} : STR("not a pattern");
    *fault =
        arena_format(arena, "{}, after byte {}",
                     STRS(text, arena_number(arena, (int64_t)found.offset)));
    return false;
}

bool
pattern_matches(struct arena *arena, struct str pattern, struct str text)
{
    return match_text(arena, pattern, text,
                      PCRE2_ANCHORED | PCRE2_ENDANCHORED) >= 0;
}

bool
pattern_may_match(struct arena *arena, struct str pattern, struct str text)
{
    return match_text(arena, pattern, text, 0) != PCRE2_ERROR_NOMATCH;
}

/* \C is refused: it cuts a character in two. */
static pcre2_code *
compile(struct str pattern, struct compile_fault *fault)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        fault->code = PCRE2_ERROR_HEAP_FAILED;
        return NULL;
    }
    pcre2_set_max_pattern_length(context, LIMIT_PATTERN_BYTES);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.at, pattern.len,
                                     PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C |
                                         PCRE2_DOLLAR_ENDONLY,
                                     &fault->code, &fault->offset, context);
    pcre2_compile_context_free(context);
    return code;
}

/* As pcre2_match() has it; a pattern that is none is a bad one. */
static int
match_text(struct arena *arena, struct str pattern, struct str text,
           uint32_t options)
{
    struct compile_fault fault = {0};
    struct matching matching = {.code = compile(pattern, &fault)};
    int found = fault.code == PCRE2_ERROR_HEAP_FAILED ? PCRE2_ERROR_NOMEMORY
                                                      : PCRE2_ERROR_BADDATA;
    if (matching.code) {
        matching.data =
            pcre2_match_data_create_from_pattern(matching.code, NULL);
        matching.context = pcre2_match_context_create(NULL);
        found = match_with(&matching, text, options);
    }
    pcre2_match_context_free(matching.context);
    pcre2_match_data_free(matching.data);
    pcre2_code_free(matching.code);
    if (found == PCRE2_ERROR_NOMEMORY)
        arena_fail(arena);
    return found;
}

static int
match_with(const struct matching *matching, struct str text, uint32_t options)
{
    if (!matching->data || !matching->context)
        return PCRE2_ERROR_NOMEMORY;
    pcre2_set_match_limit(matching->context, LIMIT_PATTERN_STEPS);
    pcre2_set_depth_limit(matching->context, LIMIT_PATTERN_STEPS);
    pcre2_set_heap_limit(matching->context, LIMIT_PATTERN_HEAP_KIB);
    return pcre2_match(matching->code, (PCRE2_SPTR)text.at, text.len, 0,
                       options, matching->data, matching->context);
}
