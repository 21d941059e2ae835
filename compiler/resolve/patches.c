#include "resolve/patches.h"

#include "resolve/patch_tree.h"

/* A span as a key of a map. */
static struct str
span_key(const struct span *span)
{
    return (struct str){(const char *)span, sizeof *span};
}

void
collect_patch_texts(struct resolver *resolver,
                    const struct resolve_input *input)
{
    for (size_t i = 0; i < input->patch_text_count; i++)
        map_put(&resolver->patch_texts, span_key(&input->patch_texts[i].span),
                input->patch_texts[i].root);
}

/* NULL when it says nothing that could be read, and that was said. */
static const struct raw *
root_of(const struct scope *scope, struct scope_node at, struct str kind)
{
    const struct argument *file = at.node->cells[2].syntax;
    if (file != NULL && at.node->block != NULL)
        return report_patch_form(scope->resolver, at.node->block->open,
                                 "it has a text or a file already");
    if (file != NULL)
        return map_find(&scope->resolver->patch_texts, span_key(&file->span));
    if (at.node->block == NULL)
        return report_patch_form(scope->resolver, at.node->span,
                                 "a block, a file or a text must say what");
    return read_patch_tree(scope, at, kind);
}

/* A patch may say again of what it is one; of two colours that is neither's
 * own name. */
static const struct raw *
without_name(struct arena *arena, const struct raw *metadata, struct str name)
{
    struct raw_entry *entries =
        arena_array(arena, metadata->entry_count, sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < metadata->entry_count; i++) {
        const struct raw_entry *entry = &metadata->entries[i];
        if (!is_str_equal(entry->key, STR("name")) ||
            !is_str_equal(entry->value->text, name))
            entries[count++] = *entry;
    }
    return raw_with_entries(arena, metadata, entries, count);
}

static const struct raw *
without_identity(struct arena *arena, const struct raw *root, struct str name)
{
    struct raw_entry *entries =
        arena_array(arena, root->entry_count, sizeof *entries);
    for (size_t i = 0; i < root->entry_count; i++) {
        entries[i] = root->entries[i];
        if (is_str_equal(entries[i].key, STR("metadata")) &&
            entries[i].value->kind == RAW_MAP)
            entries[i].value = without_name(arena, entries[i].value, name);
    }
    return raw_with_entries(arena, root, entries, root->entry_count);
}

static void
add_patch(const struct scope *scope, struct vec *patches, struct scope_node at)
{
    const struct value *kind = scope_argument(scope, at, 0);
    const struct value *name = scope_argument(scope, at, 1);
    if (!is_value_known(kind) || !is_value_known(name))
        return;
    const struct raw *root = root_of(scope, at, kind->text);
    if (root == NULL)
        return;
    *(struct patch *)vec_add(patches) = (struct patch){
        .kind = kind->text,
        .name = name->text,
        .span = at.node->span,
        .kind_span = at.node->cells[0].syntax->span,
        .name_span = at.node->cells[1].syntax->span,
        .root = without_identity(scope->resolver->arena, root, name->text),
    };
}

const struct patch *
patches_in(const struct scope *scope, size_t *count)
{
    struct resolver *resolver = scope->resolver;
    struct vec patches;
    struct vec nodes = scope_list(scope, WORD_PATCH);
    vec_init(&patches, resolver->arena, sizeof(struct patch));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_PATCH)
            add_patch(scope, &patches,
                      (struct scope_node){node, LAYER_ENVIRONMENT});
    }
    for (size_t i = 0; i < nodes.count; i++)
        add_patch(scope, &patches, *(struct scope_node *)vec_at(&nodes, i));
    *count = patches.count;
    return patches.items;
}
