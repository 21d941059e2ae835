#include "emit/document.h"

#include <assert.h>

enum { PIECE_LEN = 64 * 1024 }; /* what is handed over at once, or more */

void
documents_init(struct documents *documents, struct arena *arena)
{
    *documents = (struct documents){.arena = arena};
    vec_init(&documents->list, arena, sizeof(struct document *));
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
    buf_init(&document->content, documents->arena);
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
document_end(const struct documents *documents, struct document *document)
{
    struct buf *content = &document->content;
    if (documents->receiver.take == NULL || content->len == 0)
        return;
    documents->receiver.take(documents->receiver.context, document,
                             buf_str(content));
    content->len = 0;
}

void
document_pass(const struct documents *documents, struct document *document)
{
    if (document->content.len >= PIECE_LEN)
        document_end(documents, document);
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
