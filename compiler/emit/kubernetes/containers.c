/*
 * Printed after the workload's own container, in the order of the program.
 */
#include "emit/kubernetes/containers.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "ir/quantity.h"

/* The volume that holds the secrets that are files. */
static const char secret_volume[] = "secret-files";

static void
emit_empty(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "emptyDir");
    if (volume->is_in_memory)
        yaml_word(yaml, "medium", "Memory");
    if (is_value_known(volume->size))
        yaml_text(yaml, "sizeLimit",
                  memory_text(yaml->buf->arena, volume->size->number));
    yaml_end(yaml);
}

static void
emit_volume(struct yaml *yaml, const struct volume *volume)
{
    yaml_item(yaml);
    yaml_text(yaml, "name", volume->name);
    switch (volume->kind) {
    case VOLUME_EMPTY:
        emit_empty(yaml, volume);
        break;
    case VOLUME_CLAIM:
        yaml_map(yaml, "persistentVolumeClaim");
        emit_value(yaml, "claimName", volume->claim);
        if (volume->is_read_only)
            yaml_bool(yaml, "readOnly", true);
        yaml_end(yaml);
        break;
    }
    yaml_end(yaml);
}

void
emit_volumes_of(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    for (size_t i = 0; i < workload->volume_count; i++)
        emit_volume(yaml, &workload->volumes[i]);
    if (workload->secret_file_count == 0)
        return;
    yaml_item(yaml);
    yaml_word(yaml, "name", secret_volume);
    yaml_map(yaml, "secret");
    yaml_text(yaml, "secretName",
              name_secret_files(instance->plan->arena, workload->service));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_mount(struct yaml *yaml, struct str name, const struct value *path,
           struct str sub_path, bool is_read_only)
{
    yaml_item(yaml);
    yaml_text(yaml, "name", name);
    emit_value(yaml, "mountPath", path);
    if (!is_str_empty(sub_path))
        yaml_text(yaml, "subPath", sub_path);
    if (is_read_only)
        yaml_bool(yaml, "readOnly", true);
    yaml_end(yaml);
}

void
emit_mounts_of(struct yaml *yaml, const struct workload *workload)
{
    for (size_t i = 0; i < workload->volume_count; i++) {
        const struct volume *volume = &workload->volumes[i];
        emit_mount(yaml, volume->name, volume->path, STR(""),
                   volume->is_read_only);
    }
    for (size_t i = 0; i < workload->secret_file_count; i++) {
        const struct secret_file *file = &workload->secret_files[i];
        emit_mount(yaml, str_from(secret_volume), file->path,
                   file->secret->name, true);
    }
}

/* Each has the /tmp that a read-only root file system takes away. */
static void
emit_container_mounts(struct yaml *yaml, const struct container *container)
{
    yaml_list(yaml, "volumeMounts");
    emit_tmp_mount(yaml);
    for (size_t i = 0; i < container->mount_count; i++) {
        const struct mount *mount = &container->mounts[i];
        emit_mount(yaml, mount->volume->name, mount->path, STR(""),
                   mount->is_read_only);
    }
    yaml_end(yaml);
}

static void
emit_init_container(struct yaml *yaml, const struct instance *instance,
                    const struct container *container)
{
    yaml_item(yaml);
    yaml_text(yaml, "name", container->name);
    if (container->image == NULL)
        emit_workload_image(yaml, instance);
    else
        emit_value(yaml, "image", container->image);
    if (container->is_sidecar)
        yaml_word(yaml, "restartPolicy", "Always");
    emit_command_line(yaml, container->command, container->arguments);
    if (container->has_config)
        emit_variables(yaml, instance);
    if (container->memory != NULL || container->cpu != NULL)
        emit_sizes(yaml, container->cpu, container->memory, NULL);
    emit_container_security(yaml);
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
is_volume_equal(const struct volume *a, const struct volume *b)
{
    return is_str_equal(a->name, b->name) && a->kind == b->kind &&
           is_value_equal(a->claim, b->claim) &&
           is_value_equal(a->path, b->path) &&
           is_value_equal(a->size, b->size) &&
           a->is_in_memory == b->is_in_memory &&
           a->is_read_only == b->is_read_only;
}

bool
are_volumes_equal(const struct workload *a, const struct workload *b)
{
    if (a->volume_count != b->volume_count)
        return false;
    for (size_t i = 0; i < a->volume_count; i++) {
        if (!is_volume_equal(&a->volumes[i], &b->volumes[i]))
            return false;
    }
    return true;
}

bool
are_secret_files_equal(const struct workload *a, const struct workload *b)
{
    if (a->secret_file_count != b->secret_file_count)
        return false;
    for (size_t i = 0; i < a->secret_file_count; i++) {
        if (a->secret_files[i].secret != b->secret_files[i].secret ||
            !is_value_equal(a->secret_files[i].path, b->secret_files[i].path))
            return false;
    }
    return true;
}

static bool
are_mounts_equal(const struct container *a, const struct container *b)
{
    if (a->mount_count != b->mount_count)
        return false;
    for (size_t i = 0; i < a->mount_count; i++) {
        if (!is_str_equal(a->mounts[i].volume->name,
                          b->mounts[i].volume->name) ||
            !is_value_equal(a->mounts[i].path, b->mounts[i].path) ||
            a->mounts[i].is_read_only != b->mounts[i].is_read_only)
            return false;
    }
    return true;
}

static bool
is_container_equal(const struct container *a, const struct container *b)
{
    return is_str_equal(a->name, b->name) && a->is_sidecar == b->is_sidecar &&
           is_value_equal(a->image, b->image) &&
           is_value_equal(a->command, b->command) &&
           is_value_equal(a->arguments, b->arguments) &&
           is_value_equal(a->memory, b->memory) &&
           is_value_equal(a->cpu, b->cpu) && a->has_config == b->has_config &&
           are_mounts_equal(a, b);
}

/* Of the workload's own image and config, which they may use, they print what
 * is the environment's: so those must be equal too. */
bool
are_containers_equal(const struct workload *a, const struct workload *b)
{
    if (a->container_count != b->container_count ||
        (a->config_count > 0) != (b->config_count > 0) ||
        (a->secret_count > 0) != (b->secret_count > 0) ||
        !is_value_equal(a->image, b->image))
        return false;
    for (size_t i = 0; i < a->container_count; i++) {
        if (!is_container_equal(&a->containers[i], &b->containers[i]))
            return false;
    }
    return true;
}
