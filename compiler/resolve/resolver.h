/*
 * What the files of resolve/ share: the typed statements of a program, and
 * the tables in which its names are found. Private to the room.
 */
#ifndef RESOLVE_RESOLVER_H
#define RESOLVE_RESOLVER_H

#include "base/map.h"
#include "base/vec.h"
#include "resolve/resolve.h"
#include "resolve/shared.h"
#include "resolve/word_set.h"
#include "schema/schema.h"

/* One argument of a statement. */
struct cell {
    const struct argument *syntax; /* NULL: left out */
    const struct value *value;     /* NULL: has ${paths}, typed when folded */
};

/* A typed statement; its clauses and its block's statements are children. */
struct node {
    const struct word *word;
    struct span span;
    struct span word_span;
    struct str doc;
    struct cell cells[WORD_ARGUMENTS_MAX];
    const struct node *const *children;
    size_t child_count;
    const struct word_set *words; /* of the children; NULL without any */
    /* The first child of each word, by enum word_id; NULL while the children
     * are few enough to look through. */
    const struct node *const *first_by_word;
    const struct block *block;    /* when the schema does not read its words */
    const struct node *next_same; /* the next sibling with the same word */
    bool is_misread; /* arguments are too many or too few, which was said */
    bool has_paths;  /* it, or what stands inside: ${paths} */
};

struct environment_entry {
    struct str name;
    const struct node *node;
    const struct environment_entry *like;
    struct map runs;     /* service name -> struct node * */
    struct map settings; /* config key -> struct node * of its `set` */
    struct environment *result;
};

struct service_entry {
    const struct node *node;
    const struct node *profile; /* or NULL */
    struct service *result;
    bool is_used;
};

/* A default, shown at the block that lacks the word. */
struct placed_default {
    const struct word *word;
    const struct value *value;
};

enum { PLACED_DEFAULTS = 256 };

struct resolver {
    struct arena *arena;
    struct helper *helper; /* or NULL */
    struct sink *sink;
    const struct source_map *map;
    const struct schema *schema;
    struct ir *ir;

    const struct node *const *statements; /* of the whole program */
    size_t statement_count;
    struct vec open_children; /* of struct node *: of words being read */
    const struct node *project;
    const struct node *config; /* the contract, or NULL */

    struct map givens; /* name -> struct given * */
    struct vec given_list;
    struct map hole_index; /* name -> index + 1, as a pointer */
    struct vec holes;      /* of struct hole */

    struct map environments; /* name -> struct environment_entry * */
    struct vec environment_list;
    struct map services; /* name -> struct service_entry * */
    struct vec service_list;
    struct map profiles;      /* name -> struct profile_entry * */
    struct map channels;      /* name -> struct channel * */
    struct map config_index;  /* name -> struct config_key * */
    struct map config_nodes;  /* name -> struct node * of the contract */
    struct map manifests;     /* bytes of a span -> struct raw_manifest * */
    struct map project_files; /* the same -> struct project_file * */
    struct map patch_texts;   /* the same -> const struct raw * */
    struct map secrets;       /* name -> struct secret * */
    struct vec secret_list;   /* of struct secret * */
    const struct live_zone *live_zones;
    size_t live_zone_count;

    /* Defaults that are the same everywhere, once asked for. */
    const struct value *fallbacks[WORD_COUNT];
    const struct origin *default_origin; /* the last: its block has others */
    /* Of blocks that are read again and again, such as a profile's. */
    struct placed_default placed_defaults[PLACED_DEFAULTS];
    struct shared shared[SHARED_COUNT];
    struct map folds; /* environment, service and path -> struct fold_memo * */
    const struct open_fold *open_fold; /* the innermost; or NULL */
    size_t fold_depth;
};

struct given {
    struct str name;
    const struct argument *value;
    struct span span;
};

struct profile_entry {
    const struct node *node;
    bool is_used;
};

#endif
