/*
 * Printed after the workload's own container, in the order of the program.
 */
#include "emit/kubernetes/containers.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/process.h"
#include "emit/kubernetes/sections.h"
#include "emit/kubernetes/volumes.h"
#include "emit/kubernetes/workload.h"

/* Each has the /tmp that a read-only root file system takes away. */
static void
emit_container_mounts(struct yaml *yaml, const struct container *container)
{
    yaml_list(yaml, "volumeMounts");
    emit_tmp_mount(yaml);
    for (size_t i = 0; i < container->mount_count; i++)
        emit_mount_of(yaml, &container->mounts[i]);
    yaml_end(yaml);
}

static void
emit_start(struct yaml *yaml, const struct instance *instance,
           const struct container *container)
{
    yaml_text(yaml, "name", container->name);
    if (container->image == NULL)
        emit_workload_image(yaml, instance);
    else
        emit_value(yaml, "image", container->image);
    if (container->pull != NULL)
        emit_choice(yaml, "imagePullPolicy", container->pull);
    if (container->is_sidecar)
        yaml_word(yaml, "restartPolicy", "Always");
    emit_command_line(yaml, &container->process, container->command,
                      container->arguments);
    if (container->directory != NULL)
        emit_value(yaml, "workingDir", container->directory);
}

static void
emit_init_container(struct yaml *yaml, const struct instance *instance,
                    const struct container *container)
{
    yaml_item(yaml);
    emit_start(yaml, instance, container);
    if (container->port_count > 0)
        emit_container_ports(yaml, container->ports, container->port_count);
    emit_own_variables(yaml, &container->process);
    if (container->has_config)
        emit_variables(yaml, instance);
    emit_startup_probe(yaml, container->startup);
    emit_probe(yaml, "readinessProbe", container->ready);
    emit_probe(yaml, "livenessProbe", container->live);
    emit_lifecycle(yaml, &container->process, 0);
    if (container->memory != NULL || container->cpu != NULL ||
        container->storage != NULL)
        emit_sizes(yaml, container->cpu, container->memory, container->storage);
    emit_container_security(yaml, &container->process);
    emit_container_mounts(yaml, container);
    yaml_end(yaml);
}

void
emit_init_containers(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    yaml_list(yaml, "initContainers");
    for (size_t i = 0; i < workload->container_count; i++)
        emit_init_container(yaml, instance, &workload->containers[i]);
    yaml_end(yaml);
}

static bool
are_mounts_equal(const struct container *a, const struct container *b)
{
    if (a->mount_count != b->mount_count)
        return false;
    for (size_t i = 0; i < a->mount_count; i++) {
        if (!is_mount_equal(&a->mounts[i], &b->mounts[i]))
            return false;
    }
    return true;
}

static bool
are_container_ports_equal(const struct container *a, const struct container *b)
{
    if (a->port_count != b->port_count)
        return false;
    for (size_t i = 0; i < a->port_count; i++) {
        if (!is_port_equal(&a->ports[i], &b->ports[i]))
            return false;
    }
    return true;
}

static bool
are_processes_equal(const struct process *a, const struct process *b)
{
    return are_variables_equal(a, b) && are_hooks_equal(a, b) &&
           are_users_equal(a, b) && a->expands_command == b->expands_command &&
           a->expands_arguments == b->expands_arguments;
}

static bool
is_container_equal(const struct container *a, const struct container *b)
{
    return is_str_equal(a->name, b->name) && a->is_sidecar == b->is_sidecar &&
           is_value_equal(a->image, b->image) &&
           is_value_equal(a->pull, b->pull) &&
           is_value_equal(a->command, b->command) &&
           is_value_equal(a->arguments, b->arguments) &&
           is_value_equal(a->directory, b->directory) &&
           is_value_equal(a->memory, b->memory) &&
           is_value_equal(a->cpu, b->cpu) &&
           is_value_equal(a->storage, b->storage) &&
           a->has_config == b->has_config &&
           are_processes_equal(&a->process, &b->process) &&
           are_container_ports_equal(a, b) &&
           are_probes_equal(a->ready, b->ready) &&
           are_probes_equal(a->live, b->live) &&
           are_probes_equal(a->startup, b->startup) && are_mounts_equal(a, b);
}

/* Of the workload's own image and config, which they may use, they print what
 * is the environment's: so those must be equal too. */
bool
are_containers_equal(const struct workload *a, const struct workload *b)
{
    if (a->container_count != b->container_count ||
        (a->config_count > 0) != (b->config_count > 0) ||
        (a->secret_count > 0) != (b->secret_count > 0) ||
        !is_value_equal(a->image, b->image) ||
        !is_value_equal(a->image_version, b->image_version) ||
        !is_value_equal(a->image_digest, b->image_digest))
        return false;
    for (size_t i = 0; i < a->container_count; i++) {
        if (!is_container_equal(&a->containers[i], &b->containers[i]))
            return false;
    }
    return true;
}
