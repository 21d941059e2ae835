/*
 * Workflows that somebody wrote by hand, job by job and text by text, and what
 * their expressions name.
 */
#ifndef CHECK_WORKFLOW_FILES_H
#define CHECK_WORKFLOW_FILES_H

#include "check/check.h"
#include "ir/workflow_file.h"

struct workflow_job {
    const struct workflow_file *file;
    struct str name;
    struct span name_span;
    const struct raw *raw;
    struct str text; /* FILE.JOB: what `allow CODE on …` names */
};

typedef void workflow_job_visit(struct check *check,
                                const struct workflow_job *job);
void each_workflow_job(struct check *check, workflow_job_visit *visit);
struct workflow_job workflow_job_of(struct check *check,
                                    const struct workflow_file *file,
                                    const struct raw_entry *entry);
/* Each step of each job, in their order. */
typedef void workflow_step_visit(struct check *check,
                                 const struct workflow_job *job,
                                 const struct raw *step);
void each_workflow_step(struct check *check, workflow_step_visit *visit);
typedef void workflow_file_visit(struct check *check,
                                 const struct workflow_file *file);
void each_workflow_file(struct check *check, workflow_file_visit *visit);

/* Is there such a part in it; and not inside of a longer name? */
bool has_text(struct str text, const char *part);
bool has_name(struct str text, struct str word);

/* Calls `visit` with each text in a tree, in its order; `context` is passed
 * on. */
typedef void workflow_text_visit(struct check *check, const struct raw *text,
                                 void *context);
void each_workflow_text(struct check *check, const struct raw *raw,
                        workflow_text_visit *visit, void *context);

/* Cuts the next `secrets.NAME` or `secrets['NAME']` of an expression off
 * `*rest`; false when there is none. */
bool secret_name_next(struct str *rest, struct str *name);
/* Where `name` stands in what was written for `text`; all of that when it is
 * spelled otherwise there. */
struct span workflow_text_span(const struct check *check,
                               const struct raw *text, struct str name);

struct diag *workflow_report(struct check *check, enum diag_code code,
                             struct span span, const struct workflow_job *job,
                             struct strs texts);

#endif
