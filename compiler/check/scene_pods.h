/*
 * Pods put into a scene. Private to scene.c.
 */
#ifndef CHECK_SCENE_PODS_H
#define CHECK_SCENE_PODS_H

#include "check/scene.h"

/* Both colours of it, where there are two. */
void scene_add_generated(struct scene *scene, const struct workload *workload);
void scene_add_raw(struct scene *scene, const struct raw_pod *raw);

#endif
