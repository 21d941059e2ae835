/*
 * Nodes, taints, priority, and how the image gets there.
 */
#include "resolve/placement.h"

#include "resolve/node.h"

const struct pair *
resolve_pairs(const struct scope *scope, enum word_id id, size_t *count)
{
    struct vec list = scope_list(scope, id);
    struct pair *pairs =
        arena_array(scope->resolver->arena, list.count, sizeof *pairs);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        pairs[i].key = node_key(at->node);
        pairs[i].value = scope_argument(scope, *at, 1);
        pairs[i].span = at->node->span;
    }
    *count = list.count;
    return pairs;
}

static void
resolve_tolerations(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_TOLERATE);
    struct toleration *tolerations =
        arena_array(scope->resolver->arena, list.count, sizeof *tolerations);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        tolerations[i].taint = node_key(at->node);
        tolerations[i].value = scope_argument(scope, *at, 1);
        tolerations[i].effect = scope_value(&inside, WORD_TAINT_EFFECT);
        tolerations[i].span = at->node->span;
    }
    workload->tolerations = tolerations;
    workload->toleration_count = list.count;
}

void
resolve_placement(const struct scope *scope, struct workload *workload)
{
    workload->pull = scope_value(scope, WORD_PULL);
    workload->pull_secrets = scope_value(scope, WORD_PULL_SECRET);
    workload->priority = scope_value(scope, WORD_PRIORITY);
    workload->nodes = resolve_pairs(scope, WORD_NODE, &workload->node_count);
    resolve_tolerations(scope, workload);
}
