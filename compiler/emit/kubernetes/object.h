/*
 * What every object begins with, and values that may still be unknown.
 */
#ifndef EMIT_KUBERNETES_OBJECT_H
#define EMIT_KUBERNETES_OBJECT_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

enum applier { APPLIER_PIPELINE, APPLIER_ADMINISTRATOR };

/* apiVersion, kind and metadata. */
void object_start(struct yaml *yaml, const struct instance *instance,
                  const char *api_version, const char *kind, struct str name);
/* The same for what an administrator applies. */
void object_start_as(struct yaml *yaml, const struct instance *instance,
                     enum applier applier, const char *api_version,
                     const char *kind, struct str name);
/* The same with metadata left open, for one more entry. */
void object_open(struct yaml *yaml, const struct instance *instance,
                 enum applier applier, const char *api_version,
                 const char *kind, struct str name);

/* The labels of a pod, its own map included; and the user's annotations, as
 * entries of a map that is open. */
void emit_pod_labels(struct yaml *yaml, const struct instance *instance);
void emit_user_annotations(struct yaml *yaml, const struct instance *instance);
/* Entries of a map that is open: what selects the pods of `service`. */
void emit_selector(struct yaml *yaml, const struct plan *plan,
                   struct str service, struct str colour);
/* `matchLabels:` with them. */
void emit_match_labels(struct yaml *yaml, const struct plan *plan,
                       struct str service, struct str colour);

/* `key: value`, or a comment that says for which hole it waits. */
void emit_value(struct yaml *yaml, const char *key, const struct value *value);
void emit_value_named(struct yaml *yaml, struct str key,
                      const struct value *value);
/* A word of the language as the API writes it: `if-not-present` is
 * `IfNotPresent`, `tcp` is `TCP`. */
void emit_choice(struct yaml *yaml, const char *key,
                 const struct value *choice);
struct str choice_text(const struct value *choice);
void emit_waiting(struct yaml *yaml, struct str key, const struct value *value);
/* A duration in seconds, at least one; a count. Nothing when NULL. */
void emit_seconds(struct yaml *yaml, const char *key,
                  const struct value *value);
void emit_count(struct yaml *yaml, const char *key, const struct value *value);

#endif
