/*
 * The volumes of a pod and where its containers see them.
 */
#ifndef EMIT_KUBERNETES_VOLUMES_H
#define EMIT_KUBERNETES_VOLUMES_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* Items of a list that is open. */
void emit_volumes_of(struct yaml *yaml, const struct instance *instance);
void emit_mounts_of(struct yaml *yaml, const struct workload *workload);
void emit_mount_of(struct yaml *yaml, const struct mount *mount);
/* `volumeClaimTemplates:` of a stateful set, or nothing. */
void emit_claim_templates(struct yaml *yaml, const struct workload *workload);

bool are_volumes_equal(const struct workload *a, const struct workload *b);
bool are_secret_files_equal(const struct workload *a, const struct workload *b);
/* Where files are seen, not what they hold. */
bool are_file_mounts_equal(const struct workload *a, const struct workload *b);
bool is_mount_equal(const struct mount *a, const struct mount *b);

#endif
