/*
 * The way through two IRs, side by side. Private to the files that compare.
 */
#ifndef COMPARE_WALK_H
#define COMPARE_WALK_H

#include "compare/compare.h"
#include "compare/shape.h"

/* Where the walk is, in a user's terms. */
struct place {
    struct str environment;
    struct str object;
    struct str prefix;      /* of the fields' names */
    unsigned risks;         /* that hold for all that is here */
    unsigned ignored_risks; /* that cannot be here */
};

struct walk {
    struct arena *arena;
    const struct ir *before;
    const struct ir *after;
    struct place place;
    bool is_probing; /* only counts, to find out whether two are equal */
    size_t found;
    struct vec *changes;
};

/* Into the order of telling; what is the same everywhere once. */
void arrange_changes(struct arena *arena, struct vec *changes,
                     const struct ir *after, struct differences *differences);
/* Both of one shape, neither NULL. */
void compare_shape(struct walk *walk, enum shape_id id, const void *before,
                   const void *after);
bool is_shape_equal(struct walk *walk, enum shape_id id, const void *before,
                    const void *after);
/* Two lists of a field; the structs that hold them are not NULL. */
void compare_lists(struct walk *walk, const struct field *field,
                   const void *before, const void *after);
void compare_raw(struct walk *walk, const struct raw *before,
                 const struct raw *after);

/* The place of an item or a struct of `field`, whose key may be empty. */
struct place place_under(struct walk *walk, const struct field *field,
                         struct str key, const void *item);
/* It is there on one side alone; the walk's place is its own. */
void add_presence(struct walk *walk, const struct field *field,
                  const void *before, const void *after);
/* What differs at the walk's place; a text is empty for nothing. */
struct difference {
    struct str name;
    enum change_kind kind;
    struct str before;
    struct str after;
    struct str note;
    unsigned risks;
};

void add_difference(struct walk *walk, const struct difference *difference);
struct str joined(struct arena *arena, struct str first, struct str second);
/* What a struct says beyond the defaults, in some words. */
struct str describe(struct arena *arena, enum shape_id id, const void *item);
/* Of `low|high` the two, or the words that both end in or begin with. */
struct str range_name(struct arena *arena, const char *name, size_t part);
struct str whole_name(struct arena *arena, const char *name);

#endif
