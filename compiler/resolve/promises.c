/*
 * What is promised and watched, and the program's own rules: objectives,
 * monitor, allow, policy.
 */
#include "resolve/lowering.h"

#include "resolve/bind.h"
#include "resolve/fold.h"
#include "resolve/node.h"
#include "resolve/placement.h"
#include "resolve/typing.h"

static void
resolve_objective(const struct scope *outer, const struct node *node,
                  struct vec *list)
{
    struct environment_entry *entry =
        bind_environment(outer->resolver, node->cells[0].value);
    if (entry == NULL)
        return;
    struct scope scope =
        scope_inside(outer, (struct scope_node){node, LAYER_ENVIRONMENT});
    struct objective *objective = vec_add(list);
    objective->environment = entry->result;
    objective->span = node->word_span;
    objective->deploys = scope_value(&scope, WORD_DEPLOYS);
    objective->within = scope_value(&scope, WORD_WITHIN);
    objective->success = scope_value(&scope, WORD_SUCCESS);
    objective->recover = scope_value(&scope, WORD_RECOVER);
    objective->rollbacks = scope_value(&scope, WORD_ROLLBACKS);
}

void
resolve_objectives(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_OBJECTIVES);
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct objective));
    for (size_t i = 0; node != NULL && i < node->child_count; i++) {
        struct scope scope = scope_of_block(resolver, node);
        resolve_objective(&scope, node->children[i], &list);
    }
    resolver->ir->objectives = list.items;
    resolver->ir->objective_count = list.count;
}

static void
resolve_alert(struct resolver *resolver, const struct node *node,
              struct alert *alert)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    alert->name = node_key(node);
    alert->span = node->span;
    alert->comparison = scope_argument(&scope, at, 1);
    alert->is_increase = scope_has(&scope, WORD_ALERT_IN);
    alert->window = scope_value(&scope, alert->is_increase ? WORD_ALERT_IN
                                                           : WORD_ALERT_FOR);
    alert->expression = scope_value(&scope, WORD_ALERT_EXPR);
}

static void
resolve_monitoring(struct resolver *resolver, const struct node *node)
{
    struct scope scope = scope_of_block(resolver, node);
    struct monitoring *monitoring =
        arena_new(resolver->arena, sizeof *monitoring);
    struct scope_node at = scope_find(&scope, WORD_SCRAPE);
    monitoring->span = node->span;
    monitoring->scrape = scope_value(&scope, WORD_SCRAPE);
    if (at.node != NULL) {
        struct scope inside = scope_inside(&scope, at);
        monitoring->interval = scope_value(&inside, WORD_SCRAPE_EVERY);
    }
    monitoring->labels =
        resolve_pairs(&scope, WORD_MONITOR_LABEL, &monitoring->label_count);
    resolver->ir->monitoring = monitoring;
}

void
resolve_alerts(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_MONITOR);
    if (node != NULL)
        resolve_monitoring(resolver, node);
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct alert));
    for (size_t i = 0; node != NULL && i < node->child_count; i++) {
        if (node->children[i]->word->id == WORD_ALERT)
            resolve_alert(resolver, node->children[i], vec_add(&list));
    }
    resolver->ir->alerts = list.items;
    resolver->ir->alert_count = list.count;
}

static void
resolve_allow(struct resolver *resolver, const struct node *node,
              struct vec *list)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    const struct value *code = scope_argument(&scope, at, 0);
    const struct value *object = scope_value(&scope, WORD_ALLOW_ON);
    if (!is_value_known(code))
        return;
    struct allow *allow = vec_add(list);
    allow->code = code->text;
    allow->object = object == NULL ? STR("") : object->text;
    allow->reason = scope_argument(&scope, at, 1);
    allow->until = scope_value(&scope, WORD_UNTIL);
    allow->span = node->span;
    allow->code_span = code->span;
}

void
resolve_allows(struct resolver *resolver)
{
    const struct node *policy = find_statement(resolver, WORD_POLICY);
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct allow));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        if (resolver->statements[i]->word->id == WORD_ALLOW)
            resolve_allow(resolver, resolver->statements[i], &list);
    }
    resolver->ir->allows = list.items;
    resolver->ir->allow_count = list.count;
    if (policy == NULL)
        return;
    struct scope scope = scope_of_block(resolver, policy);
    resolver->ir->never_allow = scope_value(&scope, WORD_NEVER_ALLOW);
    resolver->ir->today = scope_value(&scope, WORD_TODAY);
}
