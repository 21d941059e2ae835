/*
 * The table of needs.def and its questions.
 */
#include "emit/workflows/needs.h"

enum need_kind { NEED_VARIABLE, NEED_SECRET };
enum need_weight { NEED_REQUIRED, NEED_OPTIONAL };

typedef bool need_question(const struct ir *ir,
                           const struct environment *environment);

static need_question is_always, lacks_tenant, lacks_subscription, has_scan,
    has_watch, has_drift;

static const struct {
    const char *name;
    enum need_kind kind;
    enum need_place place;
    enum need_weight weight;
    need_question *question;
    const char *doc;
} needs[] = {
#define NEED(name, kind, place, weight, question, doc)                         \
    {#name, NEED_##kind, NEED_##place, NEED_##weight, question, doc},
#include "emit/workflows/needs.def"
#undef NEED
};

const char *
need_name(enum need need)
{
    return needs[need].name;
}

const char *
need_doc(enum need need)
{
    return needs[need].doc;
}

enum need_place
need_place(enum need need)
{
    return needs[need].place;
}

bool
is_variable(enum need need)
{
    return needs[need].kind == NEED_VARIABLE;
}

bool
is_required(enum need need)
{
    return needs[need].weight == NEED_REQUIRED;
}

bool
is_needed(const struct ir *ir, const struct environment *environment,
          enum need need)
{
    return needs[need].place != NEED_VERIFY &&
           needs[need].question(ir, environment);
}

static bool
is_always(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    (void)environment;
    return true;
}

static bool
lacks_tenant(const struct ir *ir, const struct environment *environment)
{
    (void)environment;
    return !is_value_known(ir->project->tenant);
}

static bool
lacks_subscription(const struct ir *ir, const struct environment *environment)
{
    (void)environment;
    return !is_value_known(ir->project->subscription);
}

static bool
has_scan(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    return deploy_step_find(environment->deploy, STEP_SCAN) != NULL;
}

static bool
has_watch(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    return deploy_step_find(environment->deploy, STEP_WATCH) != NULL ||
           deploy_step_find(environment->deploy, STEP_SHARE) != NULL;
}

static bool
has_drift(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    return environment->drift != NULL;
}
