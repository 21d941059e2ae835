/*
 * Family W: network policies that somebody wrote by hand, and pods that none
 * speaks of. Where nothing else is said, broxc closes each namespace.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/ways.h"

#define GROUP "networking.k8s.io"
#define KIND "NetworkPolicy"

static scene_pods_judge judge_ungoverned;
static scene_judge judge_selector;

/* W01 */
void
check_ungoverned_pods(struct check *check)
{
    each_scene_pods(check, judge_ungoverned);
}

/* W02 */
void
check_default_deny(struct check *check)
{
    const struct value *network = check->ir->project->network;
    if (!is_network_open(check->ir))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_W02, network->span,
                                 STRS(check->ir->project->name));
    diag_label(diag, "a pod that no policy names is reached from everywhere",
               NO_STRS);
    diag_help(
        diag,
        "leave it out, and open ways by `calls`, `reach` or a NetworkPolicy",
        NO_STRS);
    diag_about(diag, check->ir->project->name);
}

/* W03 */
void
check_policy_dangling(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_selector);
}

/* ---- W01 ---------------------------------------------------------------- */

static bool
judge_ungoverned(struct check *check, const struct scene *scene,
                 const struct scene_pods *pods)
{
    if (is_governed(scene, pods))
        return false;
    struct diag *diag = raw_report(check, DIAG_W01, pods->span, pods->raw->use,
                                   STRS(pods->text));
    diag_label(diag, "any pod of the cluster may send to it, and it to any",
               NO_STRS);
    diag_help(diag, "write a NetworkPolicy that selects its pods", NO_STRS);
    return true;
}

/* ---- W03 ---------------------------------------------------------------- */

static bool
has_selected(const struct scene *scene, const struct raw *selector)
{
    struct scene_walk walk = scene_select(scene, selector);
    return scene_next(&walk) != NULL;
}

/* Pods that cert-manager makes for a while, and removes. */
static bool
is_of_solver(const struct raw *selector)
{
    return raw_find(raw_find(selector, STR("matchLabels")),
                    STR("acme.cert-manager.io/http01-solver")) != NULL;
}

static bool
judge_pods(struct check *check, const struct raw_use *use,
           const struct scene *scene, const struct raw *selector,
           const char *label)
{
    if (selector == NULL || raw_key_count(selector) == 0 ||
        is_of_solver(selector) || has_selected(scene, selector))
        return false;
    const struct raw_entry *stray =
        scene_stray_label(scene, raw_find(selector, STR("matchLabels")));
    struct diag *diag = raw_report(
        check, DIAG_W03, stray == NULL ? selector->span : stray->value->span,
        use, STRS(use->text));
    diag_label(diag, label, STRS(scene->environment->name));
    diag_help(diag, "select labels that the pods have", NO_STRS);
    return true;
}

static bool
judge_peers(struct check *check, const struct raw_use *use,
            const struct scene *scene, const char *side, const char *key)
{
    const struct raw *rules = raw_find(use->spec, str_from(side));
    bool is_reported = false;
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        const struct raw *peers =
            raw_find(rules->entries[i].value, str_from(key));
        for (size_t j = 0; j < raw_item_count(peers); j++) {
            const struct raw *peer = peers->entries[j].value;
            if (raw_find(peer, STR("namespaceSelector")) == NULL)
                is_reported |= judge_pods(
                    check, use, scene, raw_find(peer, STR("podSelector")),
                    "no pod of `{}` is meant, so nobody is let through");
        }
    }
    return is_reported;
}

static bool
judge_selector(struct check *check, const struct raw_use *use,
               const struct scene *scene)
{
    if (scene->has_strangers)
        return false;
    bool is_reported =
        judge_pods(check, use, scene, raw_find(use->spec, STR("podSelector")),
                   "no pod of `{}` is meant, so it protects none");
    is_reported |= judge_peers(check, use, scene, "ingress", "from");
    return is_reported | judge_peers(check, use, scene, "egress", "to");
}
