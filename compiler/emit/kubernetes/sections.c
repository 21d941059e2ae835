/*
 * Sections, seen and compared. Nothing is printed here.
 */
#include "emit/kubernetes/sections.h"

#include "emit/kubernetes/containers.h"
#include "emit/kubernetes/monitors.h"
#include "emit/kubernetes/files.h"
#include "emit/kubernetes/jobs.h"
#include "emit/kubernetes/network_peers.h"
#include "emit/kubernetes/placement.h"
#include "emit/kubernetes/process.h"
#include "emit/kubernetes/scale.h"
#include "emit/kubernetes/stateful.h"
#include "emit/kubernetes/volumes.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"

static bool is_section_present(const struct plan *plan,
                               const struct workload *workload,
                               enum section section);
static bool are_endpoints_equal(const struct endpoint *a,
                                const struct endpoint *b);
static bool are_resources_equal(const struct workload *a,
                                const struct workload *b);
static bool are_secrets_equal(const struct workload *a,
                              const struct workload *b);

uint64_t
sections_present(const struct plan *plan, const struct workload *workload)
{
    uint64_t sections = NO_SECTIONS;
    for (unsigned i = 0; i < SECTION_COUNT; i++) {
        if (is_section_present(plan, workload, (enum section)i))
            sections |= UINT64_C(1) << i;
    }
    return sections;
}

static bool
is_section_present(const struct plan *plan, const struct workload *workload,
                   enum section section)
{
    switch (section) {
    case SECTION_COMMON:
    case SECTION_ENVIRONMENT:
    case SECTION_DEADLINE:
    case SECTION_STOP:
    case SECTION_IMAGE:
        return true;
    case SECTION_LABELS:
        return workload->label_count > 0;
    case SECTION_ANNOTATIONS:
        return workload->annotation_count > 0;
    case SECTION_REPLICAS:
        return fixed_count(workload) != NULL;
    case SECTION_LIFECYCLE:
        return pre_stop_seconds(workload) > 0 ||
               workload->process.after_start != NULL ||
               workload->process.before_stop != NULL;
    case SECTION_USERS:
    case SECTION_UPDATE:
        return true;
    case SECTION_JOB:
        return is_job(workload);
    case SECTION_SPREAD:
        return !is_job(workload) || workload->placement.spread_count > 0;
    case SECTION_COMMAND:
        return workload->command != NULL || workload->arguments != NULL ||
               workload->directory != NULL;
    case SECTION_PULL:
        return workload->pull != NULL;
    case SECTION_PLACEMENT:
        return has_placement(workload);
    case SECTION_EXPOSURE:
    case SECTION_CALM:
    case SECTION_VOLUMES: /* one list: a patch would change its order */
        return true;
    case SECTION_PORTS:
        return has_ports(workload);
    case SECTION_FILES:
        return workload->file_count > 0;
    case SECTION_STATEFUL:
        return is_stateful(workload);
    case SECTION_VARIABLES:
        return workload->config_count > 0 || workload->secret_count > 0 ||
               workload->process.variable_count > 0;
    case SECTION_CONTAINERS:
        return workload->container_count > 0;
    case SECTION_SECRET_FILES:
        return workload->secret_file_count > 0;
    case SECTION_READY:
        return workload->ready != NULL;
    case SECTION_LIVE:
        return workload->live != NULL;
    case SECTION_STARTUP:
        return workload->startup != NULL;
    case SECTION_METRICS:
        return workload->metrics != NULL && has_ports(workload) &&
               !has_operator(plan->ir);
    case SECTION_RESOURCES:
        return workload->cpu != NULL || workload->memory != NULL ||
               workload->storage != NULL;
    case SECTION_SCALE:
    case SECTION_SCALE_OBJECT:
    case SECTION_SCALE_TARGET:
        return is_value_known(workload->scale);
    case SECTION_SCHEDULE:
        return is_job(workload) && (workload->schedule != NULL ||
                                    workload->service->kind == SERVICE_TASK);
    case SECTION_CONFIG:
        return workload->config_count > 0;
    case SECTION_SECRETS:
        return workload->secret_count > 0;
    case SECTION_CALLERS:
        return has_callers(workload);
    case SECTION_CALLS:
        return has_calls(workload);
    case SECTION_COUNT:
        break;
    }
    return false;
}

