/*
 * Family S: what people are given in a namespace.
 */
#include "check/check.h"

typedef void access_judge(struct check *check,
                          const struct environment *environment,
                          const struct access *access);

static access_judge judge_debug, judge_everybody, judge_deployers;

static void
each_access(struct check *check, access_judge *judge)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t k = 0; k < environment->access_count; k++)
            judge(check, environment, &environment->accesses[k]);
    }
}

/* S26 */
void
check_access_debug(struct check *check)
{
    each_access(check, judge_debug);
}

/* S27 */
void
check_access_everybody(struct check *check)
{
    each_access(check, judge_everybody);
}

/* S28 */
void
check_access_deployers(struct check *check)
{
    each_access(check, judge_deployers);
}

static struct str
access_object(struct check *check, const struct environment *environment,
              const struct access *access)
{
    return arena_format(check->arena, "{}.{}",
                        STRS(environment->name, access->group->text));
}

static void
judge_debug(struct check *check, const struct environment *environment,
            const struct access *access)
{
    if (environment->tier != TIER_PRODUCTION ||
        !access->has_role[ACCESS_DEBUG] || !is_value_known(access->group))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_S26, access->span,
                                 STRS(access->group->text, environment->name));
    diag_label(diag, "a shell in a pod reads the pod's secrets", NO_STRS);
    diag_help(diag,
              "grant `view` or `operate`, and `debug` when an incident "
              "asks for it",
              NO_STRS);
    diag_about(diag, access_object(check, environment, access));
}

/* Kubernetes' own groups begin so; no team does. */
static void
judge_everybody(struct check *check, const struct environment *environment,
                const struct access *access)
{
    if (!is_value_known(access->group) ||
        !has_prefix(access->group->text, STR("system:")))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_S27, access->group->span,
                                 STRS(access->group->text));
    diag_label(diag, "a group of the cluster itself", NO_STRS);
    diag_help(diag, "name the group of a team", NO_STRS);
    diag_about(diag, access_object(check, environment, access));
}

/* NAMESPACE-deployers, whichever environment's. */
static void
judge_deployers(struct check *check, const struct environment *environment,
                const struct access *access)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct value *namespace_name =
            ir->environments[i]->namespace_name;
        if (!is_value_known(access->group) || !is_value_known(namespace_name) ||
            !is_str_equal(access->group->text,
                          arena_format(check->arena, "{}-deployers",
                                       STRS(namespace_name->text))))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_S28, access->group->span,
                                     STRS(access->group->text));
        diag_note(diag, ir->environments[i]->span, "the pipeline of `{}`",
                  STRS(ir->environments[i]->name));
        diag_help(diag, "name a group of people: the pipeline has its Role",
                  NO_STRS);
        diag_about(diag, access_object(check, environment, access));
        return;
    }
}
