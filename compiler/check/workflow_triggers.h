/*
 * When a workflow that somebody wrote by hand runs: `on`, as a text, a list of
 * texts or a map with filters.
 */
#ifndef CHECK_WORKFLOW_TRIGGERS_H
#define CHECK_WORKFLOW_TRIGGERS_H

#include "check/workflow_files.h"

struct workflow_trigger {
    bool is_there;
    struct span span;          /* of the event's name */
    const struct raw *filters; /* a map, or NULL */
};

struct workflow_trigger workflow_trigger(const struct workflow_file *file,
                                         const char *event);
/* The first of `paths` and `paths-ignore`, or NULL. */
const struct raw_entry *trigger_paths(const struct workflow_trigger *trigger);
/* Does it run for a branch? Patterns as GitHub reads them: `*` stops at a
 * slash, `**` does not; one with other signs is taken to match. */
bool trigger_takes_branch(struct check *check,
                          const struct workflow_trigger *trigger,
                          struct str branch);
/* Does it run for the last commit of each pull request to a branch? */
bool reports_on(struct check *check, const struct workflow_file *file,
                struct str branch);

/* Does a job of the user's own report that check there? (own_checks.c) */
bool is_reported_by_own(struct check *check, struct str name,
                        struct str branch);
/* Where the first job of that name stands, whenever it runs; false: nowhere
 * (own_checks.c). */
bool own_job_find(struct check *check, struct str name, struct span *span);

/* One text, or the items of a list: how many, and each. */
size_t raw_word_count(const struct raw *raw);
const struct raw *raw_word(const struct raw *raw, size_t index);
bool has_raw_word(const struct raw *raw, struct str word);

#endif
