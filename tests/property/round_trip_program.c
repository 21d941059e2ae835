/*
 * A program around one word: a skeleton, the blocks that lead to it, and for
 * every other argument its type's example.
 */
#include "round_trip.h"

static const char *const type_examples[] = {
#define TYPE(id, shown, example) [TYPE_##id] = example,
#include "ir/types.def"
#undef TYPE
};

/* ---- what the table cannot say ------------------------------------------ */

enum { WORD_NONE = WORD_COUNT };

struct around {
    int word;
    const char *text;
    int inner;
    const char *beside;
};

struct under {
    int word;
    int around;
};

struct spelling {
    int word;
    const char *argument;
    const char *text;
};

static const struct around arounds[] = {
#define AROUND(word, text, inner, beside)                                      \
    {WORD_##word, text, WORD_##inner, beside},
#include "round_trip.def"
#undef AROUND
};

static const struct under unders[] = {
#define UNDER(word, around) {WORD_##word, WORD_##around},
#include "round_trip.def"
#undef UNDER
};

static const struct spelling spellings[] = {
#define WITH(word, argument, text) {WORD_##word, argument, text},
#include "round_trip.def"
#undef WITH
};

static const struct around *
around_find(const struct word *word)
{
    for (size_t i = 0; i < sizeof arounds / sizeof arounds[0]; i++) {
        if (arounds[i].word == (int)word->id)
            return &arounds[i];
    }
    return NULL;
}

static const char *
spelling_find(const struct word *word, const char *argument)
{
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (spellings[i].word == (int)word->id &&
            is_str_equal(str_from(spellings[i].argument), str_from(argument)))
            return spellings[i].text;
    }
    return NULL;
}

/* ---- where a word stands ------------------------------------------------ */

/* Services are what most of the language is about. */
static const enum place places_first[] = {PLACE_SERVICE, PLACE_STATEFUL,
                                          PLACE_JOB,     PLACE_TASK,
                                          PLACE_PROJECT, PLACE_ENV};

static enum place
best_place(const struct word *word)
{
    for (size_t i = 0; i < sizeof places_first / sizeof places_first[0]; i++) {
        if (stands_in(word, places_first[i]))
            return places_first[i];
    }
    return word->places[0];
}

/* The first word that opens the place: it is the plainest. */
static const struct word *
opener_of(const struct word *inner, enum place place)
{
    for (size_t i = 0; i < sizeof unders / sizeof unders[0]; i++) {
        if (unders[i].word == (int)inner->id)
            return schema_word((enum word_id)unders[i].around);
    }
    for (int id = 0; id < WORD_COUNT; id++) {
        const struct word *word = schema_word((enum word_id)id);
        if (word->opens == place && !stands_in(word, place))
            return word;
    }
    return NULL;
}

bool
position_find(const struct word *word, unsigned argument,
              struct position *position)
{
    const struct word *around[POSITION_DEPTH_MAX];
    size_t depth = 0;
    const struct word *inner = word;
    enum place place = best_place(word);
    while (place != PLACE_FILE) {
        const struct word *opener = opener_of(inner, place);
        if (opener == NULL || depth == POSITION_DEPTH_MAX)
            return false;
        around[depth++] = opener;
        place = best_place(opener);
        inner = opener;
    }
    *position = (struct position){word, argument, {NULL}, depth};
    for (size_t i = 0; i < depth; i++)
        position->around[i] = around[depth - 1 - i];
    return true;
}

/* ---- statements --------------------------------------------------------- */

static void
add_quoted(struct buf *buf, struct str text)
{
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '"' || byte == '\\')
            buf_byte(buf, '\\');
        if (byte == '$')
            buf_byte(buf, '$');
        if (byte == '\n')
            buf_add(buf, STR("\\n"));
        else if (byte == '\r')
            buf_add(buf, STR("\\u{d}"));
        else if (byte == '\x1B')
            buf_add(buf, STR("\\u{1b}"));
        else
            buf_byte(buf, byte);
    }
    buf_byte(buf, '"');
}

static struct str
example_of(const struct argument_rule *rule)
{
    struct str words = str_from(rule->detail);
    if (rule->type == TYPE_ONE_OF)
        return str_cut(&words, ' ');
    return str_from(type_examples[rule->type]);
}

