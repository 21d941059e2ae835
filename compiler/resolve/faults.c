/*
 * The errors of a program that has been resolved, with their statements.
 */
#include "resolve/faults.h"

#include "base/sort.h"

static enum fault_kind fault_kind(const struct diag *diag);
static void find_statement(struct fault *fault,
                           const struct resolve_input *input);
static int compare_places(const void *a, const void *b, const void *context);
static bool is_name_byte(char byte);
static const struct statement *statement_at(const struct block *block,
                                            uint32_t place);

struct faults
collect_faults(struct resolver *resolver, const struct resolve_input *input)
{
    struct faults faults = {.resolver = resolver};
    size_t count = sink_count(resolver->sink);
    faults.at = arena_array(resolver->arena, count, sizeof(struct fault));
    for (size_t i = 0; i < count; i++) {
        struct diag *diag = sink_at(resolver->sink, i);
        if (diag->severity != SEVERITY_ERROR)
            continue;
        struct source_position position =
            source_locate(resolver->map, diag->span.start);
        struct fault *fault = &faults.at[faults.count++];
        *fault = (struct fault){.diag = diag,
                                .kind = fault_kind(diag),
                                .line_start = diag->span.start -
                                              (uint32_t)position.column};
        find_statement(fault, input);
    }
    sort_items(resolver->arena, faults.at, faults.count, sizeof(struct fault),
               compare_places, NULL);
    return faults;
}

bool
is_fact(const struct fault *fault)
{
    return fault->kind == FAULT_NAME &&
           has_prefix(fault->diag->headline, STR("no fact "));
}

bool
leaves_unread(const struct fault *fault)
{
    const struct diag *diag = fault->diag;
    /* No file was read that an `include` names. */
    bool is_read_as_meant = diag->code == DIAG_L01 && diag->fixes != NULL &&
                            !is_str_equal(diag->fixes->text, STR("include"));
    return !is_read_as_meant &&
           (fault->kind <= FAULT_NAME || diag->code == DIAG_L20 ||
            diag->code == DIAG_L30);
}

bool
is_standing(const struct fault *fault)
{
    return fault->diag->severity == SEVERITY_ERROR;
}

bool
is_at_word(const struct fault *fault)
{
    return fault->statement != NULL &&
           fault->diag->span.start == fault->statement->word.span.start;
}

struct span
whole_span(const struct statement *statement)
{
    return statement->block == NULL
               ? statement->span
               : span_join(statement->span, statement->block->close);
}

struct str
next_word(struct str text, size_t *at)
{
    while (*at < text.len && !is_name_byte(text.at[*at]))
        (*at)++;
    size_t from = *at;
    while (*at < text.len && is_name_byte(text.at[*at]))
        (*at)++;
    return str_slice(text, from, *at);
}

static enum fault_kind
fault_kind(const struct diag *diag)
{
    static const struct {
        enum diag_code code;
        enum fault_kind kind;
    } rows[] = {
        {DIAG_L25, FAULT_BRACKET}, {DIAG_L26, FAULT_BRACKET},
        {DIAG_L01, FAULT_WORD},    {DIAG_L28, FAULT_WORD},
        {DIAG_L29, FAULT_WORD},    {DIAG_L35, FAULT_WORD},
        {DIAG_L03, FAULT_CHOICE},  {DIAG_L17, FAULT_CHOICE},
        {DIAG_N07, FAULT_CHOICE},  {DIAG_N08, FAULT_CHOICE},
        {DIAG_L07, FAULT_NAME},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].code == diag->code)
            return rows[i].kind;
    }
    return FAULT_OTHER;
}

static void
find_statement(struct fault *fault, const struct resolve_input *input)
{
    uint32_t place = fault->diag->span.start;
    const struct statement *around = NULL;
    for (size_t i = 0; around == NULL && i < input->file_count; i++)
        around = statement_at(input->files[i], place);
    fault->outer = around;
    while (around != NULL) {
        fault->parent = fault->statement;
        fault->statement = around;
        around =
            around->block == NULL ? NULL : statement_at(around->block, place);
    }
}

/* The last statement that does not begin behind the place, if it reaches it. */
static const struct statement *
statement_at(const struct block *block, uint32_t place)
{
    size_t low = 0;
    size_t high = block->statement_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (block->statements[middle].span.start <= place)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const struct statement *statement = &block->statements[low - 1];
    return place < whole_span(statement).end ? statement : NULL;
}

static int
compare_places(const void *a, const void *b, const void *context)
{
    (void)context;
    uint32_t left = ((const struct fault *)a)->diag->span.start;
    uint32_t right = ((const struct fault *)b)->diag->span.start;
    return (left > right) - (left < right);
}

static bool
is_name_byte(char byte)
{
    return is_ascii_alnum(byte) || byte == '-' || byte == '_';
}
