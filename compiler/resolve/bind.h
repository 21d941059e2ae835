/*
 * Names are bound to what is declared: one look-up for each kind, one message
 * (L07) for all.
 */
#ifndef RESOLVE_BIND_H
#define RESOLVE_BIND_H

#include "resolve/resolver.h"

/* Files every declaration of the program under its name, and the likes. */
void bind_declarations(struct resolver *resolver);
/* Each gives NULL for NULL, poison and unknown names; the last is reported. */
struct environment_entry *bind_environment(struct resolver *resolver,
                                           const struct value *name);
struct service_entry *bind_service(struct resolver *resolver,
                                   const struct value *name);
const struct channel *bind_channel(struct resolver *resolver,
                                   const struct value *name);
const struct config_key *bind_config_key(struct resolver *resolver,
                                         const struct value *name);
/* A secret is declared by being asked for. */
const struct secret *bind_secret(struct resolver *resolver,
                                 const struct value *name);
/* L07; the nearest name among the `holder`'s (NULL: the program's) `id`s. */
void report_unknown(struct resolver *resolver, const char *kind,
                    struct str name, struct span span,
                    const struct node *holder, enum word_id id);
#endif