static void
add_example(struct buf *buf, const struct argument_rule *rule)
{
    struct str example = example_of(rule);
    switch (rule->shape) {
    case SHAPE_ONE:
        buf_add(buf, example);
        return;
    case SHAPE_LIST:
        buf_format(buf, "[{}]", STRS(example));
        return;
    case SHAPE_RANGE:
        buf_format(buf, "{}..{}", STRS(example, example));
        return;
    case SHAPE_COMPARISON:
        buf_format(buf, "< {}", STRS(example));
        return;
    case SHAPE_ARROW:
        buf_format(buf, "{} -> {}", STRS(example, example));
        return;
    case SHAPE_REST:
        return;
    }
}

/* Its arguments, up to the last that must be there or that is meant. */
static void
add_arguments(struct buf *buf, const struct word *word, int meant,
              struct str text)
{
    for (unsigned i = 0; i < argument_rule_count(word); i++) {
        const struct argument_rule *rule = &word->arguments[i];
        if (rule->is_optional && (int)i > meant)
            continue;
        if (buf->len > 0)
            buf_byte(buf, ' ');
        if ((int)i != meant)
            add_example(buf, rule);
        else if (rule->shape == SHAPE_LIST)
            buf_byte(buf, '[');
        if ((int)i == meant)
            add_quoted(buf, text);
        if ((int)i == meant && rule->shape == SHAPE_LIST)
            buf_byte(buf, ']');
    }
}

/* `@` is the text. */
static void
add_spelling(struct buf *buf, struct str spelling, struct str text)
{
    for (size_t i = 0; i < spelling.len; i++) {
        if (spelling.at[i] == '@')
            add_quoted(buf, text);
        else
            buf_byte(buf, spelling.at[i]);
    }
}

static void
add_word(struct buf *buf, const struct word *word, int meant, struct str text)
{
    const struct around *around = around_find(word);
    const char *spelling =
        meant < 0 ? NULL : spelling_find(word, word->arguments[meant].name);
    if (spelling != NULL) {
        add_spelling(buf, str_from(spelling), text);
        return;
    }
    if (meant < 0 && around != NULL) {
        buf_add(buf, str_from(around->text));
        return;
    }
    buf_add(buf, str_from(word->name));
    add_arguments(buf, word, meant, text);
}

/* Words that a block must have, but for the one that is there anyway. */
static void
add_musts(struct buf *buf, enum place place, const struct word *except)
{
    for (int id = 0; id < WORD_COUNT; id++) {
        const struct word *word = schema_word((enum word_id)id);
        if (word->occurs != OCCURS_MUST || word == except ||
            !stands_in(word, place))
            continue;
        add_word(buf, word, -1, STR(""));
        buf_byte(buf, '\n');
    }
}

static void
add_beside(struct buf *buf, const struct word *around, const struct word *inner)
{
    const struct around *known = around_find(around);
    if (known != NULL && known->inner != (int)inner->id)
        buf_format(buf, "{}\n", STRS(str_from(known->beside)));
}

/* What stands in the outermost block, with all blocks inside of it. */
static void
add_inside(struct buf *buf, const struct position *position, size_t from,
           struct str text)
{
    for (size_t i = from; i < position->depth; i++) {
        const struct word *next =
            i + 1 < position->depth ? position->around[i + 1] : position->word;
        add_word(buf, position->around[i], -1, STR(""));
        buf_add(buf, STR(" {\n"));
        add_musts(buf, position->around[i]->opens, next);
        add_beside(buf, position->around[i], next);
    }
    add_word(buf, position->word, (int)position->argument, text);
    buf_byte(buf, '\n');
    for (size_t i = from; i < position->depth; i++)
        buf_add(buf, STR("}\n"));
}

/* ---- the skeleton ------------------------------------------------------- */

struct line {
    const char *word;
    const char *text;
};

static const struct line project_lines[] = {
    {"repository", "acme/shop plan enterprise"},
    {"registry", "acmeshop.azurecr.io"},
    {"contact", "ops ops@example.com"},
    {"slack", "deployments \"#deployments\""},
    {NULL, NULL},
};

