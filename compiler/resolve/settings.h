/*
 * The config contract and each environment's answers to it.
 */
#ifndef RESOLVE_SETTINGS_H
#define RESOLVE_SETTINGS_H

#include "resolve/layers.h"

void resolve_contract(struct resolver *resolver);
/* A key's value in an environment: its own, that of the one it is like, the
 * contract's default, or NULL. */
const struct value *setting_value(struct resolver *resolver,
                                  const struct environment_entry *environment,
                                  const struct config_key *key);
/* One for each key of the contract. */
const struct setting *resolve_settings(
    struct resolver *resolver, const struct environment_entry *environment);

#endif
