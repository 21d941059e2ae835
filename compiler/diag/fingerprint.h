/*
 * What a message is known by from one run to the next, also when lines above
 * it come or go: its code, its object, its file and the text of the guilty
 * line; equal ones are counted.
 */
#ifndef DIAG_FINGERPRINT_H
#define DIAG_FINGERPRINT_H

#include "base/map.h"
#include "diag/diag.h"

struct fingerprints {
    struct arena *arena;
    const struct source_map *map;
    struct map seen;
};

void fingerprints_init(struct fingerprints *fingerprints, struct arena *arena,
                       const struct source_map *map);
/* `HASH:NUMBER`. Asked of each message once, in the order of a settled sink. */
struct str fingerprint_next(struct fingerprints *fingerprints,
                            const struct diag *diag);

#endif
