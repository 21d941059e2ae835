/*
 * What a workload's pods read and write: files of the project, secrets as
 * files, volumes.
 */
#ifndef RESOLVE_VOLUMES_H
#define RESOLVE_VOLUMES_H

#include "resolve/layers.h"

/* Each file that the program names, by the span of its path. */
void collect_project_files(struct resolver *resolver,
                           const struct resolve_input *input);
void resolve_volumes(const struct scope *scope, struct workload *workload);
void resolve_files(const struct scope *scope, struct workload *workload);
void resolve_secret_files(const struct scope *scope, struct workload *workload);

#endif
