/*
 * `explain`: a check's page, or a word's row of the schema in prose.
 */
#ifndef DRIVER_EXPLAIN_H
#define DRIVER_EXPLAIN_H

#include "diag/explain.h"

/* Adds nothing when there is no such topic; `*nearest` may then hold one. */
void explain_topic(struct buf *buf, struct str topic, enum color_mode color,
                   struct str *nearest);
/* Every check and every word, a line each. */
void explain_topics(struct buf *buf);

#endif
