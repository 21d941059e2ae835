/*
 * Files of the project that a workload's containers read: an immutable
 * ConfigMap, named by what it holds.
 */
#ifndef EMIT_KUBERNETES_FILES_H
#define EMIT_KUBERNETES_FILES_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_files(struct yaml *yaml, const struct instance *instance);
/* `api-files-4f2kd8t9mh` */
struct str name_files(struct arena *arena, const struct workload *workload);
/* The same names and bytes. */
bool are_files_equal(const struct workload *a, const struct workload *b);

#endif
