#include "resolve/manifests.h"

static void add_manifest(struct resolver *resolver, struct vec *list,
                         const struct node *node);

/* A span as a key of a map. */
static struct str
span_key(const struct span *span)
{
    return (struct str){(const char *)span, sizeof *span};
}

void
collect_manifests(struct resolver *resolver, const struct resolve_input *input)
{
    for (size_t i = 0; i < input->manifest_count; i++)
        map_put(&resolver->manifests, span_key(&input->manifests[i].span),
                &input->manifests[i]);
}

void
resolve_manifests(struct resolver *resolver)
{
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(const struct raw_manifest *));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        if (resolver->statements[i]->word->id == WORD_MANIFEST)
            add_manifest(resolver, &list, resolver->statements[i]);
    }
    resolver->ir->manifests = list.items;
    resolver->ir->manifest_count = list.count;
}

/* They belong to nothing, and nothing is taken over from another place. */
void
resolve_workflow_files(struct resolver *resolver,
                       const struct resolve_input *input)
{
    struct vec list;
    struct map seen;
    vec_init(&list, resolver->arena, sizeof(const struct workflow_file *));
    map_init(&seen, resolver->arena);
    for (size_t i = 0; i < input->workflow_file_count; i++) {
        const struct workflow_file *file = &input->workflow_files[i];
        if (map_find(&seen, file->path) != NULL)
            continue;
        map_put(&seen, file->path, file);
        vec_add_pointer(&list, file);
    }
    resolver->ir->workflow_files = list.items;
    resolver->ir->workflow_file_count = list.count;
}

const struct raw_manifest *const *
manifests_in(const struct scope *scope, size_t *count)
{
    struct vec list;
    struct vec nodes = scope_list(scope, WORD_MANIFEST);
    vec_init(&list, scope->resolver->arena,
             sizeof(const struct raw_manifest *));
    for (size_t i = 0; i < nodes.count; i++) {
        const struct scope_node *at = vec_at(&nodes, i);
        add_manifest(scope->resolver, &list, at->node);
    }
    *count = list.count;
    return list.items;
}

static bool
has_path(const struct raw_manifest *const *manifests, size_t count,
         struct str path)
{
    for (size_t i = 0; i < count; i++) {
        if (is_str_equal(manifests[i]->path, path))
            return true;
    }
    return false;
}

/* A file that is named twice is taken over once, and one of the whole program
 * is of each environment already. */
static void
add_manifest(struct resolver *resolver, struct vec *list,
             const struct node *node)
{
    const struct argument *path = node->cells[0].syntax;
    const struct raw_manifest *manifest =
        path == NULL ? NULL
                     : map_find(&resolver->manifests, span_key(&path->span));
    if (manifest != NULL &&
        !has_path(list->items, list->count, manifest->path) &&
        !has_path(resolver->ir->manifests, resolver->ir->manifest_count,
                  manifest->path))
        vec_add_pointer(list, manifest);
}
