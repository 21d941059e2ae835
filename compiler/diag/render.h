/*
 * Five renderers of one struct. Each appends to a buf and touches nothing
 * else; the sink must be settled.
 */
#ifndef DIAG_RENDER_H
#define DIAG_RENDER_H

#include "base/buf.h"
#include "diag/diag.h"

enum color_mode {
    COLOR_NONE,
    COLOR_ANSI,
    COLOR_TAGS, /* <error>…</error>: what the tests read */
};

struct render {
    const struct source_map *map;
    const struct sink *sink;
    enum color_mode color;
    size_t message_max; /* 0: LIMIT_MESSAGES; json shows all that is listed */
    struct str version; /* of the compiler, for sarif */
};

void render_human(struct buf *buf, const struct render *render);
void render_short(struct buf *buf, const struct render *render);
void render_json(struct buf *buf, const struct render *render);
/* Annotations of a GitHub workflow (its "Workflow commands"). */
void render_github(struct buf *buf, const struct render *render);
/* SARIF 2.1.0, for code scanning. */
void render_sarif(struct buf *buf, const struct render *render);
/* `2 errors and 1 warning`, without a newline; `no errors` when there is
 * neither. */
void render_summary(struct buf *buf, const struct sink *sink);

#endif
