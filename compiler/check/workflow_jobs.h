/*
 * What jobs of workflows that somebody wrote by hand do, as questions that
 * several rules ask: whether they deploy or publish, what they may, and what
 * their expressions name.
 */
#ifndef CHECK_WORKFLOW_JOBS_H
#define CHECK_WORKFLOW_JOBS_H

#include "check/workflow_triggers.h"

/* Does the step use an action whose name begins so? GitHub takes a name in any
 * case: `Azure/login` is `azure/login`. */
bool uses_action(const struct raw *step, const char *beginning);
/* Does the step reach a cluster or a cloud? */
bool is_deploying_step(const struct raw *step);
/* Does it hand something out: an image, a package, a release? */
bool is_publishing_step(const struct raw *step);
/* Does a step of the job do so? */
typedef bool step_question(const struct raw *step);
bool has_step(const struct workflow_job *job, step_question *question);

/* `permissions` of the job, else of its workflow; NULL: neither says any. */
const struct raw_entry *job_permissions(const struct workflow_job *job);
/* 2 for `write`, 1 for `read`, 0 for none of that scope. */
int permission_level(const struct raw *permissions, struct str scope);

/* Cuts the next `${{ … }}` off `*rest` and gives what stands inside. */
bool expression_next(struct str *rest, struct str *expression);
/* The first part of an expression that somebody from outside may have
 * written, such as `github.event.issue.title`; empty when there is none. */
struct str untrusted_part(struct str expression);
/* The same of all expressions in a text. */
struct str untrusted_in(struct str text);

/* Does a workflow start by what strangers may do, with the rights of the
 * repository? */
bool has_strange_trigger(const struct workflow_file *file);
/* The concurrency of the job, else of its workflow, or NULL. */
const struct raw *job_concurrency(const struct workflow_job *job);

#endif
