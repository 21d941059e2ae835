/*
 * Is the folder exactly what the documents say? What differs is reported, and
 * nothing is changed.
 */
#include "tree/conflict.h"
#include "tree/survey.h"

static void
report_entry(struct sink *sink, const struct action *action)
{
    switch (action->change) {
    case TREE_CREATED:
        report_missing(sink, action->document);
        break;
    case TREE_CHANGED:
        report_stale(sink, action->document);
        break;
    case TREE_REMOVED:
        report_orphan(sink, action->path);
        break;
    case TREE_KEPT:
        break;
    }
}

static void
report_survey(struct survey *survey, struct sink *sink)
{
    const struct plan *plan = &survey->plan;
    for (size_t i = 0; i < plan->actions.count; i++)
        report_entry(sink, plan_action(plan, i));
    if (survey->leftover.staging >= 0)
        report_unfinished(sink);
    bool is_same = plan->change_count == 0 && plan->conflict_count == 0;
    if (is_same && !is_str_equal(survey_next_lock(survey), survey->lock_text))
        report_stale_lock(sink);
}

struct status
tree_verify(struct arena *arena, struct sink *sink,
            const struct source_map *map, const struct documents *documents,
            const struct tree_options *options, struct tree_result *result)
{
    struct survey survey = {.arena = arena, .options = options};
    *result = (struct tree_result){0};
    if (check_paths(arena, sink, documents) > 0)
        return (struct status){STATUS_REFUSED,
                               STR("the documents cannot be files")};
    struct status status = survey_open(&survey, sink, map, documents);
    if (status.kind == STATUS_OK) {
        report_survey(&survey, sink);
        survey_result(&survey, result);
    }
    survey_close(&survey);
    return status;
}
