/*
 * Look-up through layers. `without` in a layer hides what weaker ones say.
 */
#include "resolve/layers.h"

#include "resolve/fold.h"
#include "resolve/node.h"
#include "resolve/typing.h"

static void
scope_add(struct scope *scope, enum layer layer, const struct node *node)
{
    if (node == NULL)
        return;
    scope->layers[scope->count++] = (struct scope_layer){layer, node};
    if (node->words != NULL)
        word_set_join(&scope->words, node->words);
}

struct scope
scope_of_block(struct resolver *resolver, const struct node *node)
{
    struct scope scope = {.resolver = resolver};
    bool is_project = node != NULL && node->word->id == WORD_PROJECT;
    scope_add(&scope, is_project ? LAYER_PROJECT : LAYER_ENVIRONMENT, node);
    return scope;
}

struct scope
scope_of_environment(struct resolver *resolver,
                     const struct environment_entry *environment)
{
    struct scope scope = {.resolver = resolver, .environment = environment};
    scope_add(&scope, LAYER_PROJECT, resolver->project);
    if (environment->like != NULL)
        scope_add(&scope, LAYER_LIKE, environment->like->node);
    scope_add(&scope, LAYER_ENVIRONMENT, environment->node);
    return scope;
}

static const struct node *
find_run(const struct environment_entry *environment,
         const struct service_entry *service)
{
    return map_find(&environment->runs, node_key(service->node));
}

struct scope
scope_of_workload(struct resolver *resolver,
                  const struct environment_entry *environment,
                  const struct service_entry *service)
{
    struct scope scope = {
        .resolver = resolver, .environment = environment, .service = service};
    scope_add(&scope, LAYER_PROJECT, resolver->project);
    scope_add(&scope, LAYER_PROFILE, service->profile);
    scope_add(&scope, LAYER_SERVICE, service->node);
    if (environment->like != NULL) {
        scope_add(&scope, LAYER_LIKE, environment->like->node);
        scope_add(&scope, LAYER_LIKE, find_run(environment->like, service));
    }
    scope_add(&scope, LAYER_ENVIRONMENT, environment->node);
    scope_add(&scope, LAYER_RUN, find_run(environment, service));
    return scope;
}

struct scope
scope_inside(const struct scope *scope, struct scope_node at)
{
    struct scope inside = {.resolver = scope->resolver,
                           .environment = scope->environment,
                           .service = scope->service};
    scope_add(&inside, at.layer, at.node);
    return inside;
}

/* Does `without WORD [KEY]` take out this word, with this key? */
static bool
takes_out_child(const struct node *without, const struct word *word,
                struct str key)
{
    const struct argument *name = without->cells[0].syntax;
    const struct argument *which = without->cells[1].syntax;
    return without->word->id == WORD_WITHOUT && name != NULL &&
           is_str_equal(name->text, str_from(word->name)) &&
           (which == NULL || is_str_equal(which->text, key));
}

static bool
takes_out(const struct node *layer, const struct word *word, struct str key)
{
    if (layer->words == NULL || !word_set_has(layer->words, WORD_WITHOUT))
        return false;
    for (const struct node *without = node_child(layer, WORD_WITHOUT);
         without != NULL; without = without->next_same) {
        if (takes_out_child(without, word, key))
            return true;
    }
    return false;
}

/* Does a layer below `top` say what this `without` takes out? */
static bool
takes_something(const struct scope *scope, size_t top,
                const struct node *without)
{
    for (size_t i = 0; i < top; i++) {
        const struct node *layer = scope->layers[i].node;
        for (size_t j = 0; j < layer->child_count; j++) {
            const struct node *child = layer->children[j];
            if (takes_out_child(without, child->word, node_key(child)))
                return true;
        }
    }
    return false;
}

void
check_without(const struct scope *scope)
{
    for (size_t i = 0; i < scope->count; i++) {
        const struct scope_layer *layer = &scope->layers[i];
        if (layer->layer != LAYER_RUN && layer->layer != LAYER_SERVICE)
            continue;
        for (const struct node *node = node_child(layer->node, WORD_WITHOUT);
             node != NULL; node = node->next_same) {
            if (node->cells[0].syntax == NULL ||
                takes_something(scope, i, node))
                continue;
            struct diag *diag =
                diag_add(scope->resolver->sink, DIAG_L37, node->span,
                         STRS(node->cells[0].syntax->text));
            diag_label(diag, "no weaker layer says it", NO_STRS);
        }
    }
}

/* Does no layer say this word, nor take anything out? */
static bool
is_unsaid(const struct scope *scope, enum word_id id)
{
    return !word_set_has(&scope->words, id) &&
           !word_set_has(&scope->words, WORD_WITHOUT);
}

struct scope_node
scope_find(const struct scope *scope, enum word_id id)
{
    size_t count = word_set_has(&scope->words, id) ? scope->count : 0;
    for (size_t i = count; i-- > 0;) {
        const struct scope_layer *layer = &scope->layers[i];
        const struct node *found = node_child(layer->node, id);
        if (found != NULL)
            return (struct scope_node){found, layer->layer};
        if (takes_out(layer->node, schema_word(id), STR("")))
            break;
    }
    return (struct scope_node){NULL, LAYER_DEFAULT};
}

