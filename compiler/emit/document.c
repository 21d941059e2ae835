#include "emit/document.h"

#include <assert.h>

enum { PIECE_LEN = 64 * 1024 }; /* what is handed over at once, or more */

void
documents_init(struct documents *documents, struct arena *arena)
{
    *documents = (struct documents){.arena = arena};
    vec_init(&documents->list, arena, sizeof(struct document *));
}

/* Empty, in memory that another's had if there is some. */
static void
content_init(const struct documents *documents, struct buf *content)
{
    const struct document_receiver *receiver = &documents->receiver;
    struct buf before;
    buf_init(content, documents->arena);
    if (receiver->give_back == NULL ||
        !receiver->give_back(receiver->context, &before))
        return;
    content->at = before.at;
    content->capacity = before.capacity;
}

struct document *
document_add(struct documents *documents, struct str path,
             enum document_target target)
{
    struct document *document =
        arena_new(documents->arena, sizeof(struct document));
    document->path = arena_copy(documents->arena, path);
    document->kind = DOCUMENT_OWNED;
    document->target = target;
    content_init(documents, &document->content);
    vec_init(&document->origins, documents->arena, sizeof(struct span));
    vec_add_pointer(&documents->list, document);
    return document;
}

void
document_origin(struct document *document, struct span span)
{
    assert(span.start <= span.end);
    *(struct span *)vec_add(&document->origins) = span;
}

bool
is_environment_wanted(const struct documents *documents, struct str environment)
{
    return is_str_empty(documents->environment) || is_str_empty(environment) ||
           is_str_equal(documents->environment, environment);
}

static void
hand_over(const struct documents *documents, struct document *document)
{
    const struct document_receiver *receiver = &documents->receiver;
    struct buf *content = &document->content;
    document->bytes += content->len;
    if (content->len > 0)
        receiver->take_piece(receiver->context, document, buf_str(content));
    content->len = 0;
}

void
document_pass(const struct documents *documents, struct document *document)
{
    if (documents->receiver.take_piece != NULL &&
        document->content.len >= PIECE_LEN)
        hand_over(documents, document);
}

void
document_end(const struct documents *documents, struct document *document)
{
    const struct document_receiver *receiver = &documents->receiver;
    if (document->is_whole ||
        !is_environment_wanted(documents, document->environment))
        return;
    document->is_whole = true;
    if (receiver->take_piece != NULL) {
        hand_over(documents, document);
        return;
    }
    document->bytes = document->content.len;
    if (receiver->take_whole == NULL)
        return;
    receiver->take_whole(receiver->context, document);
    document->content = (struct buf){.arena = documents->arena};
}

size_t
document_count(const struct documents *documents)
{
    return documents->list.count;
}

struct document *
document_at(const struct documents *documents, size_t index)
{
    return *(struct document **)vec_at(&documents->list, index);
}
