/*
 * One argument being read: what the files that turn arguments into values
 * share. Private to them.
 */
#ifndef RESOLVE_READING_H
#define RESOLVE_READING_H

#include "resolve/typing.h"

struct reading {
    struct resolver *resolver;
    const struct argument_rule *rule;
    enum layer layer;
    const struct given *given; /* not NULL while a hole is filled */
    struct span hole;
    const struct config_key *key; /* not NULL while a setting is read */
    struct value *place; /* of an item in its list; NULL: it has none yet */
};

/* With its origin: the layer, and the hole that it fills. */
struct value *value_new(const struct reading *reading, enum value_kind kind,
                        struct span span);
const struct value *read_text(const struct reading *reading,
                              const struct argument *argument, struct str text);
/* A bare atom or a quoted text, by the rule's type (atoms.c). */
const struct value *read_atom(const struct reading *reading,
                              const struct argument *argument);
/* Any argument, in the given shape (typing.c). */
const struct value *read_argument(const struct reading *reading,
                                  enum shape shape,
                                  const struct argument *argument);
/* A value of the wrong type; inside a hole that is the hole's fault (L11), in
 * a setting the setting's (L22). */
struct diag *report_fault(const struct reading *reading, enum diag_code code,
                          struct span span, struct str text, struct strs texts);
void report_mismatch(const struct reading *reading,
                     const struct argument *argument);
struct diag *report_setting(const struct reading *reading, struct span span,
                            struct str text);

#endif
