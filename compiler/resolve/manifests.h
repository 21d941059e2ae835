/*
 * `manifest FILE`: which objects of the user's own belong to what. The files
 * were read when the program was.
 */
#ifndef RESOLVE_MANIFESTS_H
#define RESOLVE_MANIFESTS_H

#include "resolve/layers.h"

/* Files what was read under the places that name it. */
void collect_manifests(struct resolver *resolver,
                       const struct resolve_input *input);
/* Those of the whole program. */
void resolve_manifests(struct resolver *resolver);
/* `workflow FILE`, each file once. */
void resolve_workflow_files(struct resolver *resolver,
                            const struct resolve_input *input);
/* Those of an environment and the one it is like. */
const struct raw_manifest *const *manifests_in(const struct scope *scope,
                                               size_t *count);

#endif
