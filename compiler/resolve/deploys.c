/*
 * `deploy`: its steps, in the order of the block.
 */
#include "resolve/bind.h"
#include "resolve/environments.h"
#include "resolve/node.h"

static const struct {
    enum word_id word;
    enum step_kind kind;
} step_words[] = {
    {WORD_SCAN, STEP_SCAN},        {WORD_APPROVE, STEP_APPROVE},
    {WORD_MIGRATE, STEP_MIGRATE},  {WORD_TASK_STEP, STEP_TASK},
    {WORD_TEST, STEP_TEST},        {WORD_SHARE, STEP_SHARE},
    {WORD_SWITCH, STEP_SWITCH},    {WORD_WATCH, STEP_WATCH},
    {WORD_KEEP_COLOUR, STEP_KEEP}, {WORD_DEPLOY_ROLLBACK, STEP_ROLLBACK},
    {WORD_NOTIFY, STEP_NOTIFY},
};

static const enum word_id metric_words[] = {WORD_ERRORS, WORD_LATENCY_P50,
                                            WORD_LATENCY_P95, WORD_LATENCY_P99};

/* What a step says, in an environment's `deploy`. */
static struct scope
scope_of_step(const struct scope *scope, const struct node *node)
{
    return scope_inside(scope, (struct scope_node){node, LAYER_ENVIRONMENT});
}

static const struct approval *
read_approval(const struct scope *scope, const struct node *node)
{
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct scope inside = scope_of_step(scope, node);
    struct approval *approval =
        arena_new(scope->resolver->arena, sizeof *approval);
    const struct value *count = scope_argument(scope, at, 0);
    approval->is_optional = count != NULL && count->kind == VALUE_TEXT;
    approval->count = approval->is_optional ? NULL : count;
    approval->teams = scope_value(&inside, WORD_BY);
    approval->self_review = scope_value(&inside, WORD_SELF_REVIEW);
    approval->span = node->span;
    return approval;
}

const struct approval *
resolve_approval(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_APPROVE);
    return at.node == NULL ? NULL : read_approval(scope, at.node);
}

static void
add_threshold(const struct scope *scope, struct vec *list, struct scope_node at)
{
    struct threshold *threshold = vec_add(list);
    threshold->metric = str_from(at.node->word->name);
    threshold->comparison = scope_argument(scope, at, 0);
    threshold->span = at.node->span;
}

/* Of each metric the bound in `node`, else that in `other`, if there is one. */
static void
read_thresholds(const struct scope *scope, struct step *step,
                const struct node *node, const struct node *other)
{
    struct scope inside = scope_of_step(scope, node);
    struct vec list;
    vec_init(&list, scope->resolver->arena, sizeof(struct threshold));
    for (size_t i = 0; i < sizeof metric_words / sizeof metric_words[0]; i++) {
        struct scope_node at = scope_find(&inside, metric_words[i]);
        if (at.node == NULL && other != NULL) {
            struct scope beside = scope_of_step(scope, other);
            at = scope_find(&beside, metric_words[i]);
        }
        if (at.node != NULL)
            add_threshold(scope, &list, at);
    }
    step->thresholds = list.items;
    step->threshold_count = list.count;
}

static void
read_share(const struct scope *scope, struct step *step,
           const struct node *node)
{
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct scope inside = scope_of_step(scope, node);
    struct scope_node deploy = scope_find(scope, WORD_DEPLOY);
    step->share = scope_argument(scope, at, 0);
    step->duration = scope_value(&inside, WORD_SHARE_FOR);
    read_thresholds(scope, step, node, node_child(deploy.node, WORD_WATCH));
}

static void
read_notify(const struct scope *scope, struct step *step,
            const struct node *node)
{
    struct scope inside = scope_of_step(scope, node);
    const struct value *on = scope_value(&inside, WORD_NOTIFY_ON);
    step->channel = bind_channel(scope->resolver, node->cells[0].value);
    step->notify_on = NOTIFY_ALWAYS;
    if (on != NULL && on->kind == VALUE_TEXT)
        step->notify_on = is_str_equal(on->text, STR("failure"))
                              ? NOTIFY_FAILURE
                              : NOTIFY_SUCCESS;
}

/* NULL when it is none, after a report. */
static const struct service *
bind_task(struct resolver *resolver, const struct value *name)
{
    struct service_entry *entry = bind_service(resolver, name);
    if (entry == NULL)
        return NULL;
    if (entry->result->kind == SERVICE_TASK)
        return entry->result;
    diag_add(resolver->sink, DIAG_L07, name->span,
             STRS(STR("task"), name->text));
    return NULL;
}

static void
read_step(const struct scope *scope, struct step *step, const struct node *node)
{
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct scope inside = scope_of_step(scope, node);
    step->span = node->span;
    switch (step->kind) {
    case STEP_APPROVE:
        step->approval = read_approval(scope, node);
        return;
    case STEP_SHARE:
        read_share(scope, step, node);
        return;
    case STEP_SWITCH:
        step->approval = resolve_approval(&inside);
        return;
    case STEP_SCAN:
    case STEP_ROLLBACK:
        step->name = scope_argument(scope, at, 0);
        return;
    case STEP_TEST:
        step->name = scope_argument(scope, at, 0);
        step->command = scope_argument(scope, at, 1);
        return;
    case STEP_WATCH:
        step->duration = scope_argument(scope, at, 0);
        read_thresholds(scope, step, node, NULL);
        return;
    case STEP_KEEP:
        step->duration = scope_argument(scope, at, 0);
        return;
    case STEP_NOTIFY:
        read_notify(scope, step, node);
        return;
    case STEP_TASK:
        step->task = bind_task(scope->resolver, scope_argument(scope, at, 0));
        return;
    case STEP_MIGRATE:
        return;
    }
}

static void
add_step(const struct scope *scope, struct vec *steps, const struct node *node)
{
    for (size_t i = 0; i < sizeof step_words / sizeof step_words[0]; i++) {
        if (step_words[i].word != node->word->id)
            continue;
        struct step step = {.kind = step_words[i].kind};
        read_step(scope, &step, node);
        *(struct step *)vec_add(steps) = step;
    }
}

static enum strategy
read_strategy(const struct value *word)
{
    if (!is_value_known(word))
        return STRATEGY_ROLLING;
    if (is_str_equal(word->text, STR("canary")))
        return STRATEGY_CANARY;
    return is_str_equal(word->text, STR("blue-green")) ? STRATEGY_BLUE_GREEN
                                                       : STRATEGY_ROLLING;
}

static enum engine
read_engine(const struct scope *scope, const struct node *node)
{
    struct scope inside = scope_of_step(scope, node);
    const struct value *word = scope_value(&inside, WORD_VIA);
    return is_value_known(word) &&
                   is_str_equal(word->text, STR("argo-rollouts"))
               ? ENGINE_ARGO_ROLLOUTS
               : ENGINE_KUBERNETES;
}

const struct deploy *
resolve_deploy(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_DEPLOY);
    if (at.node == NULL)
        return NULL;
    struct deploy *deploy = arena_new(scope->resolver->arena, sizeof *deploy);
    struct vec steps;
    vec_init(&steps, scope->resolver->arena, sizeof(struct step));
    for (size_t i = 0; i < at.node->child_count; i++)
        add_step(scope, &steps, at.node->children[i]);
    deploy->engine = read_engine(scope, at.node);
    deploy->strategy = read_strategy(scope_argument(scope, at, 0));
    deploy->span = at.node->span;
    deploy->steps = steps.items;
    deploy->step_count = steps.count;
    return deploy;
}
