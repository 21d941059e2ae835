/*
 * A document is a file to be: a path below the output folder and its bytes.
 * Emitters add them; tree/ alone turns them into files.
 */
#ifndef EMIT_DOCUMENT_H
#define EMIT_DOCUMENT_H

#include "base/buf.h"
#include "base/tasks.h"
#include "base/vec.h"
#include "source/source.h"

enum document_kind {
    DOCUMENT_OWNED, /* rewritten whenever its bytes change, removed when gone */
    DOCUMENT_ONCE,  /* made when absent, then it belongs to the pipeline */
};

/* A line with a document's way: by it the next build finds the last one's. */
#define DOCUMENT_WAY "Releases come in "

/* What `build --only` chooses between. */
enum document_target {
    TARGET_KUBERNETES,
    TARGET_DNS,
    TARGET_CI,
    TARGET_FLAT,
    TARGET_SCRIPTS,
    TARGET_MONITORING,
    TARGET_HOSTING,
    TARGET_DOCS,
    TARGET_COUNT
};

struct found; /* tree/spool.h's: what the disk has in its place */

struct document {
    struct str path; /* relative, `/` between parts, never `..` */
    enum document_kind kind;
    enum document_target target;
    struct str environment; /* empty: belongs to no single one */
    bool is_executable;
    struct str way; /* that releases come in by it; empty: none do */
    struct buf content;
    uint64_t bytes; /* of its content, as far as it has ended */
    bool is_whole;
    /* The first of what follows of the document before it: see emit.h. */
    bool is_continued;
    struct vec origins; /* of struct span: what it was made from */
    struct found *found;
};

struct documents;

/* Who takes documents while they are made, so that memory does not grow with
 * them. */
struct document_receiver {
    void *context;
    /* In pieces, in the order of the documents; or NULL. */
    void (*stream)(void *context, const struct document *document,
                   struct str piece);
    /* What there is of one, in whole lines, from either lane; or NULL. Is that
     * no longer needed? */
    bool (*take_piece)(void *context, const struct documents *documents,
                       struct document *document);
    /* Each when it is whole, from either lane; or NULL. Is its content no
     * longer needed? */
    bool (*take_whole)(void *context, const struct documents *documents,
                       struct document *document);
};

struct documents {
    struct arena *arena;
    struct arena *scratch;  /* an emitter's own, until it is done; or `arena` */
    enum lane lane;         /* who makes them */
    struct vec list;        /* of struct document * */
    struct vec spare;       /* of struct buf: contents no longer needed */
    struct str environment; /* whose documents are wanted; empty: all */
    struct document_receiver receiver; /* empty: they are kept */
};

void documents_init(struct documents *documents, struct arena *arena);
/* Is what belongs to this environment alone wanted? */
bool is_environment_wanted(const struct documents *documents,
                           struct str environment);
struct document *document_add(struct documents *documents, struct str path,
                              enum document_target target);
void document_origin(struct document *document, struct span span);
/* Its writer will not go back behind what is in it: a receiver may have it. */
void document_pass(const struct documents *documents,
                   struct document *document);
/* It is whole, with all that is said of it: nothing is changed from then on.
 * What is not ended ends with all of them. */
void document_end(struct documents *documents, struct document *document);
/* The next document may have its memory. */
void document_forget(struct documents *documents, struct document *document);
/* What an emitter needed for itself ends, unless the places of texts in memory
 * tell where they come from. */
void documents_clear_scratch(const struct documents *documents);
size_t document_count(const struct documents *documents);
struct document *document_at(const struct documents *documents, size_t index);

#endif
