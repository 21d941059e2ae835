/*
 * All that there is to know before a write: the folder, what is ours in it,
 * what a killed run left, and the plan. Nothing is changed.
 */
#ifndef TREE_SURVEY_H
#define TREE_SURVEY_H

#include "tree/leftover.h"
#include "tree/plan.h"

struct survey {
    struct arena *arena;
    const struct tree_options *options;
    struct output output;
    struct lock lock;     /* what is ours now */
    struct str lock_text; /* the bytes of broxc.lock; empty: there is none */
    struct leftover leftover;
    struct plan plan;
    struct hold hold; /* closes it when there is no memory */
};

/* Opens the folder and holds it against other runs; survey_close() must follow
 * whatever the status is. Conflicts are reported to `sink`. */
struct status survey_open(struct survey *survey, struct sink *sink,
                          const struct source_map *map,
                          const struct documents *documents);
void survey_close(struct survey *survey);
/* The text of the lock that the plan leads to. */
struct str survey_next_lock(struct survey *survey);
/* The plan's actions, path by path. */
void survey_result(struct survey *survey, struct tree_result *result);

#endif
