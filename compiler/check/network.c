/*
 * Family W: through what hosts are served. Policies are derived from `calls`,
 * so that nothing here has to ask for them.
 */
#include "check/check.h"

static void judge_class(struct check *check,
                        const struct environment *environment);

/* W12 */
void
check_ingress_class(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_class(check, check->ir->environments[i]);
}

/* ---- W12 ---------------------------------------------------------------- */

static struct diag *
report_class(struct check *check, const struct environment *environment,
             struct span span, struct str fault)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_W12, span, STRS(environment->name, fault));
    diag_about(diag, environment->name);
    return diag;
}

/* The ingress-nginx project ended on 2026-03-24. */
static void
judge_class(struct check *check, const struct environment *environment)
{
    const struct ingress *ingress = environment->ingress;
    if (environment->host_count == 0)
        return;
    const struct value *host = environment->hosts[0].name;
    if (ingress == NULL) {
        struct diag *diag = report_class(check, environment, environment->span,
                                         STR("have no ingress class"));
        diag_note(diag, host->span, "served here", NO_STRS);
        diag_help(
            diag,
            "write `ingress CLASS  address ADDRESS` in `{}`, or `gateway`",
            STRS(environment->name));
    } else if (!ingress->is_gateway && is_value_known(ingress->class_name) &&
               is_str_equal(ingress->class_name->text, STR("nginx"))) {
        struct diag *diag =
            report_class(check, environment, ingress->class_name->span,
                         STR("stand on a retired controller"));
        diag_label(diag,
                   "the class of ingress-nginx, which gets no fixes any more",
                   NO_STRS);
        diag_help(diag,
                  "move to a controller that is maintained, and name its class",
                  NO_STRS);
    }
}