bool
is_section_equal(const struct plan *plan, const struct workload *a,
                 const struct workload *b, enum section section)
{
    switch (section) {
    case SECTION_COMMON:
        return true;
    case SECTION_ENVIRONMENT:
    case SECTION_CONFIG: /* key by key: has_config_key */
    case SECTION_LABELS: /* pair by pair: has_pair */
    case SECTION_ANNOTATIONS:
        return false;
    case SECTION_REPLICAS:
        return is_value_equal(fixed_count(a), fixed_count(b));
    case SECTION_DEADLINE:
        return deadline_seconds(a) == deadline_seconds(b);
    case SECTION_STOP:
        return is_value_equal(a->stop, b->stop);
    case SECTION_LIFECYCLE:
        return pre_stop_seconds(a) == pre_stop_seconds(b) &&
               are_hooks_equal(&a->process, &b->process);
    case SECTION_USERS:
        return are_users_equal(&a->process, &b->process) &&
               is_value_equal(a->file_group, b->file_group);
    case SECTION_UPDATE:
        return are_updates_equal(&a->update, &b->update);
    case SECTION_JOB:
        return are_job_rules_equal(&a->job, &b->job);
    case SECTION_SPREAD:
        return are_spreads_equal(a, b);
    case SECTION_IMAGE:
        return is_value_equal(a->image, b->image) &&
               is_value_equal(a->image_version, b->image_version) &&
               is_value_equal(a->image_digest, b->image_digest);
    case SECTION_COMMAND:
        return is_value_equal(a->command, b->command) &&
               is_value_equal(a->arguments, b->arguments) &&
               is_value_equal(a->directory, b->directory) &&
               a->process.expands_command == b->process.expands_command &&
               a->process.expands_arguments == b->process.expands_arguments;
    case SECTION_PULL:
        return is_value_equal(a->pull, b->pull);
    case SECTION_PLACEMENT:
        return are_placements_equal(a, b);
    case SECTION_EXPOSURE:
        return are_exposures_equal(a, b) &&
               are_pairs_equal(
                   a->service_annotations, a->service_annotation_count,
                   b->service_annotations, b->service_annotation_count) &&
               internal_annotation(a) == internal_annotation(b) &&
               is_value_equal(a->sticky, b->sticky);
    case SECTION_CALM:
        return is_value_equal(a->scale_calm, b->scale_calm) &&
               are_scale_rules_equal(a, b);
    case SECTION_PORTS:
        return are_ports_equal(a, b);
    case SECTION_VARIABLES:
        return (a->config_count > 0) == (b->config_count > 0) &&
               (a->secret_count > 0) == (b->secret_count > 0) &&
               are_variables_equal(&a->process, &b->process);
    case SECTION_VOLUMES:
        return are_volumes_equal(a, b) && are_secret_files_equal(a, b) &&
               are_file_mounts_equal(a, b) && are_files_equal(a, b);
    case SECTION_FILES:
        return are_files_equal(a, b);
    case SECTION_STATEFUL:
        return are_stateful_equal(a, b);
    case SECTION_CONTAINERS:
        return are_containers_equal(a, b);
    case SECTION_SECRET_FILES:
        return are_secret_files_equal(a, b);
    case SECTION_READY:
        return are_probes_equal(a->ready, b->ready);
    case SECTION_LIVE:
        return are_probes_equal(a->live, b->live);
    case SECTION_STARTUP:
        return are_probes_equal(a->startup, b->startup);
    case SECTION_METRICS:
        return are_endpoints_equal(a->metrics, b->metrics);
    case SECTION_RESOURCES:
        return are_resources_equal(a, b);
    case SECTION_SCALE:
        return is_value_equal(a->scale, b->scale);
    case SECTION_SCALE_OBJECT:
        return has_rollout(a) == has_rollout(b);
    case SECTION_SCALE_TARGET:
        return is_value_equal(a->scale_cpu, b->scale_cpu) &&
               is_value_equal(a->scale_memory, b->scale_memory) &&
               are_pairs_equal(a->scale_metrics, a->scale_metric_count,
                               b->scale_metrics, b->scale_metric_count) &&
               are_other_metrics_equal(a, b);
    case SECTION_SCHEDULE:
        return is_value_equal(a->schedule, b->schedule) &&
               is_value_equal(a->time_zone, b->time_zone);
    case SECTION_SECRETS:
        return are_secrets_equal(a, b);
    case SECTION_CALLERS:
        return are_callers_equal(plan, a, b);
    case SECTION_CALLS:
        return are_calls_equal(a, b);
    case SECTION_COUNT:
        break;
    }
    return false;
}

bool
are_pairs_equal(const struct pair *a, size_t a_count, const struct pair *b,
                size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++) {
        if (!is_str_equal(a[i].key, b[i].key) ||
            !is_value_equal(a[i].value, b[i].value))
            return false;
    }
    return true;
}

/* Only gRPC asks a port by its number, the others by its name. */
static bool
is_probe_port_equal(const struct probe *a, const struct probe *b)
{
    if (a->kind == PROBE_GRPC || a->port == NULL || b->port == NULL)
        return is_port_equal(a->port, b->port);
    return is_str_equal(a->port->name, b->port->name);
}

bool
are_probes_equal(const struct probe *a, const struct probe *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->kind == b->kind && is_value_equal(a->path, b->path) &&
           is_probe_port_equal(a, b) && is_value_equal(a->every, b->every) &&
           is_value_equal(a->timeout, b->timeout) &&
           is_value_equal(a->failures, b->failures) &&
           is_value_equal(a->start, b->start);
}

static bool
are_endpoints_equal(const struct endpoint *a, const struct endpoint *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return is_value_equal(a->path, b->path) && is_port_equal(a->port, b->port);
}

static bool
are_resources_equal(const struct workload *a, const struct workload *b)
{
    return is_value_equal(a->cpu, b->cpu) &&
           is_value_equal(a->memory, b->memory) &&
           is_value_equal(a->storage, b->storage);
}

static bool
are_secrets_equal(const struct workload *a, const struct workload *b)
{
    if (a->secret_count != b->secret_count)
        return false;
    for (size_t i = 0; i < a->secret_count; i++) {
        if (a->secrets[i] != b->secrets[i])
            return false;
    }
    return true;
}
