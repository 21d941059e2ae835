/*
 * Families G and M, what jobs of the user's own deploy: whether they go
 * where their GitHub environment says, and by which road around the gates.
 */
#include "check/own_places.h"

#include "base/map.h"
#include "check/raw_values.h"
#include "check/walk.h"
#include "ir/hosting.h"
#include "ir/release.h"

typedef const struct value *environment_name(
    const struct environment *environment);

static const struct value *
github_of(const struct environment *environment)
{
    return environment->github;
}

static const struct value *
namespace_of(const struct environment *environment)
{
    return environment->namespace_name;
}

static const struct value *
cluster_of(const struct environment *environment)
{
    return environment->cluster == NULL ? NULL : environment->cluster->name;
}

static const struct value *
group_of(const struct environment *environment)
{
    return environment->cluster == NULL ? NULL : environment->cluster->group;
}

static bool
is_called(const struct value *value, struct str name)
{
    return is_value_known(value) && is_str_equal_nocase(value->text, name);
}

/* The first environment that has that name, or NULL. */
static const struct environment *
environment_of(const struct ir *ir, environment_name *question, struct str name)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (is_called(question(ir->environments[i]), name))
            return ir->environments[i];
    }
    return NULL;
}

static const struct environment *
github_environment(const struct ir *ir, const struct places *places)
{
    const struct place *github = place_find(places, PLACE_GITHUB);
    return github == NULL || github->is_open
               ? NULL
               : environment_of(ir, github_of, github->name);
}

/* ---- G23 ---------------------------------------------------------------- */

/* A job that reads a secret there is K09 already. */
static void
find_any_secret(struct check *check, const struct raw *text, void *context)
{
    bool *has_secret = context;
    struct str rest = text->text;
    struct str name;
    (void)check;
    while (secret_name_next(&rest, &name))
        *has_secret = *has_secret || !is_str_equal(name, STR("GITHUB_TOKEN"));
}

static void
judge_missing(struct check *check, const struct workflow_job *job)
{
    bool has_secret = false;
    if (!has_step(job, is_deploying_step) ||
        raw_find(job->raw, STR("environment")) != NULL)
        return;
    each_workflow_text(check, job->raw, find_any_secret, &has_secret);
    if (has_secret)
        return;
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    struct diag *diag =
        workflow_report(check, DIAG_G23, job->name_span, job, STRS(job->name));
    diag_label(diag, "no branch rule and no approval holds it back", NO_STRS);
    for (size_t i = 0; i < raw_item_count(steps); i++) {
        const struct raw *step = steps->entries[i].value;
        const struct raw_entry *what = raw_entry_find(step, STR("run"));
        if (!is_deploying_step(step))
            continue;
        if (what == NULL)
            what = raw_entry_find(step, STR("uses"));
        diag_note(diag, what->key_span, "here it reaches the cluster", NO_STRS);
        break;
    }
    diag_help(diag, "write `environment:` with the name of the one it is for",
              NO_STRS);
}

void
check_missing_environments(struct check *check)
{
    each_workflow_job(check, judge_missing);
}

/* ---- G24 ---------------------------------------------------------------- */

/* setup-environment.sh lets each environment's identity trust the jobs of its
 * GitHub environment, and puts the identity into AZURE_CLIENT_ID there. */
static bool
is_set_up_login(const struct raw *step)
{
    return uses_action(step, "azure/login@") &&
           has_text(raw_text_at(raw_find(step, STR("with")), STR("client-id")),
                    "AZURE_CLIENT_ID");
}

static bool
has_any_pipeline(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            return true;
    }
    return false;
}

static void
judge_subject(struct check *check, const struct workflow_job *job,
              const struct places *places)
{
    const struct ir *ir = check->ir;
    const struct place *github = place_find(places, PLACE_GITHUB);
    const struct environment *environment = github_environment(ir, places);
    if (github == NULL || github->is_open || !has_any_pipeline(ir) ||
        !has_step(job, is_set_up_login) ||
        (environment != NULL && may_have_pipeline(ir, environment)) ||
        is_reported_at(check, DIAG_G24, place_span(check, github)))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G24, place_span(check, github), job,
                        STRS(job->name, github->name));
    diag_label(diag, "no identity trusts this environment", NO_STRS);
    diag_remark(
        diag,
        "setup-environment.sh makes one for each environment with a pipeline",
        NO_STRS);
    diag_help(diag,
              "name an environment of the program's: `github NAME` says which",
              NO_STRS);
}

void
check_trusted_subjects(struct check *check)
{
    each_places(check, judge_subject);
}

/* ---- G26, G27 ----------------------------------------------------------- */

