/*
 * Two programs against each other: what changed in the terms of who wrote them,
 * by environment and object, with what it may do to what runs. Made from one
 * table of fields (fields.def), so that no field can be forgotten.
 */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "base/buf.h"
#include "base/vec.h"
#include "ir/ir.h"

enum risk {
    RISK_DOWNTIME,
    RISK_DATA,
    RISK_SECURITY,
    RISK_TRAFFIC,
    RISK_RESTART,
    RISK_COST, /* only where prices are declared */
    RISK_COUNT
};

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

enum change_reach {
    REACH_ONE,
    REACH_EVERYWHERE, /* the same in every environment */
    REACH_TOLD,       /* by one of those; private to compare.c */
};

struct change {
    struct str environment; /* empty: of the project, or of all */
    enum change_reach reach;
    struct str object; /* empty: the environment, or project, itself */
    struct str field;  /* empty: the object itself */
    enum change_kind kind;
    struct str before; /* empty when there was nothing */
    struct str after;
    struct str note; /* what it comes to; may be empty */
    unsigned risks;  /* bits of enum risk */
    bool is_written; /* some document holds it */
};

struct file_change {
    struct str path;
    enum change_kind kind;
};

struct differences {
    struct vec changes; /* of struct change; environments first */
    struct vec files;   /* of struct file_change, by path */
};

const char *risk_name(enum risk risk);
const char *change_name(enum change_kind kind);
/* Changes that carry it. */
size_t risk_count(const struct differences *differences, enum risk risk);

/* No document differs: whatever changed, none of it is written. */
void differences_set_aside(struct differences *differences);
/* Fills the changes; the files are the caller's. */
void compare_programs(struct arena *arena, const struct ir *before,
                      const struct ir *after, struct differences *differences);

/* A file and what would be in its place. Objects are NULL for what is no YAML,
 * or is missing; texts are empty where they are missing. */
struct file_pair {
    struct str path;
    struct str environment; /* or empty */
    enum change_kind kind;
    struct str before_text;
    struct str after_text;
    const struct raw_file *before;
    const struct raw_file *after;
};

/* Fills the changes from files that differ, each told at least once. */
void compare_files(struct arena *arena, const struct ir *after,
                   const struct file_pair *pairs, size_t count,
                   struct differences *differences);

void differences_write(struct buf *buf, const struct differences *differences);
void differences_write_markdown(struct buf *buf,
                                const struct differences *differences);
void differences_write_json(struct buf *buf,
                            const struct differences *differences);

#endif
