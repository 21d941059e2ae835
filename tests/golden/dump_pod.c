/*
 * What stands in a workload's pods: files, volumes, containers.
 */
#include "dump.h"

static void
dump_items(struct dump *dump, const struct volume_items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        dump_name(dump, "item", items->at[i].key, items->at[i].span);
        dump->depth++;
        dump_value(dump, "as", items->at[i].path);
        dump_value(dump, "mode", items->at[i].mode);
        dump->depth--;
    }
}

static void
dump_source(struct dump *dump, const struct volume_source *source)
{
    static const char *const kinds[] = {[SOURCE_CONFIG] = "config",
                                        [SOURCE_SECRET] = "secret",
                                        [SOURCE_TOKEN] = "token",
                                        [SOURCE_FIELD] = "field"};
    dump_name(dump, kinds[source->kind], source->name, source->span);
    dump->depth++;
    dump_items(dump, &source->items);
    dump_value(dump, "audience", source->audience);
    dump_value(dump, "expires", source->expires);
    dump_value(dump, "field", source->field);
    dump_flag(dump, "optional", source->is_optional);
    dump->depth--;
}

static void
dump_volume(struct dump *dump, const struct volume *volume)
{
    static const char *const kinds[] = {
        [VOLUME_EMPTY] = "empty volume",
        [VOLUME_CLAIM] = "claim volume",
        [VOLUME_OWN] = "own volume",
        [VOLUME_EPHEMERAL] = "ephemeral volume",
        [VOLUME_CONFIG] = "config volume",
        [VOLUME_SECRET] = "secret volume",
        [VOLUME_PROJECTED] = "projected volume",
        [VOLUME_CSI] = "csi volume",
    };
    dump_name(dump, kinds[volume->kind], volume->name, volume->span);
    dump->depth++;
    dump_value(dump, "object", volume->object);
    dump_value(dump, "at", volume->path);
    dump_value(dump, "size", volume->size);
    dump_value(dump, "class", volume->class_name);
    dump_value(dump, "access", volume->access);
    dump_value(dump, "mode", volume->mode);
    dump_value(dump, "sub-path", volume->sub_path);
    dump_items(dump, &volume->items);
    for (size_t i = 0; i < volume->source_count; i++)
        dump_source(dump, &volume->sources[i]);
    dump_pairs(dump, "attribute", volume->attributes, volume->attribute_count);
    dump_flag(dump, "in-memory", volume->is_in_memory);
    dump_flag(dump, "read-only", volume->is_read_only);
    dump_flag(dump, "optional", volume->is_optional);
    dump->depth--;
}

static void
dump_files(struct dump *dump, const struct workload *workload)
{
    for (size_t i = 0; i < workload->file_count; i++) {
        const struct config_file *file = &workload->files[i];
        dump_name(dump, "file", file->name, file->span);
        dump->depth++;
        if (file->file != NULL) {
            dump_name(dump, "from", file->file->path, file->file->span);
            dump_name(dump, "content", file->file->content, NO_SPAN);
        }
        dump_value(dump, "at", file->path);
        dump_value(dump, "mode", file->mode);
        dump->depth--;
    }
    for (size_t i = 0; i < workload->secret_file_count; i++) {
        dump_name(dump, "secret-file", workload->secret_files[i].secret->name,
                  workload->secret_files[i].span);
        dump->depth++;
        dump_value(dump, "at", workload->secret_files[i].path);
        dump->depth--;
    }
}

static void
dump_hook(struct dump *dump, const char *what, const struct hook *hook)
{
    if (hook == NULL)
        return;
    dump_name(dump, what, hook->is_command ? STR("exec") : STR("get"),
              hook->span);
    dump->depth++;
    dump_value(dump, "text", hook->text);
    if (!hook->is_command && hook->port != NULL)
        dump_name(dump, "port", hook->port->name, NO_SPAN);
    dump->depth--;
}

static void
dump_process(struct dump *dump, const struct process *process)
{
    static const char *const kinds[] = {
        [VARIABLE_VALUE] = "value",       [VARIABLE_FIELD] = "field",
        [VARIABLE_RESOURCE] = "resource", [VARIABLE_CONFIG] = "config",
        [VARIABLE_SECRET] = "secret",
    };
    for (size_t i = 0; i < process->variable_count; i++) {
        const struct variable *variable = &process->variables[i];
        dump_name(dump, "variable", variable->name, variable->span);
        dump->depth++;
        dump_value(dump, kinds[variable->kind], variable->value);
        dump_value(dump, "key", variable->key);
        dump_flag(dump, "optional", variable->is_optional);
        dump_flag(dump, "expand", variable->expands);
        dump->depth--;
    }
    dump_hook(dump, "after-start", process->after_start);
    dump_hook(dump, "before-stop", process->before_stop);
    dump_value(dump, "user", process->user);
    dump_value(dump, "group", process->group);
    dump_flag(dump, "writable-root", process->has_writable_root);
    dump_flag(dump, "command expands", process->expands_command);
    dump_flag(dump, "arguments expand", process->expands_arguments);
}

static void
dump_container(struct dump *dump, const struct container *container)
{
    dump_name(dump, container->is_sidecar ? "sidecar" : "init", container->name,
              container->span);
    dump->depth++;
    dump_value(dump, "image", container->image);
    dump_value(dump, "command", container->command);
    dump_value(dump, "arguments", container->arguments);
    dump_value(dump, "memory", container->memory);
    dump_value(dump, "cpu", container->cpu);
    dump_value(dump, "storage", container->storage);
    dump_value(dump, "pull", container->pull);
    dump_value(dump, "directory", container->directory);
    dump_process(dump, &container->process);
    dump_ports(dump, container->ports, container->port_count);
    dump_probe(dump, "ready", container->ready);
    dump_probe(dump, "live", container->live);
    dump_probe(dump, "startup", container->startup);
    dump_flag(dump, "config", container->has_config);
    for (size_t i = 0; i < container->mount_count; i++) {
        const struct mount *mount = &container->mounts[i];
        dump_name(dump, "mount", mount->volume->name, NO_SPAN);
        dump->depth++;
        dump_value(dump, "at", mount->path);
        dump_value(dump, "sub-path", mount->sub_path);
        dump_flag(dump, "read-only", mount->is_read_only);
        dump->depth--;
    }
    dump->depth--;
}

static void
dump_stateful(struct dump *dump, const struct workload *workload)
{
    const struct stateful *stateful = &workload->stateful;
    if (workload->service->kind != SERVICE_STATEFUL)
        return;
    dump_value(dump, "claims", stateful->claims_deleted);
    dump_value(dump, "scaled", stateful->claims_scaled);
    dump_value(dump, "order", stateful->order);
    dump_value(dump, "first-number", stateful->first_number);
    dump_value(dump, "partition", stateful->partition);
}

void
dump_pod(struct dump *dump, const struct workload *workload)
{
    dump_value(dump, "version", workload->image_version);
    dump_value(dump, "digest", workload->image_digest);
    dump_stateful(dump, workload);
    dump_process(dump, &workload->process);
    dump_value(dump, "file-group", workload->file_group);
    dump_files(dump, workload);
    for (size_t i = 0; i < workload->volume_count; i++)
        dump_volume(dump, &workload->volumes[i]);
    for (size_t i = 0; i < workload->container_count; i++)
        dump_container(dump, &workload->containers[i]);
}
