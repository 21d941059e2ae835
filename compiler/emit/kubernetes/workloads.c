/*
 * Objects around a pod template. Values that the cluster or the pipeline
 * decides are left out: an apply must not undo them.
 */
#include "emit/kubernetes/workloads.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/workload.h"
#include "ir/release.h"

static void emit_strategy(struct yaml *yaml, const struct update *update);

/* ---- Deployment --------------------------------------------------------- */

void
emit_revisions(struct yaml *yaml, const struct instance *instance)
{
    const struct update *update = &instance->workload->update;
    if (is_value_known(update->revisions))
        yaml_number_from(yaml, "revisionHistoryLimit",
                         update->revisions->number, update->revisions->text);
    else
        yaml_number(yaml, "revisionHistoryLimit",
                    rollback_keep(instance->plan->ir));
}

void
emit_deployment(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "apps/v1", "Deployment",
                 coloured_name(instance));
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_REPLICAS))
        emit_count(yaml, "replicas", fixed_count(workload));
    if (has_section(instance, SECTION_UPDATE)) {
        emit_seconds(yaml, "minReadySeconds", workload->update.steady);
        emit_revisions(yaml, instance);
    }
    if (has_section(instance, SECTION_DEADLINE))
        yaml_number(yaml, "progressDeadlineSeconds",
                    deadline_seconds(workload));
    if (has_section(instance, SECTION_UPDATE))
        emit_strategy(yaml, &workload->update);
    if (has_section(instance, SECTION_COMMON)) {
        yaml_map(yaml, "selector");
        emit_match_labels(yaml, instance->plan, workload->service->name,
                          instance->colour);
        yaml_end(yaml);
    }
    emit_pod_template(yaml, instance);
    yaml_end(yaml);
}

/* A count, or a percentage. */
static void
emit_pods_share(struct yaml *yaml, const char *key, const struct value *share)
{
    if (!is_value_known(share))
        emit_waiting(yaml, str_from(key), share);
    else if (share->type == TYPE_PERCENT)
        yaml_text(yaml, key, share->text);
    else
        yaml_number_from(yaml, key, share->number, share->text);
}

bool
is_recreated(const struct update *update)
{
    return is_value_known(update->how) &&
           is_str_equal(update->how->text, STR("recreate"));
}

static void
emit_strategy(struct yaml *yaml, const struct update *update)
{
    yaml_map(yaml, "strategy");
    if (is_recreated(update)) {
        yaml_word(yaml, "type", "Recreate");
    } else {
        yaml_word(yaml, "type", "RollingUpdate");
        yaml_map(yaml, "rollingUpdate");
        emit_pods_share(yaml, "maxUnavailable", update->unavailable);
        emit_pods_share(yaml, "maxSurge", update->surge);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

bool
are_updates_equal(const struct update *a, const struct update *b)
{
    return is_value_equal(a->how, b->how) &&
           is_value_equal(a->surge, b->surge) &&
           is_value_equal(a->unavailable, b->unavailable) &&
           is_value_equal(a->steady, b->steady) &&
           is_value_equal(a->revisions, b->revisions);
}

/* ---- the others --------------------------------------------------------- */

/* A pod that is not healthy anyway never keeps a node from being drained. */
void
emit_budget(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "policy/v1", "PodDisruptionBudget",
                 coloured_name(instance));
    if (!has_section(instance, SECTION_COMMON))
        return;
    yaml_map(yaml, "spec");
    yaml_number(yaml, "maxUnavailable", 1);
    yaml_word(yaml, "unhealthyPodEvictionPolicy", "AlwaysAllow");
    yaml_map(yaml, "selector");
    emit_match_labels(yaml, instance->plan, instance->workload->service->name,
                      instance->colour);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_service_account(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "v1", "ServiceAccount",
                 instance->workload->service->name);
    if (has_section(instance, SECTION_COMMON))
        yaml_bool(yaml, "automountServiceAccountToken", false);
}

struct str
coloured_name(const struct instance *instance)
{
    return name_coloured(instance->plan->arena, instance->workload->service,
                         instance->colour);
}
