/*
 * How a release moves and is taken back: promote, never, rollback, protect.
 */
#include "resolve/lowering.h"

#include "resolve/bind.h"
#include "resolve/environments.h"
#include "resolve/layers.h"
#include "resolve/node.h"

struct edge {
    const struct environment *from;
    const struct environment *to;
};

/* Both ends known, or false. */
static bool
resolve_edge(struct resolver *resolver, const struct node *node,
             struct edge *edge)
{
    const struct value *ends = node->cells[0].value;
    if (ends == NULL || ends->item_count != 2)
        return false;
    struct environment_entry *from =
        bind_environment(resolver, &ends->items[0]);
    struct environment_entry *to = bind_environment(resolver, &ends->items[1]);
    if (from == NULL || to == NULL)
        return false;
    *edge = (struct edge){from->result, to->result};
    return true;
}

static void
resolve_promotion(struct resolver *resolver, const struct node *node,
                  struct vec *list)
{
    struct edge edge;
    if (!resolve_edge(resolver, node, &edge))
        return;
    struct scope scope = scope_of_block(resolver, node);
    struct promotion *promotion = vec_add(list);
    promotion->from = edge.from;
    promotion->to = edge.to;
    promotion->span = node->cells[0].syntax->span;
    promotion->when_healthy = scope_has(&scope, WORD_WHEN);
    promotion->soak = scope_value(&scope, WORD_SOAK);
    promotion->approval = resolve_approval(&scope);
    promotion->confirm = scope_value(&scope, WORD_CONFIRM);
}

void
resolve_promotions(struct resolver *resolver)
{
    struct vec promotions;
    struct vec forbidden;
    struct edge edge;
    vec_init(&promotions, resolver->arena, sizeof(struct promotion));
    vec_init(&forbidden, resolver->arena, sizeof(struct forbidden));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_PROMOTE)
            resolve_promotion(resolver, node, &promotions);
        if (node->word->id == WORD_NEVER &&
            resolve_edge(resolver, node, &edge)) {
            struct forbidden *never = vec_add(&forbidden);
            *never = (struct forbidden){edge.from, edge.to,
                                        node->cells[0].syntax->span};
        }
    }
    resolver->ir->promotions = promotions.items;
    resolver->ir->promotion_count = promotions.count;
    resolver->ir->forbidden = forbidden.items;
    resolver->ir->forbidden_count = forbidden.count;
}

static void
resolve_confirmations(const struct scope *scope, struct rollback *rollback)
{
    struct resolver *resolver = scope->resolver;
    struct vec list = scope_list(scope, WORD_ROLLBACK_CONFIRM);
    struct vec confirmations;
    vec_init(&confirmations, resolver->arena, sizeof(struct confirmation));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct environment_entry *entry =
            bind_environment(resolver, scope_argument(scope, *at, 0));
        if (entry == NULL)
            continue;
        struct confirmation *confirmation = vec_add(&confirmations);
        *confirmation =
            (struct confirmation){entry->result, scope_argument(scope, *at, 1)};
    }
    rollback->confirmations = confirmations.items;
    rollback->confirmation_count = confirmations.count;
}

void
resolve_rollback(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_ROLLBACK);
    if (node == NULL)
        return;
    struct scope scope = scope_of_block(resolver, node);
    struct rollback *rollback = arena_new(resolver->arena, sizeof *rollback);
    struct scope_node verify = scope_find(&scope, WORD_VERIFY);
    rollback->span = node->word_span;
    rollback->keep = scope_value(&scope, WORD_ROLLBACK_KEEP);
    rollback->backs_up_state = scope_has(&scope, WORD_BACKUP);
    rollback->verifies_health = verify.node != NULL;
    if (verify.node != NULL) {
        struct scope inside = scope_inside(&scope, verify.node);
        rollback->errors = scope_value(&inside, WORD_ERRORS);
    }
    rollback->reports_incident = scope_has(&scope, WORD_REPORT);
    resolve_confirmations(&scope, rollback);
    resolver->ir->rollback = rollback;
}

static void
resolve_protection(struct resolver *resolver, const struct node *node,
                   struct protection *protection)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct scope_node admins = scope_find(&scope, WORD_ADMINS);
    protection->branch = scope_argument(&scope, at, 0);
    protection->span = node->span;
    protection->reviews = scope_value(&scope, WORD_REVIEWS);
    protection->checks = scope_value(&scope, WORD_CHECKS);
    protection->push = scope_value(&scope, WORD_PUSH);
    protection->is_up_to_date = scope_has(&scope, WORD_UP_TO_DATE);
    protection->resolves_conversations = scope_has(&scope, WORD_CONVERSATIONS);
    protection->is_signed = scope_has(&scope, WORD_SIGNED);
    protection->admins_bypass = admins.node != NULL;
    if (admins.node != NULL)
        protection->admins_span = admins.node->span;
}

void
resolve_protections(struct resolver *resolver)
{
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct protection));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_PROTECT && node->cells[0].syntax != NULL)
            resolve_protection(resolver, node, vec_add(&list));
    }
    resolver->ir->protections = list.items;
    resolver->ir->protection_count = list.count;
}
