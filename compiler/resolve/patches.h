/*
 * `patch KIND NAME { … }`: a tree of fields, written in the grammar that
 * everything is written in.
 *
 *     spec { template { spec {            a map: words and what they say
 *         dnsPolicy Default               a value
 *         hostAliases {                   a list: items begin with `-`
 *             - ip 10.0.0.7 hostnames [cache.internal]
 *         }
 *     } } }
 */
#ifndef RESOLVE_PATCHES_H
#define RESOLVE_PATCHES_H

#include "resolve/layers.h"

/* Files what was read under the places that name it. */
void collect_patch_texts(struct resolver *resolver,
                         const struct resolve_input *input);
/* Those of the whole program, of the environment that this one is like, and
 * its own, with the paths filled in. */
const struct patch *patches_in(const struct scope *scope, size_t *count);

#endif