static const struct mismatch {
    enum place_kind kind;
    environment_name *question;
    enum diag_code code;
    const char *what;
} mismatches[] = {
    {PLACE_NAMESPACE, namespace_of, DIAG_G26, "the namespace"},
    {PLACE_CLUSTER, cluster_of, DIAG_G27, "the cluster"},
    {PLACE_GROUP, group_of, DIAG_G27, "the resource group"},
};

static void
judge_place(struct check *check, const struct workflow_job *job,
            const struct environment *here, const struct place *place)
{
    for (size_t i = 0; i < sizeof mismatches / sizeof mismatches[0]; i++) {
        const struct mismatch *row = &mismatches[i];
        if (place->kind != row->kind ||
            is_called(row->question(here), place->name) ||
            is_reported_at(check, row->code, place_span(check, place)))
            continue;
        const struct environment *there =
            environment_of(check->ir, row->question, place->name);
        if (there == NULL)
            continue;
        struct diag *diag =
            workflow_report(check, row->code, place_span(check, place), job,
                            STRS(job->name, here->name, there->name));
        diag_label(diag, "{} of `{}`", STRS(str_from(row->what), there->name));
        diag_note(diag, row->question(there)->span, "`{}` says so here",
                  STRS(there->name));
        if (is_value_known(row->question(here)))
            diag_help(diag, "write `{}`, or the environment `{}`",
                      STRS(row->question(here)->text,
                           is_value_known(there->github) ? there->github->text
                                                         : there->name));
    }
}

static void
judge_places(struct check *check, const struct workflow_job *job,
             const struct places *places)
{
    const struct environment *here = github_environment(check->ir, places);
    for (size_t i = 0; here != NULL && i < places->items.count; i++)
        judge_place(check, job, here, vec_at(&places->items, i));
}

void
check_deployed_places(struct check *check)
{
    each_places(check, judge_places);
}

/* ---- where it gets to --------------------------------------------------- */

/* A script's word may be any name of an environment. */
static bool
is_named_by(const struct environment *environment, const struct place *place)
{
    switch (place->kind) {
    case PLACE_GITHUB:
        return is_called(environment->github, place->name);
    case PLACE_NAMESPACE:
        return is_called(environment->namespace_name, place->name);
    case PLACE_CLUSTER:
        return is_called(cluster_of(environment), place->name);
    case PLACE_GROUP:
        return false;
    case PLACE_SCRIPT:
        return is_str_equal(environment->name, place->name) ||
               is_called(environment->short_name, place->name) ||
               is_called(environment->namespace_name, place->name) ||
               is_called(cluster_of(environment), place->name);
    }
    return false;
}

/* The place by which a job gets to an environment, or NULL. What is not known
 * before it runs may be any; a namespace that many clusters have is one of the
 * cluster that is named. */
static const struct place *
place_of(const struct places *places, const struct environment *environment)
{
    const struct place *found = NULL;
    bool has_cluster = place_find(places, PLACE_CLUSTER) != NULL;
    for (size_t i = 0; i < places->items.count; i++) {
        const struct place *place = vec_at(&places->items, i);
        if (place->kind == PLACE_GROUP ||
            (place->kind == PLACE_NAMESPACE && has_cluster) ||
            (place->is_open && place->kind == PLACE_SCRIPT))
            continue;
        if (place->is_open || is_named_by(environment, place))
            found = found == NULL ? place : found;
    }
    return found;
}

/* ---- M03 ---------------------------------------------------------------- */

/* May the workflow run on what stands on a branch? Everything but a push that
 * is filtered may be started there, or for a tag of it. */
static bool
may_run_on(struct check *check, const struct workflow_file *file,
           struct str branch)
{
    static const char *const anywhere[] = {
        "workflow_dispatch", "repository_dispatch", "release", "create",
        "workflow_call",     "pull_request"};
    struct workflow_trigger push = workflow_trigger(file, "push");
    for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++) {
        if (workflow_trigger(file, anywhere[i]).is_there)
            return true;
    }
    return trigger_takes_branch(check, &push, branch) ||
           raw_find(push.filters, STR("tags")) != NULL;
}

/* GitHub itself keeps other branches out of an environment that takes its own
 * alone. */
static bool
is_kept_out(const struct ir *ir, const struct places *places,
            const struct environment *environment, struct str branch)
{
    const struct place *github = place_find(places, PLACE_GITHUB);
    return github != NULL &&
           (github->is_open || is_called(environment->github, github->name)) &&
           !is_branch_taken(ir, environment, branch);
}

