#include "emit/document.h"

#include <assert.h>

enum { PASSED_LEN = 16 * 1024 }; /* what goes at once, or more */

void
documents_init(struct documents *documents, struct arena *arena)
{
    *documents = (struct documents){.arena = arena, .scratch = arena};
    vec_init(&documents->list, arena, sizeof(struct document *));
    vec_init(&documents->spare, arena, sizeof(struct buf));
}

/* Empty, in memory that another's had if there is some. */
static void
content_init(struct documents *documents, struct buf *content)
{
    struct vec *spare = &documents->spare;
    buf_init(content, documents->arena);
    if (spare->count == 0)
        return;
    const struct buf *before = vec_at(spare, spare->count - 1);
    content->at = before->at;
    content->capacity = before->capacity;
    spare->count--;
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

void
document_pass(const struct documents *documents, struct document *document)
{
    const struct document_receiver *receiver = &documents->receiver;
    size_t len = document->content.len;
    if (len < PASSED_LEN || receiver->take_piece == NULL ||
        !is_environment_wanted(documents, document->environment) ||
        !receiver->take_piece(receiver->context, documents, document))
        return;
    document->bytes += len;
    document->content.len = 0;
}

void
document_end(struct documents *documents, struct document *document)
{
    const struct document_receiver *receiver = &documents->receiver;
    if (document->is_whole ||
        !is_environment_wanted(documents, document->environment))
        return;
    document->is_whole = true;
    document->bytes += document->content.len;
    if (receiver->take_whole != NULL &&
        receiver->take_whole(receiver->context, documents, document))
        document_forget(documents, document);
}

void
document_forget(struct documents *documents, struct document *document)
{
    if (document->content.capacity > 0)
        *(struct buf *)vec_add(&documents->spare) = document->content;
    document->content = (struct buf){.arena = documents->arena};
}

void
documents_clear_scratch(const struct documents *documents)
{
    if (documents->scratch != documents->arena)
        arena_reset(documents->scratch);
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
