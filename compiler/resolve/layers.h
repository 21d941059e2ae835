/*
 * Facts come in layers, weakest first (design 1.2). A scope is the row of
 * layers in which one thing is looked up, and the environment and service
 * that its ${paths} speak of.
 */
#ifndef RESOLVE_LAYERS_H
#define RESOLVE_LAYERS_H

#include "resolve/resolver.h"

enum { SCOPE_LAYERS_MAX = 8 };

struct scope_layer {
    enum layer layer;
    const struct node *node;
};

struct scope {
    struct resolver *resolver;
    struct scope_layer layers[SCOPE_LAYERS_MAX]; /* weakest first */
    size_t count;
    struct word_set words;                       /* of all layers */
    const struct environment_entry *environment; /* or NULL */
    const struct service_entry *service;         /* or NULL */
};

/* A statement of some layer. */
struct scope_node {
    const struct node *node;
    enum layer layer;
};

/* One block alone, such as a zone's. */
struct scope scope_of_block(struct resolver *resolver, const struct node *node);
/* What an environment says: project, the one it is like, itself. */
struct scope scope_of_environment(struct resolver *resolver,
                                  const struct environment_entry *environment);
/* What a service is in an environment: all layers. */
struct scope scope_of_workload(struct resolver *resolver,
                               const struct environment_entry *environment,
                               const struct service_entry *service);
/* The clauses and block of one statement, with the same names around it. */
struct scope scope_inside(const struct scope *scope, struct scope_node at);

/* L37: a `without` of the service or its `run` that takes nothing out. */
void check_without(const struct scope *scope);
/* The strongest statement with this word; its node is NULL when none is. */
struct scope_node scope_find(const struct scope *scope, enum word_id id);
bool scope_has(const struct scope *scope, enum word_id id);
/* The first statement with this word, where one layer alone has any and they
 * mean the same wherever it is; or NULL. */
const struct node *scope_constant(const struct scope *scope, enum word_id id);
/* Its first argument, or the word's fallback, or NULL; with all layers in
 * the value's chain of origins. */
const struct value *scope_value(const struct scope *scope, enum word_id id);
/* Argument `index` of one statement; NULL when it was left out. */
const struct value *scope_argument(const struct scope *scope,
                                   struct scope_node at, size_t index);
/* Every statement of a KEYED or MANY word: merged by key, in the order in
 * which keys first appear from the weakest layer on. Of struct scope_node. */
struct vec scope_list(const struct scope *scope, enum word_id id);
/* `value` with `weaker` below it in its chain of origins. */
const struct value *value_above(struct arena *arena, const struct value *value,
                                enum layer layer, const struct origin *weaker);

#endif
