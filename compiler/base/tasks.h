/*
 * Numbered tasks in two lanes: that of who asks, and that of a helper where
 * there is one. They are begun in their order, or the heaviest first, and taken
 * in their order by who asks, so that what comes out is the same with one lane.
 *
 * An arena is one lane's own; both are whose who asks when all is done. A lane
 * that gets no memory ends the other, and then all ends as arena_fail() does.
 */
#ifndef BASE_TASKS_H
#define BASE_TASKS_H

#include "base/helper.h"

enum lane { LANE_FIRST, LANE_SECOND, LANE_COUNT };

/* A task's turn. */
struct turn {
    size_t task;
    enum lane lane;
    size_t taken; /* so many of the first tasks are taken */
};

struct tasks {
    size_t count;
    /* So many may be begun and not yet taken: at least LANE_COUNT, and all of
     * them where they are weighed. */
    size_t ahead;
    void *context;
    void (*work)(void *context, struct turn turn);
    /* In the first lane, of a task that was done in either. */
    void (*take)(void *context, size_t task, enum lane lane);
    struct arena *arena;   /* of the first lane */
    struct helper *helper; /* of the second; NULL: one lane */
    bool is_last;          /* the helper is dismissed with them */
    /* What one takes, beside the others: with the heaviest first no lane waits
     * at the end. NULL: they begin in their order. */
    size_t (*weigh)(const void *context, size_t task);
};

void tasks_run(const struct tasks *tasks);

#endif
