/*
 * What every container says alike: commands, variables, hooks, its user.
 */
#ifndef EMIT_KUBERNETES_PROCESS_H
#define EMIT_KUBERNETES_PROCESS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* A text that Kubernetes would expand `$(NAME)` in, so that it arrives as it
 * is. */
struct str unexpanded(struct arena *arena, struct str text);

/* `command:` and `args:`; each may be NULL. */
void emit_command_line(struct yaml *yaml, const struct process *process,
                       const struct value *command,
                       const struct value *arguments);
/* A list; one text with blanks is meant for a shell. `is_expanded`: Kubernetes
 * would expand it. */
void emit_shell_words(struct yaml *yaml, const char *key,
                      const struct value *text, bool is_expanded);
/* `env:`, or nothing. */
void emit_own_variables(struct yaml *yaml, const struct process *process);
/* `lifecycle:`, or nothing; a preStop hook takes the place of the wait. */
void emit_lifecycle(struct yaml *yaml, const struct process *process,
                    int64_t pre_stop_seconds);
/* `securityContext:` of a pod and of a container. */
void emit_pod_security(struct yaml *yaml, const struct workload *workload);
void emit_container_security(struct yaml *yaml, const struct process *process);

bool are_variables_equal(const struct process *a, const struct process *b);
bool are_hooks_equal(const struct process *a, const struct process *b);
bool are_users_equal(const struct process *a, const struct process *b);

#endif
