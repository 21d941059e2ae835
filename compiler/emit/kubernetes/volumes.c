/*
 * Each kind of volume, after /tmp, in the order of the program: volumes, the
 * project's files, secrets that are files.
 */
#include "emit/kubernetes/volumes.h"

#include "emit/kubernetes/files.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/quantity.h"

/* The volumes of what the program calls files; no volume is called so. */
static const char secret_volume[] = "secret-files";
static const char file_volume[] = "files";

/* ---- pieces ------------------------------------------------------------- */

/* In decimal: YAML 1.1 and 1.2 read octal digits differently. */
static void
emit_mode(struct yaml *yaml, const char *key, const struct value *mode)
{
    int64_t number = 0;
    if (!is_value_known(mode)) {
        emit_waiting(yaml, str_from(key), mode);
        return;
    }
    for (size_t i = 0; i < mode->text.len; i++)
        number = number * 8 + (mode->text.at[i] - '0');
    yaml_comment(yaml, arena_format(yaml->arena, "mode {}", STRS(mode->text)));
    yaml_number(yaml, key, number);
}

static void
emit_item(struct yaml *yaml, struct str key, const struct value *path,
          const struct value *mode)
{
    yaml_item(yaml);
    yaml_text(yaml, "key", key);
    if (path == NULL)
        yaml_text(yaml, "path", key);
    else
        emit_value(yaml, "path", path);
    emit_mode(yaml, "mode", mode);
    yaml_end(yaml);
}

static void
emit_items(struct yaml *yaml, const struct volume_items *items)
{
    if (items->count == 0)
        return;
    yaml_list(yaml, "items");
    for (size_t i = 0; i < items->count; i++)
        emit_item(yaml, items->at[i].key, items->at[i].path, items->at[i].mode);
    yaml_end(yaml);
}

static void
emit_optional(struct yaml *yaml, bool is_optional)
{
    if (is_optional)
        yaml_bool(yaml, "optional", true);
}

/* ---- claims ------------------------------------------------------------- */

static void
emit_access(struct yaml *yaml, const struct value *access)
{
    if (!is_value_known(access)) {
        emit_waiting(yaml, STR("accessModes"), access);
        return;
    }
    yaml_list(yaml, "accessModes");
    for (size_t i = 0; i < access->item_count; i++)
        yaml_item_text(yaml, choice_text(&access->items[i]));
    yaml_end(yaml);
}

static void
emit_claim_spec(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "spec");
    emit_access(yaml, volume->access);
    if (volume->class_name != NULL)
        emit_value(yaml, "storageClassName", volume->class_name);
    yaml_map(yaml, "resources");
    yaml_map(yaml, "requests");
    if (is_value_known(volume->size))
        yaml_text(yaml, "storage",
                  memory_text(yaml->arena, volume->size->number));
    else
        emit_waiting(yaml, STR("storage"), volume->size);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_claim_templates(struct yaml *yaml, const struct workload *workload)
{
    bool is_open = false;
    for (size_t i = 0; i < workload->volume_count; i++) {
        const struct volume *volume = &workload->volumes[i];
        if (volume->kind != VOLUME_OWN)
            continue;
        if (!is_open)
            yaml_list(yaml, "volumeClaimTemplates");
        is_open = true;
        yaml_item(yaml);
        yaml_map(yaml, "metadata");
        yaml_text(yaml, "name", volume->name);
        yaml_end(yaml);
        emit_claim_spec(yaml, volume);
        yaml_end(yaml);
    }
    if (is_open)
        yaml_end(yaml);
}

/* ---- one function a kind ------------------------------------------------ */

static void
emit_empty(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "emptyDir");
    if (volume->is_in_memory)
        yaml_word(yaml, "medium", "Memory");
    if (is_value_known(volume->size))
        yaml_text(yaml, "sizeLimit",
                  memory_text(yaml->arena, volume->size->number));
    yaml_end(yaml);
}

