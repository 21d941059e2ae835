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

/* A window without its days or hours is reported, and none. */
static void
resolve_windows(const struct scope *scope, struct promotion *promotion)
{
    struct arena *arena = scope->resolver->arena;
    struct vec list = scope_list(scope, WORD_WINDOW);
    struct vec windows;
    vec_init(&windows, arena, sizeof(struct window));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        struct window window = {
            scope_argument(scope, *at, 0), scope_argument(scope, *at, 1),
            scope_value(&inside, WORD_WINDOW_ZONE), at->node->span};
        if (is_value_known(window.days) && is_value_known(window.hours) &&
            is_value_known(window.zone))
            *(struct window *)vec_add(&windows) = window;
    }
    promotion->windows = windows.items;
    promotion->window_count = windows.count;
}

static void
resolve_pending(const struct scope *scope, struct promotion *promotion)
{
    struct vec list = scope_list(scope, WORD_PENDING);
    struct vec pending;
    vec_init(&pending, scope->resolver->arena, sizeof(const struct value *));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        const struct value *item = scope_argument(scope, *at, 0);
        if (is_value_known(item))
            *(const struct value **)vec_add(&pending) = item;
    }
    promotion->pending = pending.items;
    promotion->pending_count = pending.count;
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
    resolve_windows(&scope, promotion);
    resolve_pending(&scope, promotion);
}

/* The environments that it names; none when it names none. */
static void
resolve_frozen(const struct scope *scope, struct freeze *freeze)
{
    struct resolver *resolver = scope->resolver;
    const struct value *names = scope_value(scope, WORD_FREEZE_IN);
    size_t count = names == NULL ? 0 : names->item_count;
    freeze->environments =
        arena_array(resolver->arena, count, sizeof *freeze->environments);
    for (size_t i = 0; i < count; i++) {
        struct environment_entry *entry =
            bind_environment(resolver, &names->items[i]);
        if (entry != NULL)
            freeze->environments[freeze->environment_count++] = entry->result;
    }
}

static void
resolve_freeze(struct resolver *resolver, const struct node *node,
               struct vec *freezes)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct freeze freeze = {.days = scope_argument(&scope, at, 0),
                            .reason = scope_argument(&scope, at, 1),
                            .zone = scope_value(&scope, WORD_WINDOW_ZONE),
                            .span = node->span};
    resolve_frozen(&scope, &freeze);
    if (is_value_known(freeze.days) && is_value_known(freeze.zone))
        *(struct freeze *)vec_add(freezes) = freeze;
}

void
resolve_brakes(struct resolver *resolver)
{
    struct vec freezes;
    struct vec denials;
    vec_init(&freezes, resolver->arena, sizeof(struct freeze));
    vec_init(&denials, resolver->arena, sizeof(struct denial));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_FREEZE)
            resolve_freeze(resolver, node, &freezes);
        if (node->word->id == WORD_DENY &&
            is_value_known(node->cells[0].value)) {
            struct denial *denial = vec_add(&denials);
            *denial = (struct denial){node->cells[0].value,
                                      node->cells[1].value, node->span};
        }
    }
    resolver->ir->freezes = freezes.items;
    resolver->ir->freeze_count = freezes.count;
    resolver->ir->denials = denials.items;
    resolver->ir->denial_count = denials.count;
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
need_preview_word(const struct scope *scope, const struct node *node,
                  enum word_id id, const char *word)
{
    if (scope_has(scope, id))
        return;
    struct diag *diag =
        diag_add(scope->resolver->sink, DIAG_L29, node->word_span,
                 STRS(STR("`preview`"), str_from(word)));
    diag_help(diag, "write it like `preview from staging {{ ttl 48h }`",
              NO_STRS);
}

void
resolve_preview(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_PREVIEW);
    if (node == NULL)
        return;
    struct scope scope = scope_of_block(resolver, node);
    need_preview_word(&scope, node, WORD_PREVIEW_FROM, "from");
    need_preview_word(&scope, node, WORD_PREVIEW_TTL, "ttl");
    const struct value *from = scope_value(&scope, WORD_PREVIEW_FROM);
    struct environment_entry *entry =
        from == NULL ? NULL : bind_environment(resolver, from);
    if (entry == NULL)
        return;
    struct preview *preview = arena_new(resolver->arena, sizeof *preview);
    preview->from = entry->result;
    preview->from_span = from->span;
    preview->ttl = scope_value(&scope, WORD_PREVIEW_TTL);
    preview->span = node->word_span;
    resolver->ir->preview = preview;
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
        struct scope inside = scope_inside(&scope, verify);
        rollback->errors = scope_value(&inside, WORD_ERRORS);
    }
    rollback->reports_incident = scope_has(&scope, WORD_REPORT);
    resolve_confirmations(&scope, rollback);
    resolver->ir->rollback = rollback;
}

static void
resolve_deployed(const struct scope *scope, struct protection *protection)
{
    const struct value *names = scope_value(scope, WORD_DEPLOYED);
    struct vec list;
    vec_init(&list, scope->resolver->arena, sizeof(struct environment *));
    protection->deployed_value = names;
    if (names == NULL || names->kind != VALUE_LIST)
        return;
    for (size_t i = 0; i < names->item_count; i++) {
        struct environment_entry *entry =
            bind_environment(scope->resolver, &names->items[i]);
        if (entry != NULL)
            vec_add_pointer(&list, entry->result);
    }
    protection->deployed = list.items;
    protection->deployed_count = list.count;
}

static void
resolve_protection_options(const struct scope *scope,
                           struct protection *protection)
{
    struct scope_node queue = scope_find(scope, WORD_MERGE_QUEUE);
    protection->is_linear = scope_has(scope, WORD_LINEAR);
    protection->needs_code_owners = scope_has(scope, WORD_CODE_OWNERS);
    protection->stale_reviews = scope_value(scope, WORD_STALE_REVIEWS);
    protection->last_push = scope_value(scope, WORD_LAST_PUSH);
    protection->force_push = scope_value(scope, WORD_FORCE_PUSH);
    protection->deletion = scope_value(scope, WORD_DELETION);
    protection->rules = scope_value(scope, WORD_RULES);
    protection->has_merge_queue = queue.node != NULL;
    if (queue.node != NULL) {
        protection->merge_queue_span = queue.node->span;
        protection->merge_method = scope_argument(scope, queue, 0);
    }
    resolve_deployed(scope, protection);
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
    resolve_protection_options(&scope, protection);
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
