/*
 * Whether pods reach each other through all network policies of a namespace,
 * those that broxc writes and those of manifests (Kubernetes, Network
 * Policies: what one of them opens is open).
 *
 * What cannot be decided here, such as whether a block of addresses holds a
 * pod, counts as open: a message is a proof.
 */
#ifndef CHECK_WAYS_H
#define CHECK_WAYS_H

#include "check/scene.h"

enum way { WAY_OPEN, WAY_NOT_OUT, WAY_NOT_IN };

/* One of the two is of a manifest. `port` is the container's; -1 when it is not
 * known, which is any. */
enum way way_between(const struct scene *scene, const struct scene_pods *from,
                     const struct scene_pods *to, int64_t port);
/* May the ingress controller, which runs in another namespace, come in? */
bool is_open_to_ingress(const struct scene *scene, const struct scene_pods *to,
                        int64_t port);
/* May the pods ask for names? */
bool is_open_to_dns(const struct scene *scene, const struct scene_pods *pods);
/* Does any policy say something of the pods, in any direction? */
bool is_governed(const struct scene *scene, const struct scene_pods *pods);

#endif
