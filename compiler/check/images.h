/*
 * What an image's reference says of its version (OCI distribution: the tag
 * follows the last `/`, for a registry may have a port).
 */
#ifndef CHECK_IMAGES_H
#define CHECK_IMAGES_H

#include "base/str.h"

bool has_image_digest(struct str image);
/* Empty when it has none; what is before a digest counts. */
struct str image_tag(struct str image);
/* A tag but for `latest`, or a digest. */
bool is_image_fixed(struct str image);
/* A tag that by custom leads to another image from time to time: `7`, `7.2`,
 * `stable`, but not `7.2.4`, a date or a commit. */
bool is_tag_moving(struct str tag);
/* Inside `registry`, as `registry/…`. */
bool is_image_inside(struct str image, struct str registry);

#endif
