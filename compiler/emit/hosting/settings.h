/*
 * What the files of this target share: where they lie, how they begin, and
 * teams in them.
 */
#ifndef EMIT_HOSTING_SETTINGS_H
#define EMIT_HOSTING_SETTINGS_H

#include "base/map.h"
#include "emit/document.h"
#include "emit/text/json.h"
#include "ir/hosting.h"

struct hosting {
    struct documents *documents;
    struct arena *arena;
    const struct ir *ir;
    struct str root;  /* `.github` */
    struct map paths; /* of the files so far, in small letters */
};

/* A file FOLDER/NAME.json below the root; what a path cannot hold of `name` is
 * a dash, and a second file of a name has a number. */
struct json hosting_file(struct hosting *hosting, const char *folder,
                         struct str name, struct span origin);
/* An array of `{"type": "Team", "slug": …}`; `null` when there is none. */
void json_reviewers(struct json *json, const struct value *teams);

#endif