static void
judge_forbidden(struct check *check, const struct workflow_job *job,
                const struct places *places)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        const struct forbidden *never = &ir->forbidden[i];
        const struct place *place = place_of(places, never->to);
        if (place == NULL || !has_step(job, is_changing_step) ||
            !is_value_known(never->from->branch) ||
            !may_run_on(check, job->file, never->from->branch->text) ||
            is_kept_out(ir, places, never->to, never->from->branch->text) ||
            is_reported_at(check, DIAG_M03, never->span))
            continue;
        struct diag *diag = diag_add(
            check->sink, DIAG_M03, never->span,
            STRS(arena_format(check->arena, "{} -> {}",
                              STRS(never->from->name, never->to->name))));
        diag_note(diag, place_span(check, place),
                  "the job `{}` may run on `{}`, and deploys there",
                  STRS(job->name, never->from->branch->text));
        if (is_value_known(never->to->github))
            diag_help(
                diag,
                "write `environment: {}` in the job: GitHub lets no other branch than its own in",
                STRS(never->to->github->text));
        diag_about(diag, never->to->name);
    }
}

void
check_forbidden_roads(struct check *check)
{
    each_places(check, judge_forbidden);
}

/* ---- M09 ----------------------------------------------------------- */

/* What the way into an environment asks for, or NO_SPAN. */
static struct span
gate_span(const struct ir *ir, const struct environment *environment)
{
    const struct approval *approval = approval_into(ir, environment);
    if (approval_number(approval) > 0)
        return approval->span;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        if (promotion->to == environment &&
            (promotion->when_healthy || promotion->soak != NULL ||
             promotion->confirm != NULL || promotion->window_count > 0))
            return promotion->span;
    }
    return NO_SPAN;
}

enum { JOBS_BEFORE_MAX = 64 };

/* A job and those that it needs, each once. */
static struct vec
jobs_before(struct check *check, const struct workflow_job *job)
{
    const struct raw *jobs = raw_find(job->file->root, STR("jobs"));
    struct map seen;
    struct vec list;
    map_init(&seen, check->arena);
    vec_init(&list, check->arena, sizeof(struct raw *));
    vec_add_pointer(&list, job->raw);
    for (size_t i = 0; i < list.count && i < JOBS_BEFORE_MAX; i++) {
        const struct raw *needs =
            raw_find(*(const struct raw **)vec_at(&list, i), STR("needs"));
        for (size_t j = 0; j < raw_word_count(needs); j++) {
            struct str name = raw_word(needs, j)->text;
            const struct raw *need = raw_find(jobs, name);
            if (map_find(&seen, name) != NULL)
                continue;
            map_put(&seen, name, job);
            vec_add_pointer(&list, need);
        }
    }
    return list;
}

/* The gates that a job waits for: environments that are called so. */
static int64_t
gate_count(struct check *check, const struct workflow_job *job,
           const struct environment *environment)
{
    struct str prefix = arena_format(check->arena, "{}-approval",
                                     STRS(environment->github->text));
    struct vec list = jobs_before(check, job);
    struct map names;
    int64_t count = 0;
    map_init(&names, check->arena);
    for (size_t i = 0; i < list.count; i++) {
        const struct raw *github =
            github_text(*(const struct raw **)vec_at(&list, i));
        if (github == NULL || !has_prefix(github->text, prefix) ||
            map_find(&names, github->text) != NULL)
            continue;
        map_put(&names, github->text, github);
        count++;
    }
    return count;
}

/* Rules of workflow_releases.c say it of a job whose environment is named
 * plainly, and that a push starts or several people are to approve. */
static bool
is_told_already(struct check *check, const struct workflow_job *job,
                const struct environment *environment)
{
    const struct raw *github = github_text(job->raw);
    return github != NULL && is_called(environment->github, github->text) &&
           (workflow_trigger(job->file, "push").is_there ||
            approval_count(check->ir, environment) > 1);
}

static void
report_road(struct check *check, const struct workflow_job *job,
            const struct environment *environment, const struct place *place,
            int64_t gates)
{
    if (is_reported_at(check, DIAG_M09, place_span(check, place)))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_M09, place_span(check, place), job,
                        STRS(job->text, environment->name));
    if (gates == 0)
        diag_label(diag, "it deploys there without asking", NO_STRS);
    else
        diag_label(diag, "its gates are {}, and one person opens each",
                   STRS(arena_number(check->arena, gates)));
    diag_note(diag, gate_span(check->ir, environment),
              "the program's own way into `{}` asks for this",
              STRS(environment->name));
    diag_help(diag, "start the pipeline instead: `gh workflow run cd-{}.yml`",
              STRS(environment->short_name->text));
}

static void
judge_road(struct check *check, const struct workflow_job *job,
           const struct places *places)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0;
         has_step(job, is_changing_step) && i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct place *place = place_of(places, environment);
        if (place == NULL || !has_pipeline(ir, environment) ||
            is_span_nowhere(gate_span(ir, environment)) ||
            is_told_already(check, job, environment))
            continue;
        int64_t gates = gate_count(check, job, environment);
        if (gates == 0 || gates < approval_count(ir, environment))
            report_road(check, job, environment, place, gates);
    }
}

void
check_roads_around(struct check *check)
{
    each_places(check, judge_road);
}
