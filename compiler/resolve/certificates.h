/*
 * The certificates that follow from the environments' hosts and from `tls`.
 */
#ifndef RESOLVE_CERTIFICATES_H
#define RESOLVE_CERTIFICATES_H

#include "ir/ir.h"

/* One certificate an environment that has hosts, when the program has `tls`.
 * `names exact`: its hosts, each once, in their order. `names wildcard`: the
 * wildcard of each host's zone, each once, and nothing beside it, so that what
 * a wildcard does not cover stays uncovered. A proof by DNS needs the zone: a
 * host outside every zone is left out then, and stands for itself otherwise. */
void resolve_certificates(struct arena *arena, struct ir *ir);

#endif
