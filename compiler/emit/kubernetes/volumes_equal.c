/*
 * Are the volumes of two environments' pods the same? Nothing is printed here.
 */
#include "emit/kubernetes/volumes.h"

static bool
are_items_equal(const struct volume_items *a, const struct volume_items *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!is_str_equal(a->at[i].key, b->at[i].key) ||
            !is_value_equal(a->at[i].path, b->at[i].path) ||
            !is_value_equal(a->at[i].mode, b->at[i].mode))
            return false;
    }
    return true;
}

static bool
is_source_equal(const struct volume_source *a, const struct volume_source *b)
{
    return a->kind == b->kind && is_str_equal(a->name, b->name) &&
           are_items_equal(&a->items, &b->items) &&
           a->is_optional == b->is_optional &&
           is_value_equal(a->audience, b->audience) &&
           is_value_equal(a->expires, b->expires) &&
           is_value_equal(a->field, b->field);
}

static bool
are_parts_equal(const struct volume *a, const struct volume *b)
{
    if (a->source_count != b->source_count ||
        a->attribute_count != b->attribute_count)
        return false;
    for (size_t i = 0; i < a->source_count; i++) {
        if (!is_source_equal(&a->sources[i], &b->sources[i]))
            return false;
    }
    for (size_t i = 0; i < a->attribute_count; i++) {
        if (!is_str_equal(a->attributes[i].key, b->attributes[i].key) ||
            !is_value_equal(a->attributes[i].value, b->attributes[i].value))
            return false;
    }
    return true;
}

static bool
is_volume_equal(const struct volume *a, const struct volume *b)
{
    return is_str_equal(a->name, b->name) && a->kind == b->kind &&
           is_value_equal(a->object, b->object) &&
           is_value_equal(a->path, b->path) &&
           is_value_equal(a->size, b->size) &&
           is_value_equal(a->class_name, b->class_name) &&
           is_value_equal(a->access, b->access) &&
           is_value_equal(a->mode, b->mode) &&
           is_value_equal(a->sub_path, b->sub_path) &&
           are_items_equal(&a->items, &b->items) && are_parts_equal(a, b) &&
           a->is_in_memory == b->is_in_memory &&
           a->is_read_only == b->is_read_only &&
           a->is_optional == b->is_optional;
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

bool
are_file_mounts_equal(const struct workload *a, const struct workload *b)
{
    if (a->file_count != b->file_count)
        return false;
    for (size_t i = 0; i < a->file_count; i++) {
        if (!is_str_equal(a->files[i].name, b->files[i].name) ||
            !is_value_equal(a->files[i].path, b->files[i].path) ||
            !is_value_equal(a->files[i].mode, b->files[i].mode))
            return false;
    }
    return true;
}

bool
is_mount_equal(const struct mount *a, const struct mount *b)
{
    return is_str_equal(a->volume->name, b->volume->name) &&
           is_value_equal(a->path, b->path) &&
           is_value_equal(a->sub_path, b->sub_path) &&
           a->is_read_only == b->is_read_only;
}
