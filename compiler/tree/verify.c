/*
 * Is the folder exactly what the documents say? What differs is reported, and
 * nothing is changed.
 */
#include "tree/conflict.h"
#include "tree/open.h"

static void
report_entry(struct sink *sink, const struct action *action)
{
    switch (action->change) {
    case TREE_CREATED:
        report_missing(sink, action->found->document);
        break;
    case TREE_CHANGED:
        if (action->found->is_same)
            report_unrunnable(sink, action->found->document);
        else
            report_stale(sink, action->found->document);
        break;
    case TREE_REMOVED:
        report_orphan(sink, action->path);
        break;
    case TREE_KEPT:
        break;
    }
}

static void
report_plan(const struct tree *tree, struct arena *scratch)
{
    struct sink *sink = tree->sink;
    const struct plan *plan = &tree->plan;
    for (size_t i = 0; i < plan->actions.count; i++)
        report_entry(sink, plan_action(plan, i));
    if (tree->leftover.staging >= 0)
        report_unfinished(sink);
    bool is_same = plan->change_count == 0 && plan->conflict_count == 0;
    if (is_same &&
        !is_str_equal(tree_next_lock(tree, scratch), tree->lock_text))
        report_stale_lock(sink);
}

struct status
tree_verify(struct tree *tree, const struct documents *documents,
            struct tree_result *result)
{
    *result = (struct tree_result){0};
    struct status status = tree_plan(tree, documents);
    if (status.kind == STATUS_OK) {
        report_plan(tree, documents->scratch);
        tree_result(tree, result);
    }
    tree_close(tree);
    return status;
}
