/*
 * A stateful set is never coloured: its storage cannot be there twice. So it
 * rolls in every environment, pod by pod.
 */
#include "emit/kubernetes/stateful.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/network.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/volumes.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"

static void
emit_identity(struct yaml *yaml, const struct instance *instance)
{
    const struct stateful *stateful = &instance->workload->stateful;
    emit_choice(yaml, "podManagementPolicy", stateful->order);
    if (stateful->first_number != NULL) {
        yaml_map(yaml, "ordinals");
        emit_count(yaml, "start", stateful->first_number);
        yaml_end(yaml);
    }
    yaml_map(yaml, "persistentVolumeClaimRetentionPolicy");
    emit_choice(yaml, "whenDeleted", stateful->claims_deleted);
    emit_choice(yaml, "whenScaled", stateful->claims_scaled);
    yaml_end(yaml);
    yaml_map(yaml, "updateStrategy");
    yaml_word(yaml, "type", "RollingUpdate");
    if (stateful->partition != NULL) {
        yaml_map(yaml, "rollingUpdate");
        emit_count(yaml, "partition", stateful->partition);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

void
emit_stateful_set(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct service *service = workload->service;
    object_start(yaml, instance, "apps/v1", "StatefulSet", service->name);
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON))
        yaml_text(yaml, "serviceName",
                  name_peers(instance->plan->arena, service));
    if (has_section(instance, SECTION_REPLICAS))
        emit_count(yaml, "replicas", fixed_count(workload));
    if (has_section(instance, SECTION_UPDATE)) {
        emit_seconds(yaml, "minReadySeconds", workload->update.steady);
        emit_revisions(yaml, instance);
    }
    if (has_section(instance, SECTION_STATEFUL))
        emit_identity(yaml, instance);
    if (has_section(instance, SECTION_COMMON)) {
        yaml_map(yaml, "selector");
        emit_match_labels(yaml, instance->plan, service->name, STR(""));
        yaml_end(yaml);
    }
    emit_pod_template(yaml, instance);
    if (has_section(instance, SECTION_VOLUMES))
        emit_claim_templates(yaml, workload);
    yaml_end(yaml);
}

/* A name for each pod, `redis-0.redis-peers`. Peers must find each other
 * before they are ready, and often to become ready: so unready ones are named,
 * too. Who calls the service asks `redis`, which leads to ready pods alone. */
void
emit_peers(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "v1", "Service",
                 name_peers(instance->plan->arena, workload->service));
    if (!has_any_section(instance, SECTION(COMMON) | SECTION(PORTS)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON)) {
        yaml_word(yaml, "clusterIP", "None");
        yaml_bool(yaml, "publishNotReadyAddresses", true);
        yaml_map(yaml, "selector");
        emit_selector(yaml, instance->plan, workload->service->name, STR(""));
        yaml_end(yaml);
    }
    if (has_section(instance, SECTION_PORTS))
        emit_service_ports(yaml, workload, false);
    yaml_end(yaml);
}

bool
are_stateful_equal(const struct workload *a, const struct workload *b)
{
    const struct stateful *x = &a->stateful;
    const struct stateful *y = &b->stateful;
    return is_value_equal(x->claims_deleted, y->claims_deleted) &&
           is_value_equal(x->claims_scaled, y->claims_scaled) &&
           is_value_equal(x->order, y->order) &&
           is_value_equal(x->first_number, y->first_number) &&
           is_value_equal(x->partition, y->partition);
}
