/*
 * The vocabulary: one table (words.def), from which the checker, `explain`,
 * completion and the reference page are made. The table itself is constant;
 * a schema adds the index that finds a row by place and name.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/map.h"
#include "ir/type.h"

enum { WORD_ARGUMENTS_MAX = 3, WORD_PLACES_MAX = 12 };

enum place {
    PLACE_NONE,
#define PLACE(id, name, form) PLACE_##id,
#include "schema/places.def"
#undef PLACE
    PLACE_COUNT
};

enum word_id {
#define WORD(id, name, places, opens, occurs, fallback, since, arguments, doc) \
    WORD_##id,
#include "schema/words.def"
#undef WORD
    WORD_COUNT
};

enum occurs { OCCURS_ONCE, OCCURS_MUST, OCCURS_MANY, OCCURS_KEYED };

/* Narrow members, since hundreds of rows are part of every command. */
struct argument_rule {
    const char *name;   /* NULL ends the list */
    const char *detail; /* words, separated by spaces; "" for none */
    enum shape shape : 8;
    enum type_kind type : 8;
    bool is_optional;
};

struct word {
    const char *name; /* "" for a block's free key */
    const char *fallback;
    const char *doc;
    struct argument_rule arguments[WORD_ARGUMENTS_MAX];
    unsigned char places[WORD_PLACES_MAX]; /* of enum place; PLACE_NONE fills
                                              the rest */
    enum word_id id : 16;
    enum place opens : 8;
    enum occurs occurs : 8;
    unsigned since;
};

struct schema {
    struct map by_name; /* to the first struct word_row of that name */
    const struct word *free_keys[PLACE_COUNT];
};

struct schema *schema_new(struct arena *arena);
/* The word `name` in `place`; NULL when there is none. */
const struct word *schema_find(const struct schema *schema, enum place place,
                               struct str name);
/* The place's free key, or NULL. */
const struct word *schema_free_key(const struct schema *schema,
                                   enum place place);
/* The word that took the place of an old spelling, or NULL. */
const char *schema_find_deprecated(enum place place, struct str name);
/* Some word called `name` in any place, or NULL: for "stands elsewhere". */
const struct word *schema_find_anywhere(const struct schema *schema,
                                        struct str name);
const struct word *schema_word(enum word_id id);
const char *place_name(enum place place);
/* May its words follow as clauses, on the same line? */
bool takes_clauses(enum place place);
bool stands_in(const struct word *word, enum place place);
size_t argument_rule_count(const struct word *word);
/* Is `text` one of the words in `detail`? */
bool is_detail_word(const char *detail, struct str text);

#endif
