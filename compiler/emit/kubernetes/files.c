/*
 * What is text stands as text, to be read in a review; what is not, in
 * base64. Both arrive byte for byte.
 */
#include "emit/kubernetes/files.h"

#include "base/utf8.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/text/base64.h"

static bool
is_text(struct str content)
{
    return utf8_invalid(content) == content.len && !has_byte(content, '\0');
}

static void
emit_contents(struct yaml *yaml, const struct workload *workload, bool of_text)
{
    const char *key = of_text ? "data" : "binaryData";
    bool is_open = false;
    for (size_t i = 0; i < workload->file_count; i++) {
        const struct config_file *file = &workload->files[i];
        if (file->file == NULL || is_text(file->file->content) != of_text)
            continue;
        if (!is_open)
            yaml_map(yaml, key);
        is_open = true;
        struct str content = file->file->content;
        yaml_text_named(yaml, file->name,
                        of_text ? content : base64_text(yaml->arena, content));
    }
    if (is_open)
        yaml_end(yaml);
}

void
emit_files(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "v1", "ConfigMap",
                 name_files(instance->plan->arena, instance->workload));
    if (has_section(instance, SECTION_COMMON))
        yaml_bool(yaml, "immutable", true);
    if (has_section(instance, SECTION_FILES)) {
        emit_contents(yaml, instance->workload, true);
        emit_contents(yaml, instance->workload, false);
    }
}

struct str
name_files(struct arena *arena, const struct workload *workload)
{
    struct buf content;
    buf_init(&content, arena);
    for (size_t i = 0; i < workload->file_count; i++) {
        const struct config_file *file = &workload->files[i];
        if (file->file == NULL)
            continue;
        buf_format(&content, "{} {} {}\n",
                   STRS(file->name,
                        arena_number(arena, (int64_t)file->file->content.len),
                        file->file->content));
    }
    return name_by_content(
        arena, arena_format(arena, "{}-files", STRS(workload->service->name)),
        buf_str(&content));
}

static bool
is_file_equal(const struct config_file *a, const struct config_file *b)
{
    if (a->file == NULL || b->file == NULL)
        return a->file == b->file;
    return is_str_equal(a->name, b->name) &&
           is_str_equal(a->file->content, b->file->content);
}

bool
are_files_equal(const struct workload *a, const struct workload *b)
{
    if (a->file_count != b->file_count)
        return false;
    for (size_t i = 0; i < a->file_count; i++) {
        if (!is_file_equal(&a->files[i], &b->files[i]))
            return false;
    }
    return true;
}
