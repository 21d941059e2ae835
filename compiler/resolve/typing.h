/*
 * Arguments become values: each type reads its own text.
 */
#ifndef RESOLVE_TYPING_H
#define RESOLVE_TYPING_H

#include "resolve/resolver.h"

/* Does it hold ${paths}, so that it must be folded first? */
bool has_paths(const struct argument *argument);
/* Never NULL; poison when it is not of the type, and that is reported. */
const struct value *type_argument(struct resolver *resolver,
                                  const struct argument_rule *rule,
                                  const struct argument *argument,
                                  enum layer layer);
/* A config key's value, against its contract. */
const struct value *type_setting(struct resolver *resolver,
                                 const struct config_key *key,
                                 const struct argument *argument,
                                 enum layer layer);
const struct value *poison_value(struct resolver *resolver, struct span span);
const struct value *hole_value(struct resolver *resolver, struct str name,
                               enum type_kind type, struct span span);
bool is_hole_filled(const struct resolver *resolver, struct str name);
/* What another lane found of one. */
void hole_take(struct resolver *resolver, const struct hole *hole);

#endif
