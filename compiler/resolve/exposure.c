#include "resolve/exposure.h"

#include "resolve/names.h"
#include "resolve/node.h"
#include "resolve/placement.h"
#include "resolve/ports.h"

void
resolve_exposure(const struct scope *scope, struct workload *workload)
{
    struct scope_node at = scope_find(scope, WORD_EXPOSE);
    struct exposure *exposure = &workload->exposure;
    exposure->how = scope_value(scope, WORD_EXPOSE);
    workload->service_annotations = resolve_pairs(
        scope, WORD_SERVICE_ANNOTATION, &workload->service_annotation_count);
    workload->edge_annotations = resolve_pairs(
        scope, WORD_EDGE_ANNOTATION, &workload->edge_annotation_count);
    if (at.node == NULL)
        return;
    struct scope inside = scope_inside(scope, at);
    exposure->sources = scope_value(&inside, WORD_EXPOSE_SOURCES);
    exposure->is_internal = node_child(at.node, WORD_EXPOSE_INTERNAL) != NULL;
    exposure->is_local = node_child(at.node, WORD_EXPOSE_LOCAL) != NULL;
    exposure->span = at.node->span;
}

/* A namespace is a DNS label; with a slash, or as an address, it is a block. */
static const struct value *
read_source(const struct scope *scope, const struct value *source)
{
    struct arena *arena = scope->resolver->arena;
    if (!is_value_known(source) || is_dns_label(source->text) ||
        is_address_block(source->text))
        return source;
    struct value *block = arena_new(arena, sizeof *block);
    *block = *source;
    if (is_ipv4(source->text) || is_ipv6(source->text)) {
        block->text =
            arena_format(arena, is_ipv4(source->text) ? "{}/32" : "{}/128",
                         STRS(source->text));
        return block;
    }
    diag_add(scope->resolver->sink, DIAG_L03, source->span,
             STRS(STR("a namespace or a block of addresses"), source->text));
    block->kind = VALUE_POISON;
    return block;
}

void
resolve_admissions(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_REACHED_BY);
    struct vec admissions;
    vec_init(&admissions, scope->resolver->arena, sizeof(struct admission));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        const struct value *source =
            read_source(scope, scope_argument(scope, *at, 0));
        const struct value *names = scope_value(&inside, WORD_REACHED_BY_ON);
        if (source == NULL || is_value_poison(source))
            continue;
        for (size_t k = 0; names != NULL && k < names->item_count; k++)
            bind_port(scope, workload->ports, workload->port_count,
                      &names->items[k]);
        struct admission *admission = vec_add(&admissions);
        *admission = (struct admission){source, has_byte(source->text, '/'),
                                        names, at->node->span};
    }
    workload->admissions = admissions.items;
    workload->admission_count = admissions.count;
}
