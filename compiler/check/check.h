/*
 * Rules over the IR. A rule is a row in rules.def and a function that reads
 * and reports; it changes nothing and depends on no other rule's order. Only
 * check_model() can make a struct model.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "diag/diag.h"
#include "ir/model.h"
#include "ir/table.h"

struct raw_world;
struct scene;

struct check {
    const struct ir *ir;
    struct sink *sink;
    struct arena *arena;
    bool is_release;             /* build --release: open holes are errors */
    const struct raw_world *raw; /* set by check_model */
    const struct scene *const *scenes; /* by environment; set there, too */
    const struct owners *owners;       /* by zone; set by check_zones as well */
    const struct hosts *hosts;         /* config_hosts.c's, once it asks */
    const struct source_map *map;
    struct str baseline; /* the text of a baseline file, or empty */
    struct str today;    /* YYYY-MM-DD, or empty: `until` is not judged */
};

typedef void check_rule(struct check *check);

/* NULL when the sink holds an error, from here or from before. */
const struct model *check_model(struct check *check);

/* Only what zones say by themselves (family D), of an IR that may hold nothing
 * else. */
void check_zones(struct check *check);

/* Each cell of a document that contradicts the program (O11). */
struct table_counts check_document(struct check *check,
                                   const struct tables *tables);

/* Faults of the language and of names: no reason makes a program right that
 * cannot be written out. */
bool is_structural(enum diag_code code);

/* Takes out what an `allow` covers; reports on the allows themselves. */
void check_allows(struct check *check);

/* Will a message of that code, about that object, be taken out? Then what is
 * silent because of it speaks, or nobody would have allowed that. */
bool is_allowed(const struct check *check, enum diag_code code,
                struct str object);

/* `ENV.SERVICE`: what `allow CODE on …` names a workload by. */
struct str workload_object(struct check *check,
                           const struct workload *workload);

#define RULE(function) check_rule function;
#include "check/rules.def"
#undef RULE

#endif
