/*
 * The pod template: Pod Security Standards, profile "restricted", and what
 * the program says of the container.
 */
#include "emit/kubernetes/pod.h"

#include "emit/kubernetes/containers.h"
#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/placement.h"
#include "emit/kubernetes/process.h"
#include "emit/kubernetes/volumes.h"
#include "emit/kubernetes/workload.h"
#include "ir/quantity.h"

static const uint64_t in_metadata =
    SECTION(COMMON) | SECTION(LABELS) | SECTION(ANNOTATIONS) | SECTION(METRICS);
static const uint64_t in_container =
    SECTION(COMMON) | SECTION(IMAGE) | SECTION(COMMAND) | SECTION(PULL) |
    SECTION(PORTS) | SECTION(VARIABLES) | SECTION(VOLUMES) | SECTION(READY) |
    SECTION(LIVE) | SECTION(STARTUP) | SECTION(LIFECYCLE) | SECTION(RESOURCES) |
    SECTION(USERS);
static const uint64_t in_pod =
    SECTION(STOP) | SECTION(PLACEMENT) | SECTION(SPREAD) | SECTION(CONTAINERS);
static const uint64_t of_services =
    SECTION(READY) | SECTION(LIVE) | SECTION(STARTUP);

static void emit_pod_metadata(struct yaml *yaml,
                              const struct instance *instance);
static void emit_pod_spec(struct yaml *yaml, const struct instance *instance);
static void emit_container(struct yaml *yaml, const struct instance *instance);
static void emit_command(struct yaml *yaml, const struct workload *workload);
static void emit_probes(struct yaml *yaml, const struct instance *instance);

/* A job serves nobody, so it is not probed. */
static struct instance
template_of(const struct instance *instance)
{
    struct instance template = *instance;
    if (is_job(instance->workload))
        template.sections &= ~of_services;
    return template;
}

bool
has_pod_template(const struct instance *instance)
{
    struct instance template = template_of(instance);
    return has_any_section(&template, in_metadata | in_container | in_pod);
}

void
emit_pod_template(struct yaml *yaml, const struct instance *instance)
{
    struct instance template = template_of(instance);
    if (!has_pod_template(instance))
        return;
    yaml_map(yaml, "template");
    emit_pod_metadata(yaml, &template);
    emit_pod_spec(yaml, &template);
    yaml_end(yaml);
}

/* Will the user's own annotation stand here? In a patch also when it is in the
 * base already. */
static bool
has_annotation(const struct instance *instance, struct str key)
{
    const struct workload *workload = instance->workload;
    const struct service_plan *service =
        service_plan_of(instance->plan, workload);
    for (size_t i = 0; i < workload->annotation_count; i++) {
        const struct pair *pair = &workload->annotations[i];
        if (is_str_equal(pair->key, key))
            return instance->part != PART_BASE ||
                   has_pair(instance, &service->annotations, pair);
    }
    return false;
}

/* An annotation of ours gives way to the user's own. */
static void
emit_annotation(struct yaml *yaml, const struct instance *instance,
                const char *key, struct str text)
{
    if (!has_annotation(instance, str_from(key)))
        yaml_text(yaml, key, text);
}

static void
emit_metrics(struct yaml *yaml, const struct instance *instance)
{
    const struct endpoint *metrics = instance->workload->metrics;
    emit_annotation(yaml, instance, "prometheus.io/scrape", STR("true"));
    if (metrics->port != NULL && is_value_known(metrics->port->number))
        emit_annotation(
            yaml, instance, "prometheus.io/port",
            arena_number(yaml->arena, metrics->port->number->number));
    if (is_value_known(metrics->path))
        emit_annotation(yaml, instance, "prometheus.io/path",
                        metrics->path->text);
}

static void
emit_pod_metadata(struct yaml *yaml, const struct instance *instance)
{
    if (!has_any_section(instance, in_metadata))
        return;
    yaml_map(yaml, "metadata");
    if (has_any_section(instance, SECTION(COMMON) | SECTION(LABELS)))
        emit_pod_labels(yaml, instance);
    if (has_any_section(instance, SECTION(METRICS) | SECTION(ANNOTATIONS))) {
        yaml_map(yaml, "annotations");
        if (has_section(instance, SECTION_METRICS))
            emit_metrics(yaml, instance);
        emit_user_annotations(yaml, instance);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* The root file system is read-only; programs still expect a /tmp. */
static void
emit_volumes(struct yaml *yaml, const struct instance *instance)
{
    yaml_list(yaml, "volumes");
    yaml_item(yaml);
    yaml_word(yaml, "name", "tmp");
    yaml_map(yaml, "emptyDir");
    yaml_end(yaml);
    yaml_end(yaml);
    emit_volumes_of(yaml, instance);
    yaml_end(yaml);
}

static void
emit_pod_spec(struct yaml *yaml, const struct instance *instance)
{
    if (!has_any_section(instance, in_container | in_pod))
        return;
    const struct workload *workload = instance->workload;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON)) {
        yaml_text(yaml, "serviceAccountName", workload->service->name);
        yaml_bool(yaml, "automountServiceAccountToken", false);
        yaml_bool(yaml, "enableServiceLinks", false);
    }
    if (has_section(instance, SECTION_USERS))
        emit_pod_security(yaml, workload);
    if (has_section(instance, SECTION_COMMON) && is_job(workload))
        yaml_word(yaml, "restartPolicy", "Never");
    if (has_section(instance, SECTION_STOP))
        emit_seconds(yaml, "terminationGracePeriodSeconds", workload->stop);
    if (has_section(instance, SECTION_PLACEMENT))
        emit_placement(yaml, instance);
    if (has_section(instance, SECTION_SPREAD))
        emit_spread(yaml, instance);
    if (has_section(instance, SECTION_CONTAINERS))
        emit_init_containers(yaml, instance);
    emit_container(yaml, instance);
    if (has_section(instance, SECTION_VOLUMES))
        emit_volumes(yaml, instance);
    yaml_end(yaml);
}

