/*
 * The tree that both readers build.
 */
#include "support/yaml_tree.h"

#include <assert.h>

void
yaml_builder_init(struct yaml_builder *builder, struct arena *arena,
                  struct yaml_stream *stream)
{
    *builder = (struct yaml_builder){.arena = arena, .stream = stream};
    *stream = (struct yaml_stream){.line = 0};
    vec_init(&stream->documents, arena, sizeof(struct yaml_node *));
}

bool
yaml_builder_add(struct yaml_builder *builder, struct yaml_node node)
{
    struct yaml_node *added = arena_new(builder->arena, sizeof *added);
    *added = node;
    unsigned depth = builder->depth;
    if (depth == 0) {
        vec_add_pointer(&builder->stream->documents, added);
    } else if (builder->last[depth - 1] == NULL) {
        builder->open[depth - 1]->child = added;
    } else {
        builder->last[depth - 1]->next = added;
    }
    if (depth > 0) {
        builder->last[depth - 1] = added;
    }
    if (node.shape == SHAPE_TEXT || node.shape == SHAPE_ALIAS) {
        return true;
    }
    if (depth == YAML_TREE_DEPTH_MAX) {
        builder->stream->message = STR("nested too deep");
        builder->stream->line = node.line;
        return false;
    }
    builder->open[depth] = added;
    builder->last[depth] = NULL;
    builder->depth++;
    return true;
}

void
yaml_builder_close(struct yaml_builder *builder)
{
    assert(builder->depth > 0);
    builder->depth--;
}

size_t
yaml_document_count(const struct yaml_stream *stream)
{
    return stream->documents.count;
}

const struct yaml_node *
yaml_document_at(const struct yaml_stream *stream, size_t index)
{
    struct yaml_node *const *slot = vec_at(&stream->documents, index);
    return *slot;
}

const struct yaml_node *
yaml_find(const struct yaml_node *map, struct str key)
{
    if (map->shape != SHAPE_MAP) {
        return NULL;
    }
    const struct yaml_node *found = map->child;
    while (found != NULL && !is_str_equal(found->text, key)) {
        found = found->next->next;
    }
    return found == NULL ? NULL : found->next;
}