static void
emit_claim(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "persistentVolumeClaim");
    emit_value(yaml, "claimName", volume->object);
    if (volume->is_read_only)
        yaml_bool(yaml, "readOnly", true);
    yaml_end(yaml);
}

static void
emit_ephemeral(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "ephemeral");
    yaml_map(yaml, "volumeClaimTemplate");
    emit_claim_spec(yaml, volume);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* All keys, unless one has a mode of its own. */
static void
emit_file_items(struct yaml *yaml, const struct workload *workload)
{
    bool has_mode = false;
    for (size_t i = 0; i < workload->file_count; i++)
        has_mode = has_mode || workload->files[i].mode != NULL;
    if (!has_mode)
        return;
    yaml_list(yaml, "items");
    for (size_t i = 0; i < workload->file_count; i++)
        emit_item(yaml, workload->files[i].name, NULL, workload->files[i].mode);
    yaml_end(yaml);
}

static void
emit_config(struct yaml *yaml, const struct volume *volume,
            const struct workload *workload)
{
    yaml_map(yaml, "configMap");
    if (volume->object != NULL)
        emit_value(yaml, "name", volume->object);
    else
        yaml_text(yaml, "name", name_files(yaml->arena, workload));
    emit_mode(yaml, "defaultMode", volume->mode);
    if (volume->object != NULL)
        emit_items(yaml, &volume->items);
    else
        emit_file_items(yaml, workload);
    emit_optional(yaml, volume->is_optional);
    yaml_end(yaml);
}

static void
emit_secret(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "secret");
    emit_value(yaml, "secretName", volume->object);
    emit_mode(yaml, "defaultMode", volume->mode);
    emit_items(yaml, &volume->items);
    emit_optional(yaml, volume->is_optional);
    yaml_end(yaml);
}