/* ---- the container ------------------------------------------------------ */

void
emit_tmp_mount(struct yaml *yaml)
{
    yaml_item(yaml);
    yaml_word(yaml, "name", "tmp");
    yaml_text(yaml, "mountPath", STR("/tmp"));
    yaml_end(yaml);
}

static void
emit_mounts(struct yaml *yaml, const struct workload *workload)
{
    yaml_list(yaml, "volumeMounts");
    emit_tmp_mount(yaml);
    emit_mounts_of(yaml, workload);
    yaml_end(yaml);
}

static void
emit_container(struct yaml *yaml, const struct instance *instance)
{
    if (!has_any_section(instance, in_container))
        return;
    const struct workload *workload = instance->workload;
    yaml_list(yaml, "containers");
    yaml_item(yaml);
    yaml_text(yaml, "name", workload->service->name);
    if (has_section(instance, SECTION_IMAGE))
        emit_workload_image(yaml, instance);
    if (has_section(instance, SECTION_PULL))
        emit_choice(yaml, "imagePullPolicy", workload->pull);
    if (has_section(instance, SECTION_COMMAND))
        emit_command(yaml, workload);
    if (has_section(instance, SECTION_PORTS))
        emit_container_ports(yaml, workload->ports, workload->port_count);
    if (has_section(instance, SECTION_VARIABLES)) {
        emit_own_variables(yaml, &workload->process);
        emit_variables(yaml, instance);
    }
    emit_probes(yaml, instance);
    if (has_section(instance, SECTION_LIFECYCLE))
        emit_lifecycle(yaml, &workload->process, pre_stop_seconds(workload));
    if (has_section(instance, SECTION_RESOURCES))
        emit_sizes(yaml, workload->cpu, workload->memory, workload->storage);
    if (has_section(instance, SECTION_USERS))
        emit_container_security(yaml, &workload->process);
    if (has_section(instance, SECTION_VOLUMES))
        emit_mounts(yaml, workload);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* One of others: with the tag and the digest that the program says. */
static void
emit_pinned_image(struct yaml *yaml, const struct workload *workload)
{
    const struct value *version = workload->image_version;
    const struct value *digest = workload->image_digest;
    struct buf buf;
    buf_init(&buf, yaml->arena);
    buf_add(&buf, workload->image->text);
    if (is_value_known(version))
        buf_format(&buf, ":{}", STRS(version->text));
    if (is_value_known(digest))
        buf_format(&buf, "@{}", STRS(digest->text));
    yaml_text(yaml, "image", buf_str(&buf));
    emit_waiting(yaml, STR("image"), version);
    emit_waiting(yaml, STR("image"), digest);
}

/* Its tag or digest is the pipeline's to say, in the component `release`. */
void
emit_workload_image(struct yaml *yaml, const struct instance *instance)
{
    const struct value *image = instance->workload->image;
    if (is_value_known(image) && is_image_pinned(instance->workload)) {
        emit_pinned_image(yaml, instance->workload);
        return;
    }
    if (!is_value_known(image) || !instance->is_flat) {
        emit_value(yaml, "image", image);
        return;
    }
    yaml_text(
        yaml, "image",
        arena_format(yaml->arena, "{}:" UNRELEASED_TAG, STRS(image->text)));
}

static void
emit_command(struct yaml *yaml, const struct workload *workload)
{
    emit_command_line(yaml, &workload->process, workload->command,
                      workload->arguments);
    if (workload->directory != NULL)
        emit_value(yaml, "workingDir", workload->directory);
}

void
emit_container_ports(struct yaml *yaml, const struct port *ports, size_t count)
{
    yaml_list(yaml, "ports");
    for (size_t i = 0; i < count; i++) {
        if (!is_value_known(ports[i].number)) {
            emit_waiting(yaml, ports[i].name, ports[i].number);
            continue;
        }
        yaml_item(yaml);
        yaml_text(yaml, "name", ports[i].name);
        yaml_number_from(yaml, "containerPort", ports[i].number->number,
                         ports[i].number->text);
        emit_choice(yaml, "protocol", ports[i].protocol);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* Kustomize puts the hashed name in place of the plain one, where it knows
 * the ConfigMap from the base. */
static struct str
config_reference(const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    if (!instance->is_flat && is_in_base(instance, KIND_CONFIG_MAP))
        return name_config(arena, instance->workload->service);
    return name_config_hashed(arena, instance->workload);
}

void
emit_variables(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    if (workload->config_count == 0 && workload->secret_count == 0)
        return;
    yaml_list(yaml, "envFrom");
    if (workload->config_count > 0) {
        yaml_item(yaml);
        yaml_map(yaml, "configMapRef");
        yaml_text(yaml, "name", config_reference(instance));
        yaml_end(yaml);
        yaml_end(yaml);
    }
    if (workload->secret_count > 0) {
        yaml_item(yaml);
        yaml_map(yaml, "secretRef");
        yaml_text(yaml, "name",
                  name_secret(instance->plan->arena, workload->service));
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* ---- probes ------------------------------------------------------------- */

static void
emit_probe_port(struct yaml *yaml, const struct probe *probe)
{
    if (probe->port == NULL || probe->kind == PROBE_EXEC)
        return;
    if (probe->kind == PROBE_GRPC)
        emit_count(yaml, "port", probe->port->number);
    else
        yaml_text(yaml, "port", probe->port->name);
}

static void
emit_probe_action(struct yaml *yaml, const struct probe *probe)
{
    switch (probe->kind) {
    case PROBE_HTTP:
        yaml_map(yaml, "httpGet");
        emit_value(yaml, "path", probe->path);
        break;
    case PROBE_TCP:
        yaml_map(yaml, "tcpSocket");
        break;
    case PROBE_GRPC:
        yaml_map(yaml, "grpc");
        break;
    case PROBE_EXEC:
        yaml_map(yaml, "exec");
        emit_shell_words(yaml, "command", probe->path, true);
        break;
    }
    emit_probe_port(yaml, probe);
    yaml_end(yaml);
}

static void
emit_probe_times(struct yaml *yaml, const struct probe *probe)
{
    emit_probe_action(yaml, probe);
    emit_seconds(yaml, "periodSeconds", probe->every);
    emit_seconds(yaml, "timeoutSeconds", probe->timeout);
}

void
emit_probe(struct yaml *yaml, const char *key, const struct probe *probe)
{
    if (probe == NULL)
        return;
    yaml_map(yaml, key);
    emit_probe_times(yaml, probe);
    emit_count(yaml, "failureThreshold", probe->failures);
    yaml_end(yaml);
}

void
emit_startup_probe(struct yaml *yaml, const struct probe *probe)
{
    if (probe == NULL)
        return;
    yaml_map(yaml, "startupProbe");
    emit_probe_times(yaml, probe);
    if (probe->start == NULL || is_value_known(probe->start))
        yaml_number(yaml, "failureThreshold", startup_failures(probe));
    else
        emit_waiting(yaml, STR("failureThreshold"), probe->start);
    yaml_end(yaml);
}

static void
emit_probes(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    if (has_section(instance, SECTION_STARTUP))
        emit_startup_probe(yaml, workload->startup);
    if (has_section(instance, SECTION_READY))
        emit_probe(yaml, "readinessProbe", workload->ready);
    if (has_section(instance, SECTION_LIVE))
        emit_probe(yaml, "livenessProbe", workload->live);
}

/* ---- resources ---------------------------------------------------------- */

static void
emit_quantity(struct yaml *yaml, const char *key, const struct value *range,
              const struct value *(*end)(const struct value *))
{
    struct arena *arena = yaml->arena;
    if (!is_value_known(range)) {
        emit_waiting(yaml, str_from(key), range);
        return;
    }
    int64_t number = end(range)->number;
    yaml_text_from(yaml, key,
                   range->type == TYPE_CPU ? cpu_text(arena, number)
                                           : memory_text(arena, number),
                   end(range)->text);
}

void
emit_sizes(struct yaml *yaml, const struct value *cpu,
           const struct value *memory, const struct value *storage)
{
    static const struct {
        const char *key;
        const struct value *(*end)(const struct value *);
    } sides[] = {{"requests", range_low}, {"limits", range_high}};
    yaml_map(yaml, "resources");
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        yaml_map(yaml, sides[i].key);
        emit_quantity(yaml, "cpu", cpu, sides[i].end);
        emit_quantity(yaml, "memory", memory, sides[i].end);
        emit_quantity(yaml, "ephemeral-storage", storage, sides[i].end);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}
