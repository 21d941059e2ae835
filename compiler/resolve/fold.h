/*
 * ${paths}: what the compiler knows is folded into the text, what only the
 * pipeline knows stays in it as a part, where the field accepts that
 * (design 1.3).
 *
 *     project.registry          env.namespace       env.host.api
 *     env.cluster.nodes         env.api.memory.min  env.config.LOG_LEVEL
 *     staging.api.memory.max    service.name        git.sha  version
 */
#ifndef RESOLVE_FOLD_H
#define RESOLVE_FOLD_H

#include "resolve/layers.h"

/* The argument with its paths filled in, typed. Never NULL. */
const struct value *fold_argument(const struct scope *scope,
                                  const struct argument_rule *rule,
                                  const struct argument *argument,
                                  enum layer layer);
/* The word's fallback in this scope; NULL when it has none. */
const struct value *fold_fallback(const struct scope *scope,
                                  const struct word *word);
/* What a path leads to; NULL when it leads nowhere, which is reported. */
const struct value *fold_path(const struct scope *scope, struct str path,
                              struct span span);
/* The same; that it leads nowhere is not reported. */
const struct value *fold_path_find(const struct scope *scope, struct str path,
                                   struct span span);

#endif
