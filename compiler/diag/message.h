/*
 * What the renderers for people share: which messages are shown, and the line
 * that each begins with.
 */
#ifndef DIAG_MESSAGE_H
#define DIAG_MESSAGE_H

#include "diag/render.h"

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
void add_message_head(struct buf *buf, const struct render *render,
                      const struct diag *diag);
/* envs.brx:42:5 */
void add_place(struct buf *buf, const struct render *render, struct span span);
/* `and 12 more messages`, when there are. */
void add_hidden_count(struct buf *buf, const struct messages *messages);

#endif
