/*
 * The table in memory, and its index.
 */
#include "schema/schema.h"

struct word_row {
    const struct word *word;
    struct word_row *next; /* another word of the same name */
};

/* Macros for the table. */
#define IN(place) PLACE_##place
#define ARG(name, shape, type, detail)                                         \
    {                                                                          \
        name, detail, SHAPE_##shape, TYPE_##type, false                        \
    }
#define OPT(name, shape, type, detail)                                         \
    {                                                                          \
        name, detail, SHAPE_##shape, TYPE_##type, true                         \
    }
#define FLAG                                                                   \
    {                                                                          \
        NULL, "", SHAPE_ONE, TYPE_ANY, false                                   \
    }
#define LIST_OF(...)                                                           \
    {                                                                          \
        __VA_ARGS__                                                            \
    }

static const struct word words[] = {
#define WORD(id_, name_, places_, opens_, occurs_, fallback_, since_,          \
             arguments_, doc_)                                                 \
    {.name = name_,                                                            \
     .fallback = fallback_,                                                    \
     .doc = doc_,                                                              \
     .arguments = LIST_OF arguments_,                                          \
     .places = LIST_OF places_,                                                \
     .id = WORD_##id_,                                                         \
     .opens = PLACE_##opens_,                                                  \
     .occurs = OCCURS_##occurs_,                                               \
     .since = since_},
#include "schema/words.def"
#undef WORD
};

static void
schema_add(struct schema *schema, struct arena *arena, const struct word *word)
{
    struct str name = str_from(word->name);
    struct word_row *row = arena_new(arena, sizeof *row);
    row->word = word;
    row->next = map_put(&schema->by_name, name, row);
}

struct schema *
schema_new(struct arena *arena)
{
    struct schema *schema = arena_new(arena, sizeof *schema);
    map_init(&schema->by_name, arena);
    map_reserve(&schema->by_name, WORD_COUNT);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (words[i].name[0] != '\0') {
            schema_add(schema, arena, &words[i]);
            continue;
        }
        for (size_t place = 1; place < PLACE_COUNT; place++) {
            if (stands_in(&words[i], (enum place)place))
                schema->free_keys[place] = &words[i];
        }
    }
    return schema;
}

const struct word *
schema_find(const struct schema *schema, enum place place, struct str name)
{
    for (const struct word_row *row = map_find(&schema->by_name, name);
         row != NULL; row = row->next) {
        if (stands_in(row->word, place))
            return row->word;
    }
    return NULL;
}

const struct word *
schema_free_key(const struct schema *schema, enum place place)
{
    return schema->free_keys[place];
}

const char *
schema_find_deprecated(enum place place, struct str name)
{
    static const struct {
        enum place place;
        const char *old;
        const char *now;
    } rows[] = {
#define DEPRECATED(place, old, now) {PLACE_##place, old, now},
#include "schema/deprecated.def"
#undef DEPRECATED
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].place == place && is_str_equal(name, str_from(rows[i].old)))
            return rows[i].now;
    }
    return NULL;
}

const struct word *
schema_find_anywhere(const struct schema *schema, struct str name)
{
    const struct word_row *row = map_find(&schema->by_name, name);
    return row == NULL ? NULL : row->word;
}

const struct word *
schema_word(enum word_id id)
{
    return &words[id];
}

const char *
place_name(enum place place)
{
    static const char *const names[] = {
        [PLACE_NONE] = "nothing",
#define PLACE(id, name, form) [PLACE_##id] = name,
#include "schema/places.def"
#undef PLACE
    };
    return names[place];
}

bool
takes_clauses(enum place place)
{
    enum { BLOCK, CLAUSES };
    static const bool forms[] = {
        [PLACE_NONE] = BLOCK,
#define PLACE(id, name, form) [PLACE_##id] = form,
#include "schema/places.def"
#undef PLACE
    };
    return forms[place];
}

bool
stands_in(const struct word *word, enum place place)
{
    for (size_t i = 0; i < WORD_PLACES_MAX; i++) {
        if (word->places[i] == place)
            return true;
        if (word->places[i] == PLACE_NONE)
            break;
    }
    return false;
}

size_t
argument_rule_count(const struct word *word)
{
    size_t count = 0;
    while (count < WORD_ARGUMENTS_MAX && word->arguments[count].name != NULL)
        count++;
    return count;
}

bool
is_detail_word(const char *detail, struct str text)
{
    struct str rest = str_from(detail);
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, ' '), text))
            return true;
    }
    return false;
}