static const struct line workload_lines[] = {
    {"port", "http 8080"},
    {"ready", "GET /ready"},
    {"config", "all"},
    {NULL, NULL},
};

static const struct line job_lines[] = {
    {"schedule", "\"0 3 * * *\""},
    {NULL, NULL},
};

static const struct line config_lines[] = {
    {"LOG_LEVEL", "text default hello"},
    {NULL, NULL},
};

static const struct line env_lines[] = {
    {"tier", "production"},
    {"vault", "azure acme-vault"},
    {NULL, NULL},
};

static const struct line task_lines[] = {
    {"command", "seed"},
    {NULL, NULL},
};

static const struct line no_lines[] = {{NULL, NULL}};

struct part {
    enum word_id id;
    const char *name;
    const struct line *lines;
    const char *run; /* NULL: it runs in no environment */
    bool is_always;
};

static const struct part parts[] = {
    {WORD_PROJECT, "shop", project_lines, NULL, true},
    {WORD_CONFIG_CONTRACT, "", config_lines, NULL, true},
    {WORD_SERVICE, "api", workload_lines, "2", true},
    {WORD_WORKER, "mailer", no_lines, "2", false},
    {WORD_STATEFUL, "store", workload_lines, "1", false},
    {WORD_JOB, "report", job_lines, "", false},
    {WORD_TASK, "seed", task_lines, "", false},
    {WORD_ENV, "production", env_lines, NULL, true},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

/* The name of a part: its own, or the text when that is what is meant. */
static struct str
part_name(struct arena *arena, const struct part *part,
          const struct position *position, struct str text)
{
    struct buf buf;
    if (position->word->id != part->id)
        return str_from(part->name);
    buf_init(&buf, arena);
    add_quoted(&buf, text);
    return buf_str(&buf);
}

static const struct word *
outer_word(const struct position *position)
{
    return position->depth > 0 ? position->around[0] : position->word;
}

static bool
has_part(const struct part *part, const struct position *position)
{
    return part->is_always || outer_word(position)->id == part->id;
}

/* Of every part that runs: the workloads of an environment. */
static void
add_runs(struct buf *buf, const struct position *position, struct str text)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (parts[i].run != NULL && has_part(&parts[i], position))
            buf_format(buf, "run {} {} memory 128Mi..256Mi cpu 50m..250m\n",
                       STRS(part_name(buf->arena, &parts[i], position, text),
                            str_from(parts[i].run)));
    }
}

/* The block with its lines, but for the word that stands in `inside`. */
static void
add_part(struct buf *buf, const struct part *part,
         const struct position *position, struct str text, struct str inside)
{
    const struct word *next =
        position->depth > 1 ? position->around[1] : position->word;
    bool is_here = position->depth > 0 && position->around[0]->id == part->id;
    buf_format(buf, "{} {} {{\n",
               STRS(str_from(schema_word(part->id)->name),
                    part_name(buf->arena, part, position, text)));
    for (size_t i = 0; part->lines[i].word != NULL; i++) {
        struct str word = str_from(part->lines[i].word);
        if (!is_here || !is_str_equal(word, str_from(next->name)))
            buf_format(buf, "{} {}\n",
                       STRS(word, str_from(part->lines[i].text)));
    }
    if (is_here)
        buf_add(buf, inside);
    if (part->id == WORD_ENV)
        add_runs(buf, position, text);
    buf_add(buf, STR("}\n"));
}

static bool
is_part(const struct word *word)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (parts[i].id == word->id)
            return true;
    }
    return false;
}

struct str
position_program(struct arena *arena, const struct position *position,
                 struct str text)
{
    bool is_inside = is_part(outer_word(position));
    struct buf buf;
    struct buf inside;
    buf_init(&buf, arena);
    buf_init(&inside, arena);
    if (!is_part(position->word))
        add_inside(&inside, position, is_inside ? 1 : 0, text);
    buf_add(&buf, STR("brx 1\n"));
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (has_part(&parts[i], position))
            add_part(&buf, &parts[i], position, text, buf_str(&inside));
    }
    if (!is_inside)
        buf_add(&buf, buf_str(&inside));
    return buf_str(&buf);
}
