/*
 * G40 to G43: what pull requests run by themselves, and what they may reach.
 */
#include "check/check.h"

#include "ir/edge.h"
#include "ir/quantity.h"
#include "ir/release.h"

enum {
    VERSION_LEAST = 1030, /* admission policies are stable from 1.30 on */
    NAMESPACE_MAX = 63,
    PULL_REQUEST_DIGITS = 7, /* of a pull request */
};

#define HOUR_MS (INT64_C(60) * 60 * 1000)
#define TTL_LEAST HOUR_MS
#define TTL_MOST (INT64_C(14) * 24 * HOUR_MS)

static struct diag *
report(struct check *check, enum diag_code code, const char *label,
       const char *help)
{
    const struct preview *preview = check->ir->preview;
    struct diag *diag = diag_add(check->sink, code, preview->from_span,
                                 STRS(preview->from->name));
    diag_label(diag, "{}", STRS(str_from(label)));
    diag_help(diag, "{}", STRS(str_from(help)));
    diag_about(diag, preview->from->name);
    return diag;
}

/* ---- G40 ----------------------------------------------------------------- */

static bool
is_known_equal(const struct value *a, const struct value *b)
{
    return is_value_known(a) && is_value_known(b) &&
           is_str_equal(a->text, b->text);
}

static bool
shares_vault(const struct environment *a, const struct environment *b)
{
    return a->vault != NULL && b->vault != NULL &&
           is_known_equal(a->vault->name, b->vault->name);
}

static bool
shares_cluster(const struct environment *a, const struct environment *b)
{
    return a->cluster != NULL && b->cluster != NULL &&
           is_known_equal(a->cluster->name, b->cluster->name) &&
           (a->cluster->group == b->cluster->group ||
            is_known_equal(a->cluster->group, b->cluster->group));
}

static void
judge_neighbour(struct check *check, const struct environment *from,
                const struct environment *production)
{
    if (shares_vault(from, production))
        diag_note(report(check, DIAG_G40,
                         "a pull request gets the secrets of its vault",
                         "give it a vault of its own"),
                  production->vault->name->span, "`{}` has the same vault",
                  STRS(production->name));
    if (shares_cluster(from, production))
        diag_note(report(check, DIAG_G40,
                         "a pull request makes namespaces in its cluster",
                         "take an environment in another cluster"),
                  production->cluster->name->span, "`{}` is in the same one",
                  STRS(production->name));
}

void
check_preview_reach(struct check *check)
{
    const struct ir *ir = check->ir;
    if (ir->preview == NULL)
        return;
    const struct environment *from = ir->preview->from;
    if (from->tier == TIER_PRODUCTION) {
        report(check, DIAG_G40,
               "it is production, and a pull request is read by nobody yet",
               "take an environment before it");
        return;
    }
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->tier == TIER_PRODUCTION)
            judge_neighbour(check, from, ir->environments[i]);
    }
}

/* ---- G41 ----------------------------------------------------------------- */

static bool
is_old(const struct ir *ir)
{
    const struct value *versions = ir->project->kubernetes;
    if (!is_value_known(versions))
        return false;
    const struct value *oldest =
        versions->kind == VALUE_RANGE ? &versions->items[0] : versions;
    return oldest->number < VERSION_LEAST;
}

static bool
has_served_host(const struct environment *environment)
{
    for (size_t i = 0; i < environment->host_count; i++) {
        if (environment->hosts[i].workload != NULL &&
            is_value_known(environment->hosts[i].name))
            return true;
    }
    return false;
}

static bool
is_namespace_long(const struct environment *environment)
{
    return environment->namespace_name->text.len + STR("-pr-").len +
               PULL_REQUEST_DIGITS >
           NAMESPACE_MAX;
}

static const struct workload *
stateful_find(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (environment->workloads[i]->service->kind == SERVICE_STATEFUL)
            return environment->workloads[i];
    }
    return NULL;
}

/* What it deploys, and how the world reaches it. */
static void
judge_shape(struct check *check, const struct environment *from)
{
    const struct workload *stateful = stateful_find(from);
    if (from->is_staged)
        report(check, DIAG_G41, "it is not deployed rolling",
               "take an environment with `deploy rolling`");
    if (from->ingress == NULL || has_gateway(from) || !has_served_host(from))
        report(check, DIAG_G41, "no Ingress serves a host here",
               "give a service of it a `host`, and the environment an "
               "`ingress` that is no Gateway");
    if (stateful != NULL)
        diag_note(report(check, DIAG_G41, "it holds data of its own",
                         "keep the data outside of the cluster, or take "
                         "another environment"),
                  stateful->span, "each preview would start with none",
                  NO_STRS);
}

void
check_preview_way(struct check *check)
{
    const struct ir *ir = check->ir;
    if (ir->preview == NULL)
        return;
    const struct environment *from = ir->preview->from;
    if (is_old(ir))
        report(check, DIAG_G41, "its rights cannot be held to previews",
               "write `kubernetes 1.30..` or later in the project: admission "
               "policies are stable from then on");
    if (!may_have_pipeline(ir, from) || !is_value_known(ir->output.workflows) ||
        !is_value_known(ir->output.kubernetes)) {
        report(check, DIAG_G41, "no pipeline deploys to it",
               "write `branch`, `deploy` and `cluster aks NAME in GROUP` in "
               "it, and `cloud azure` and `registry` in the project");
        return;
    }
    if (is_namespace_long(from))
        report(check, DIAG_G41,
               "`-pr-1234567` does not fit behind its "
               "namespace",
               "give it a `namespace` of 52 characters at most");
    judge_shape(check, from);
}

/* ---- G42 ----------------------------------------------------------------- */

void
check_preview_data(struct check *check)
{
    if (check->ir->preview == NULL)
        return;
    const struct environment *from = check->ir->preview->from;
    for (size_t i = 0; i < from->workload_count; i++) {
        const struct workload *workload = from->workloads[i];
        if (workload->migration == NULL)
            continue;
        diag_note(report(check, DIAG_G42,
                         "no preview migrates it, and each writes to it",
                         "keep changes of the schema in pull requests of "
                         "their own, or allow this for a reason"),
                  workload->migration->span, "`{}` has a database to migrate",
                  STRS(workload->service->name));
        return;
    }
}

/* ---- G43 ----------------------------------------------------------------- */

void
check_preview_ttl(struct check *check)
{
    const struct preview *preview = check->ir->preview;
    if (preview == NULL || !is_value_known(preview->ttl) ||
        (preview->ttl->number >= TTL_LEAST && preview->ttl->number <= TTL_MOST))
        return;
    bool is_short = preview->ttl->number < TTL_LEAST;
    struct diag *diag = diag_add(check->sink, DIAG_G43, preview->ttl->span,
                                 STRS(preview->ttl->text));
    diag_label(diag, "{}",
               STRS(is_short ? STR("it would go before anybody looks")
                             : STR("what nobody looks at takes room, and "
                                   "holds secrets")));
    diag_help(diag, "write 1h to 14d; each commit begins it anew", NO_STRS);
    diag_about(diag, preview->from->name);
}
