/*
 * Family W: who serves which host, and through what. Policies are derived
 * from `calls`, so that nothing here has to ask for them.
 */
#include "check/check.h"
#include "check/places.h"
#include "base/buf.h"
#include "base/map.h"

struct serving {
    const struct workload *workload;
    struct span span;
};

static void judge_hosts(struct check *check, struct map *seen,
                        const struct workload *workload);
static void judge_class(struct check *check,
                        const struct environment *environment);

/* W11 */
void
check_host_duplicate(struct check *check)
{
    struct map seen;
    map_init(&seen, check->arena);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < environment->workload_count; j++)
            judge_hosts(check, &seen, environment->workloads[j]);
    }
}

/* W12 */
void
check_ingress_class(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_class(check, check->ir->environments[i]);
}

/* Whichever cluster: a host's name leads to one address. */
static struct str
serving_key(struct check *check, struct str host)
{
    struct buf key;
    buf_init(&key, check->arena);
    for (size_t i = 0; i < host.len; i++)
        buf_byte(&key, ascii_lower(host.at[i]));
    return buf_str(&key);
}

static void
report_duplicate(struct check *check, const struct workload *workload,
                 const struct value *host, const struct serving *first)
{
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_W11, host->span, STRS(host->text));
    diag_label(diag, "`{}` serves it", STRS(object));
    diag_note(diag, place_apart(first->span, host->span, first->workload->span),
              "`{}` serves it too",
              STRS(workload_object(check, first->workload)));
    diag_help(diag, "leave it to one of them, or name another host", NO_STRS);
    diag_about(diag, object);
}

static void
judge_hosts(struct check *check, struct map *seen,
            const struct workload *workload)
{
    const struct value *hosts = workload->hosts;
    if (hosts == NULL || hosts->kind != VALUE_LIST)
        return;
    for (size_t i = 0; i < hosts->item_count; i++) {
        const struct value *host = &hosts->items[i];
        if (!is_value_known(host))
            continue;
        struct str key = serving_key(check, host->text);
        const struct serving *first = map_find(seen, key);
        if (first != NULL) {
            report_duplicate(check, workload, host, first);
            continue;
        }
        struct serving *serving = arena_new(check->arena, sizeof *serving);
        *serving = (struct serving){workload, host->span};
        map_put(seen, key, serving);
    }
}

/* ---- W12 ---------------------------------------------------------------- */

static const struct value *
host_find(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct value *hosts = environment->workloads[i]->hosts;
        if (hosts != NULL && hosts->kind == VALUE_LIST && hosts->item_count > 0)
            return &hosts->items[0];
    }
    return NULL;
}

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
    const struct value *host = host_find(environment);
    if (host == NULL)
        return;
    if (ingress == NULL) {
        struct diag *diag = report_class(check, environment, environment->span,
                                         STR("have no ingress class"));
        diag_note(diag, host->span, "served here", NO_STRS);
        diag_help(diag, "write `ingress CLASS  address ADDRESS` in `{}`",
                  STRS(environment->name));
    } else if (is_value_known(ingress->class_name) &&
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
