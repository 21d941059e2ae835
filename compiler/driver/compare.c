/*
 * brx.h: two programs, their facts and their documents, side by side.
 */
#include "driver/difference.h"

#include "base/map.h"

/* What brx_compare() takes and gives. */
struct comparing {
    const struct brx *before;
    enum brx_difference_form form;
    struct brx_difference *difference;
};

static void
add_file(struct differences *differences, struct str path,
         enum change_kind kind)
{
    struct file_change *file = vec_add(&differences->files);
    file->path = path;
    file->kind = kind;
}

static void
index_documents(struct arena *arena, const struct documents *documents,
                struct map *map)
{
    map_init(map, arena);
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        map_put(map, document->path, document);
    }
}

static bool
is_same_document(const struct document *a, const struct document *b)
{
    return a->is_executable == b->is_executable &&
           is_str_equal(buf_str(&a->content), buf_str(&b->content));
}

static void
compare_documents(struct arena *arena, const struct documents *before,
                  const struct documents *after,
                  struct differences *differences)
{
    struct map old_paths;
    struct map new_paths;
    vec_init(&differences->files, arena, sizeof(struct file_change));
    index_documents(arena, before, &old_paths);
    index_documents(arena, after, &new_paths);
    for (size_t i = 0; i < document_count(after); i++) {
        const struct document *document = document_at(after, i);
        const struct document *old = map_find(&old_paths, document->path);
        if (old == NULL)
            add_file(differences, document->path, CHANGE_ADDED);
        else if (!is_same_document(old, document))
            add_file(differences, document->path, CHANGE_CHANGED);
    }
    for (size_t i = 0; i < document_count(before); i++) {
        const struct document *document = document_at(before, i);
        if (map_find(&new_paths, document->path) == NULL)
            add_file(differences, document->path, CHANGE_REMOVED);
    }
}

static struct status
compare(struct brx *brx, const void *argument)
{
    const struct comparing *comparing = argument;
    const struct brx *before = comparing->before;
    struct differences differences;
    if (brx->pipeline.model == NULL || before->pipeline.model == NULL)
        return (struct status){STATUS_REFUSED, STR("a program has errors")};
    begin_stage(brx, "compare");
    compare_programs(brx->arena, before->pipeline.ir, brx->pipeline.ir,
                     &differences);
    compare_documents(brx->arena, &before->documents, &brx->documents,
                      &differences);
    if (differences.files.count == 0)
        differences_set_aside(&differences);
    *comparing->difference =
        tell_difference(brx->arena, comparing->form, &differences);
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_compare(struct brx *after, const struct brx *before,
            enum brx_difference_form form, struct brx_difference *difference)
{
    struct comparing comparing = {before, form, difference};
    return guard(after, compare, &comparing);
}
