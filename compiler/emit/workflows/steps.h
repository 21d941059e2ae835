/*
 * What stands in a job: steps that use an action, and steps that run a script
 * of runtime/pipeline/ and give it facts. Expressions (`${{ }}`) stand in facts
 * alone, never in a script.
 */
#ifndef EMIT_WORKFLOWS_STEPS_H
#define EMIT_WORKFLOWS_STEPS_H

#include "emit/text/yaml.h"
#include "emit/workflows/scripts.h"
#include "emit/workflows/plan.h"

struct workflow {
    struct yaml yaml;
    struct scripts *scripts; /* that its steps run */
    struct arena *arena;
    const struct ir *ir;
    const struct pipeline *pipeline; /* NULL in verify.yml */
};

/* `${{ path }}`; the path is ours, or made of names that need no quoting. */
struct str expression(struct arena *arena, const char *template_text,
                      struct strs texts);
/* A text of the program's, which holds no expression any more. */
struct str plain_text(struct arena *arena, struct str text);

/* A name as the end of a variable's: `web-api` is `WEB_API`. */
struct str variable_suffix(struct arena *arena, struct str name);

/* A fact: under `env`, of a step or of the workflow. The text has gone through
 * plain_text() or expression(). An empty one is left out. */
void fact(struct workflow *workflow, const char *name, struct str text);
void fact_number(struct workflow *workflow, const char *name, int64_t number);

/* Opens a step and its facts; step_end() runs the script, which the job has
 * checked out. `id` may be NULL. */
void step_start(struct workflow *workflow, struct str name, const char *id);
/* The same, run only when the expression holds. */
void step_start_if(struct workflow *workflow, struct str name, const char *id,
                   struct str condition);
void step_end(struct workflow *workflow, const char *script);

/* The same for a step whose failure is told, and changes nothing. */
void step_end_tolerant(struct workflow *workflow, const char *script);

/* What most jobs begin with. */
void step_checkout(struct workflow *workflow, bool has_history);
/* The commit with its parents: what a pull request would be merged into. */
void step_checkout_parents(struct workflow *workflow);
/* The broxc project itself, beside the checkout, at the commit that the
 * repository's variables name. */
void step_checkout_tool(struct workflow *workflow, const char *folder);
/* A report goes from one job of a run to another as an artifact: `folder` is
 * kept by the step `kept`, whose failure changes nothing, and comes into
 * `${{ runner.temp }}/report`. */
void step_keep_report(struct workflow *workflow, struct str folder);
void step_fetch_report(struct workflow *workflow);
/* A file of messages for GitHub's code scanning, where that is on. */
void step_upload_sarif(struct workflow *workflow, const char *path);
void step_azure_login(struct workflow *workflow);
void step_sign_in(struct workflow *workflow);
void step_connect(struct workflow *workflow);
/* The same where the job has signed in to Azure already. */
void step_cluster(struct workflow *workflow);

#endif
