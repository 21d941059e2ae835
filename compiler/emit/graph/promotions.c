/*
 * The promotion graph: an environment a box, a promotion an arrow with its
 * gates, a forbidden edge an arrow that is struck out.
 */
#include "emit/graph/graph.h"

#include "ir/release.h"

static enum node_look
look_of(const struct environment *environment)
{
    switch (environment->tier) {
    case TIER_DEVELOPMENT:
        return LOOK_DEVELOPMENT;
    case TIER_STAGING:
        return LOOK_STAGING;
    case TIER_PRODUCTION:
        return LOOK_PRODUCTION;
    }
    return LOOK_PLAIN;
}

static struct str
strategy_of_deploy(const struct environment *environment)
{
    static const char *const names[] = {[STRATEGY_ROLLING] = "rolling",
                                        [STRATEGY_BLUE_GREEN] = "blue-green",
                                        [STRATEGY_CANARY] = "canary"};
    return environment->deploy == NULL
               ? STR("")
               : str_from(names[environment->deploy->strategy]);
}

static struct str
with_text(struct arena *arena, const char *form, const struct value *value)
{
    return is_value_known(value) ? arena_format(arena, form, STRS(value->text))
                                 : STR("");
}

static void
add_environment(struct graph *graph, const struct environment *environment)
{
    struct arena *arena = graph->arena;
    size_t index = graph_node_add(graph, environment->name,
                                  look_of(environment), NO_GROUP);
    struct node_lines *lines = &graph_node(graph, index)->lines;
    graph_line(lines, with_text(arena, "push to {}", environment->branch));
    graph_line(lines, with_text(arena, "tag {}", environment->tag));
    if (environment->cluster != NULL)
        graph_line(lines,
                   with_text(arena, "on {}", environment->cluster->name));
    graph_line(lines, strategy_of_deploy(environment));
}

static struct str
approval_line(struct arena *arena, const struct approval *approval)
{
    if (approval == NULL || !is_value_known(approval->count))
        return STR("");
    struct str text = arena_format(
        arena, approval->count->number == 1 ? "{} approval" : "{} approvals",
        STRS(approval->count->text));
    for (size_t i = 0;
         approval->teams != NULL && i < approval->teams->item_count; i++)
        text = arena_format(arena, i == 0 ? "{} by {}" : "{} or {}",
                            STRS(text, approval->teams->items[i].text));
    return text;
}

static void
add_promotion(struct graph *graph, const struct promotion *promotion)
{
    struct arena *arena = graph->arena;
    struct graph_edge *edge =
        graph_edge_add(graph, promotion->from->index, promotion->to->index);
    graph_line(&edge->lines,
               promotion->when_healthy ? STR("when healthy") : STR(""));
    graph_line(&edge->lines, with_text(arena, "soak {}", promotion->soak));
    graph_line(&edge->lines, approval_line(arena, promotion->approval));
    graph_line(&edge->lines, with_text(arena, "type “{}”", promotion->confirm));
    if (promotion->window_count > 0)
        graph_line(&edge->lines, STR("in its window"));
}

void
graph_promotions(struct graph *graph, const struct graph_input *input)
{
    const struct ir *ir = input->ir;
    for (size_t i = 0; i < ir->environment_count; i++)
        add_environment(graph, ir->environments[i]);
    for (size_t i = 0; i < ir->promotion_count; i++)
        add_promotion(graph, &ir->promotions[i]);
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        struct graph_edge *edge = graph_edge_add(
            graph, ir->forbidden[i].from->index, ir->forbidden[i].to->index);
        edge->is_forbidden = true;
        graph_line(&edge->lines, STR("never"));
    }
}