static void
emit_csi(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "csi");
    emit_value(yaml, "driver", volume->object);
    if (volume->is_read_only)
        yaml_bool(yaml, "readOnly", true);
    if (volume->attribute_count > 0) {
        yaml_map(yaml, "volumeAttributes");
        for (size_t i = 0; i < volume->attribute_count; i++)
            emit_value_named(yaml, volume->attributes[i].key,
                             volume->attributes[i].value);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_token(struct yaml *yaml, const struct volume_source *source)
{
    yaml_map(yaml, "serviceAccountToken");
    if (source->audience != NULL)
        emit_value(yaml, "audience", source->audience);
    emit_seconds(yaml, "expirationSeconds", source->expires);
    yaml_text(yaml, "path", source->name);
    yaml_end(yaml);
}

static void
emit_field(struct yaml *yaml, const struct volume_source *source)
{
    yaml_map(yaml, "downwardAPI");
    yaml_list(yaml, "items");
    yaml_item(yaml);
    yaml_text(yaml, "path", source->name);
    yaml_map(yaml, "fieldRef");
    emit_choice(yaml, "fieldPath", source->field);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_source(struct yaml *yaml, const struct volume_source *source)
{
    yaml_item(yaml);
    switch (source->kind) {
    case SOURCE_TOKEN:
        emit_token(yaml, source);
        break;
    case SOURCE_FIELD:
        emit_field(yaml, source);
        break;
    case SOURCE_CONFIG:
    case SOURCE_SECRET:
        yaml_map(yaml, source->kind == SOURCE_CONFIG ? "configMap" : "secret");
        yaml_text(yaml, "name", source->name);
        emit_items(yaml, &source->items);
        emit_optional(yaml, source->is_optional);
        yaml_end(yaml);
        break;
    }
    yaml_end(yaml);
}

static void
emit_projected(struct yaml *yaml, const struct volume *volume)
{
    yaml_map(yaml, "projected");
    emit_mode(yaml, "defaultMode", volume->mode);
    yaml_list(yaml, "sources");
    for (size_t i = 0; i < volume->source_count; i++)
        emit_source(yaml, &volume->sources[i]);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_volume(struct yaml *yaml, const struct volume *volume,
            const struct workload *workload)
{
    if (volume->kind == VOLUME_OWN) /* a claim template makes it */
        return;
    yaml_item(yaml);
    yaml_text(yaml, "name", volume->name);
    switch (volume->kind) {
    case VOLUME_EMPTY:
        emit_empty(yaml, volume);
        break;
    case VOLUME_CLAIM:
        emit_claim(yaml, volume);
        break;
    case VOLUME_OWN:
        break;
    case VOLUME_EPHEMERAL:
        emit_ephemeral(yaml, volume);
        break;
    case VOLUME_CONFIG:
        emit_config(yaml, volume, workload);
        break;
    case VOLUME_SECRET:
        emit_secret(yaml, volume);
        break;
    case VOLUME_PROJECTED:
        emit_projected(yaml, volume);
        break;
    case VOLUME_CSI:
        emit_csi(yaml, volume);
        break;
    }
    yaml_end(yaml);
}

/* Is a file seen alone, at a place of its own? */
static bool
has_file_mount(const struct workload *workload)
{
    for (size_t i = 0; i < workload->file_count; i++) {
        if (workload->files[i].path != NULL)
            return true;
    }
    return false;
}

void
emit_volumes_of(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    for (size_t i = 0; i < workload->volume_count; i++)
        emit_volume(yaml, &workload->volumes[i], workload);
    if (has_file_mount(workload)) {
        static const struct volume files = {.kind = VOLUME_CONFIG};
        yaml_item(yaml);
        yaml_word(yaml, "name", file_volume);
        emit_config(yaml, &files, workload);
        yaml_end(yaml);
    }
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

/* ---- mounts ------------------------------------------------------------- */

static void
mount_start(struct yaml *yaml, struct str name, const struct value *path)
{
    yaml_item(yaml);
    yaml_text(yaml, "name", name);
    emit_value(yaml, "mountPath", path);
}

static void
mount_end(struct yaml *yaml, bool is_read_only)
{
    if (is_read_only)
        yaml_bool(yaml, "readOnly", true);
    yaml_end(yaml);
}

/* What the cluster writes is read-only to the container, said or not. */
static bool
is_read_only(const struct volume *volume)
{
    return volume->is_read_only || volume->kind == VOLUME_CONFIG ||
           volume->kind == VOLUME_SECRET || volume->kind == VOLUME_PROJECTED;
}

void
emit_mounts_of(struct yaml *yaml, const struct workload *workload)
{
    for (size_t i = 0; i < workload->volume_count; i++) {
        const struct volume *volume = &workload->volumes[i];
        if (volume->path == NULL)
            continue;
        mount_start(yaml, volume->name, volume->path);
        if (volume->sub_path != NULL)
            emit_value(yaml, "subPath", volume->sub_path);
        mount_end(yaml, is_read_only(volume));
    }
    for (size_t i = 0; i < workload->file_count; i++) {
        const struct config_file *file = &workload->files[i];
        if (file->path == NULL)
            continue;
        mount_start(yaml, str_from(file_volume), file->path);
        yaml_text(yaml, "subPath", file->name);
        mount_end(yaml, true);
    }
    for (size_t i = 0; i < workload->secret_file_count; i++) {
        const struct secret_file *file = &workload->secret_files[i];
        mount_start(yaml, str_from(secret_volume), file->path);
        yaml_text(yaml, "subPath", file->secret->name);
        mount_end(yaml, true);
    }
}

void
emit_mount_of(struct yaml *yaml, const struct mount *mount)
{
    mount_start(yaml, mount->volume->name, mount->path);
    if (mount->sub_path != NULL)
        emit_value(yaml, "subPath", mount->sub_path);
    mount_end(yaml, mount->is_read_only || is_read_only(mount->volume));
}
