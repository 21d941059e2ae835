/*
 * Family A: disruption budgets that somebody wrote by hand, and pods that have
 * none. broxc writes one for whatever runs twice.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/sizes.h"

#define GROUP "policy"
#define KIND "PodDisruptionBudget"

static scene_judge judge_drain, judge_autoscaler;
static raw_visit judge_unhealthy;
static scene_pods_judge judge_single, judge_missing, judge_spread;

/* A07, with check_single_replica */
void
check_raw_single(struct check *check)
{
    each_scene_pods(check, judge_single);
}

/* A08 */
void
check_budget_missing(struct check *check)
{
    each_scene_pods(check, judge_missing);
}

/* A09 */
void
check_budget_drain(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_drain);
}

/* A10 */
void
check_budget_autoscaler(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_autoscaler);
}

/* A11 */
void
check_budget_unhealthy(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_unhealthy);
}

/* A12 */
void
check_spread_missing(struct check *check)
{
    each_scene_pods(check, judge_spread);
}

/* ---- A07, A08 ----------------------------------------------------------- */

static bool
judge_single(struct check *check, const struct scene *scene,
             const struct scene_pods *pods)
{
    const struct raw *replicas =
        raw_find(pods->raw->use->spec, STR("replicas"));
    if (scene->environment->tier != TIER_PRODUCTION ||
        !has_raw_replicas(pods->raw) || pods->most != 1)
        return false;
    struct diag *diag = raw_report(
        check, DIAG_A07, replicas == NULL ? pods->span : replicas->span,
        pods->raw->use, STRS(pods->text));
    diag_label(diag, "every restart is an outage", NO_STRS);
    diag_help(diag, "run 2 or more", NO_STRS);
    return true;
}

static bool
runs_twice(const struct scene_pods *pods)
{
    return has_raw_replicas(pods->raw) && pods->least >= 2;
}

static bool
judge_missing(struct check *check, const struct scene *scene,
              const struct scene_pods *pods)
{
    (void)scene;
    if (!runs_twice(pods) || pods->has_budget)
        return false;
    struct diag *diag = raw_report(check, DIAG_A08, pods->span, pods->raw->use,
                                   STRS(pods->text));
    diag_label(diag, "all of its pods may be evicted at once", NO_STRS);
    diag_help(diag,
              "write a PodDisruptionBudget with `maxUnavailable: 1` for it",
              NO_STRS);
    return true;
}

/* ---- A09, A10 ----------------------------------------------------------- */

/* What a budget covers, added up. */
struct covered {
    int64_t least; /* pods; -1: not known */
    const struct scene_pods *first;
    const struct raw_use *autoscaler; /* of one of them, or NULL */
    int64_t scaled_least;
};

/* Of a service in two colours only one serves. */
static struct covered
covered_by(const struct scene *scene, const struct raw_use *use)
{
    struct covered covered = {.least = 0};
    struct scene_walk walk =
        scene_select(scene, raw_find(use->spec, STR("selector")));
    for (const struct scene_pods *pods = scene_next(&walk); pods != NULL;
         pods = scene_next(&walk)) {
        if (pods->is_migration || is_str_equal(pods->colour, STR("green")))
            continue;
        if (covered.first == NULL)
            covered.first = pods;
        if (pods->autoscaler != NULL)
            covered.autoscaler = pods->autoscaler;
        if (pods->least < 0 || covered.least < 0)
            covered.least = -1;
        else
            covered.least = add_bounded(covered.least, pods->least);
    }
    return covered;
}

/* How many of `least` pods must stay; -1 when the budget does not say that. */
static int64_t
kept_of(const struct raw_use *use, int64_t least)
{
    return raw_share(raw_find(use->spec, STR("minAvailable")), least, true);
}

static bool
report_drain(struct check *check, const struct raw_use *use,
             const struct raw *bound, const struct covered *covered)
{
    struct diag *diag =
        raw_report(check, DIAG_A09, bound->span, use, STRS(use->text));
    if (covered != NULL) {
        diag_label(diag, "of {} pods at the least",
                   STRS(arena_number(check->arena, covered->least)));
        diag_note(diag, covered->first->span, "they are of `{}`",
                  STRS(covered->first->text));
    }
    diag_help(diag, "write `maxUnavailable: 1` in its place", NO_STRS);
    return true;
}

static bool
judge_drain(struct check *check, const struct raw_use *use,
            const struct scene *scene)
{
    const struct raw *gone = raw_find(use->spec, STR("maxUnavailable"));
    const struct raw *kept = raw_find(use->spec, STR("minAvailable"));
    if (raw_share(gone, 100, true) == 0)
        return report_drain(check, use, gone, NULL);
    struct covered covered = covered_by(scene, use);
    int64_t count = kept_of(use, covered.least);
    if (kept == NULL || covered.first == NULL || covered.least < 0 ||
        count < covered.least ||
        (covered.autoscaler != NULL && count > covered.least))
        return false;
    return report_drain(check, use, kept, &covered);
}

static bool
judge_autoscaler(struct check *check, const struct raw_use *use,
                 const struct scene *scene)
{
    const struct raw *kept = raw_find(use->spec, STR("minAvailable"));
    struct covered covered = covered_by(scene, use);
    int64_t count = kept_of(use, covered.least);
    if (kept == NULL || covered.autoscaler == NULL || covered.least < 0 ||
        count <= covered.least)
        return false;
    const struct raw *least =
        raw_find(covered.autoscaler->spec, STR("minReplicas"));
    struct diag *diag =
        raw_report(check, DIAG_A10, kept->span, use,
                   STRS(use->text, arena_number(check->arena, count),
                        arena_number(check->arena, covered.least)));
    diag_label(diag, "no pod may go while there are so few", NO_STRS);
    diag_note(diag,
              least == NULL ? covered.autoscaler->object->name_span
                            : least->span,
              "the autoscaler may go down to {}",
              STRS(arena_number(check->arena, covered.least)));
    diag_help(diag, "write `maxUnavailable: 1` in its place", NO_STRS);
    return true;
}

/* ---- A11 ---------------------------------------------------------------- */

static void
judge_unhealthy(struct check *check, const struct raw_use *use)
{
    if (raw_find(use->spec, STR("unhealthyPodEvictionPolicy")) != NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_A11, use->object->name_span, use,
                                   STRS(use->text));
    diag_label(diag, "a pod that never gets ready keeps its node from a drain",
               NO_STRS);
    diag_help(diag, "write `unhealthyPodEvictionPolicy: AlwaysAllow`", NO_STRS);
}

/* ---- A12 ---------------------------------------------------------------- */

static bool
judge_spread(struct check *check, const struct scene *scene,
             const struct scene_pods *pods)
{
    const struct raw *spec = pods->raw->spec;
    (void)scene;
    if (!runs_twice(pods) ||
        raw_item_count(raw_find(spec, STR("topologySpreadConstraints"))) > 0 ||
        raw_key_count(raw_at(spec, "affinity.podAntiAffinity")) > 0)
        return false;
    struct diag *diag = raw_report(check, DIAG_A12, pods->span, pods->raw->use,
                                   STRS(pods->text));
    diag_label(diag, "one machine that fails may take all of them along",
               NO_STRS);
    diag_help(diag,
              "write `topologySpreadConstraints` over `kubernetes.io/hostname`",
              NO_STRS);
    return true;
}