bool
scope_has(const struct scope *scope, enum word_id id)
{
    return scope_find(scope, id).node != NULL;
}

static bool
have_paths(const struct node *same)
{
    for (; same != NULL; same = same->next_same) {
        if (same->has_paths)
            return true;
    }
    return false;
}

const struct node *
scope_constant(const struct scope *scope, enum word_id id)
{
    const struct node *constant = NULL;
    if (!word_set_has(&scope->words, id) ||
        word_set_has(&scope->words, WORD_WITHOUT))
        return NULL;
    for (size_t i = 0; i < scope->count; i++) {
        const struct node *node = node_child(scope->layers[i].node, id);
        if (node == NULL)
            continue;
        if (constant != NULL || have_paths(node))
            return NULL;
        constant = node;
    }
    return constant;
}

const struct value *
scope_argument(const struct scope *scope, struct scope_node at, size_t index)
{
    const struct cell *cell = &at.node->cells[index];
    if (cell->syntax == NULL)
        return NULL;
    if (cell->value != NULL)
        return cell->value;
    return fold_argument(scope, &at.node->word->arguments[index], cell->syntax,
                         at.layer);
}

const struct value *
value_above(struct arena *arena, const struct value *value, enum layer layer,
            const struct origin *weaker)
{
    if (value->origin == NULL ||
        (weaker == NULL && value->origin->layer == layer))
        return value;
    struct origin *origin = arena_new(arena, sizeof *origin);
    struct value *copy = arena_new(arena, sizeof *copy);
    *origin = *value->origin;
    if (origin->layer != LAYER_GIVEN)
        origin->layer = layer;
    if (origin->weaker == NULL)
        origin->weaker = weaker;
    *copy = *value;
    copy->origin = origin;
    return copy;
}

/* The chain of what layers below `top` say of the same word. */
static const struct origin *
weaker_origins(const struct scope *scope, size_t top, enum word_id id)
{
    struct origin *chain = NULL;
    for (size_t i = 0; i < top; i++) {
        const struct node *node = node_child(scope->layers[i].node, id);
        if (node == NULL)
            continue;
        struct origin *origin =
            arena_new(scope->resolver->arena, sizeof *origin);
        origin->span = node->span;
        origin->layer = scope->layers[i].layer;
        origin->weaker = chain;
        chain = origin;
    }
    return chain;
}

const struct value *
scope_value(const struct scope *scope, enum word_id id)
{
    size_t count = is_unsaid(scope, id) ? 0 : scope->count;
    for (size_t i = count; i-- > 0;) {
        const struct scope_layer *layer = &scope->layers[i];
        const struct node *node = node_child(layer->node, id);
        if (node != NULL) {
            struct scope_node at = {node, layer->layer};
            const struct value *value = scope_argument(scope, at, 0);
            if (value == NULL)
                return NULL;
            return value_above(scope->resolver->arena, value, layer->layer,
                               weaker_origins(scope, i, id));
        }
        if (takes_out(layer->node, schema_word(id), STR("")))
            return NULL;
    }
    return fold_fallback(scope, schema_word(id));
}

/* Adds a layer's statements; an equal key takes the weaker one's place. */
static void
add_layer(struct vec *list, struct map *keys, const struct scope_layer *layer,
          enum word_id id)
{
    const struct word *word = schema_word(id);
    for (const struct node *node = node_child(layer->node, id); node != NULL;
         node = node->next_same) {
        struct str key = node_key(node);
        uintptr_t place =
            word->occurs == OCCURS_KEYED ? (uintptr_t)map_find(keys, key) : 0;
        struct scope_node *entry =
            place != 0 ? vec_at(list, place - 1) : vec_add(list);
        *entry = (struct scope_node){node, layer->layer};
        map_put(keys, key,
                (const void *)(uintptr_t)(place != 0 ? place : list->count));
    }
}

static void
remove_taken_out(struct vec *list, struct map *keys,
                 const struct scope_layer *layer, const struct word *word)
{
    struct scope_node *entries = list->items;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!takes_out(layer->node, word, node_key(entries[i].node)))
            entries[kept++] = entries[i];
    }
    if (kept == list->count)
        return;
    list->count = kept;
    map_init(keys, keys->arena);
    for (size_t i = 0; i < kept; i++)
        map_put(keys, node_key(entries[i].node),
                (const void *)(uintptr_t)(i + 1));
}

struct vec
scope_list(const struct scope *scope, enum word_id id)
{
    struct vec list;
    struct map keys;
    vec_init(&list, scope->resolver->arena, sizeof(struct scope_node));
    if (!word_set_has(&scope->words, id))
        return list;
    map_init(&keys, scope->resolver->arena);
    for (size_t i = 0; i < scope->count; i++) {
        remove_taken_out(&list, &keys, &scope->layers[i], schema_word(id));
        add_layer(&list, &keys, &scope->layers[i], id);
    }
    return list;
}
