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
};

void render_human(struct buf *buf, const struct render *render);
void render_short(struct buf *buf, const struct render *render);
void render_json(struct buf *buf, const struct render *render);
/* `2 errors and 1 warning`, without a newline; `no errors` when there is
 * neither. */
void render_summary(struct buf *buf, const struct sink *sink);

/* The messages to show, one after another. When there are too many, errors
 * go before the rest. */
struct messages {
    const struct sink *sink;
    size_t index;
    size_t error_room;
    size_t other_room;
    size_t hidden_count;
};

struct messages messages_of(const struct render *render);
const struct diag *message_next(struct messages *messages); /* NULL: the end */
/* envs.brx:42:5: error[L01]: unknown word `brnach` */
void add_head(struct buf *buf, const struct render *render,
              const struct diag *diag);
/* envs.brx:42:5 */
void add_place(struct buf *buf, const struct render *render, struct span span);
/* `and 12 more messages`, when there are. */
void add_hidden(struct buf *buf, const struct messages *messages);

#endif
