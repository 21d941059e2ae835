/*
 * A bump allocator over chunks that grow. A piece larger than PIECE_LARGE has
 * a block of its own, which grows where the C library can let it; so a piece's
 * size alone says where it lies. Under the address sanitizer all that is not
 * given out is poisoned, and a red zone follows each piece.
 */
#include "base/arena.h"

#include "base/buf.h"
#include "base/pages.h"
#include "base/poison.h"
#include "base/trace.h"

#include <assert.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_FIRST = 64 * 1024,
    CHUNK_LAST = 1024 * 1024,
    PIECE_LARGE = 32 * 1024,
    ALIGNMENT = alignof(max_align_t),
};

/* Ordinary pieces, one after another behind this head. */
struct chunk {
    struct chunk *previous;
    size_t used;
    size_t prepared; /* of its bytes: see pages.h */
    size_t capacity;
    max_align_t pieces[];
};

/* One large piece, behind this head. */
struct block {
    struct block *previous;
    struct block *next;
    max_align_t piece[];
};

struct arena {
    struct chunk *chunk; /* the newest; never NULL */
    struct block *block; /* the newest */
    char *last;          /* the newest ordinary piece */
    size_t used;
    jmp_buf *recovery;
    struct hold *holds; /* the newest */
    struct trace *trace;
};

static void *piece_take(struct arena *arena, size_t size);
static void *piece_cut(struct arena *arena, size_t size);
static bool piece_extend(struct arena *arena, void *at, size_t size_old,
                         size_t size_new);
static void *block_add(struct arena *arena, size_t size);
static void *block_grow(struct arena *arena, void *at, size_t size_old,
                        size_t size);
static void block_link(struct arena *arena, struct block *block);
static struct chunk *chunk_open(size_t capacity, struct chunk *previous);
static void chunk_prepare(struct chunk *chunk);
static size_t room_of(size_t size);

struct arena *
arena_open(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    struct chunk *chunk = chunk_open(CHUNK_FIRST, NULL);
    if (!arena || !chunk) {
        free(arena);
        free(chunk);
        return NULL;
    }
    arena->chunk = chunk;
    return arena;
}

void
arena_close(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    unpoison(arena->chunk->pieces, arena->chunk->capacity);
    free(arena->chunk);
    free(arena);
}

void
arena_reset(struct arena *arena)
{
    while (arena->block) {
        struct block *previous = arena->block->previous;
        free(arena->block);
        arena->block = previous;
    }
    while (arena->chunk->previous) {
        struct chunk *previous = arena->chunk->previous;
        unpoison(arena->chunk->pieces, arena->chunk->capacity);
        free(arena->chunk);
        arena->chunk = previous;
    }
    arena->chunk->used = 0;
    arena->last = NULL;
    arena->trace = NULL;
    arena->used = 0;
    poison(arena->chunk->pieces, arena->chunk->capacity);
}

void
arena_recover(struct arena *arena, jmp_buf *recovery)
{
    assert(!arena->holds);
    arena->recovery = recovery;
}

void
arena_fail(struct arena *arena)
{
    if (!arena->recovery)
        abort();
    while (arena->holds) {
        const struct hold *hold = arena->holds;
        arena->holds = hold->previous;
        hold->release(hold->thing);
    }
    longjmp(*arena->recovery, 1);
}

void
arena_hold(struct arena *arena, struct hold *hold)
{
    hold->previous = arena->holds;
    arena->holds = hold;
}

void
arena_let_go(struct arena *arena, const struct hold *hold)
{
    assert(arena->holds == hold);
    arena->holds = hold->previous;
}

struct trace *
arena_trace(const struct arena *arena)
{
    return arena->trace;
}

void
arena_set_trace(struct arena *arena, struct trace *trace)
{
    arena->trace = trace;
}

size_t
arena_used(const struct arena *arena)
{
    return arena->used;
}

void *
arena_new(struct arena *arena, size_t size)
{
    void *at = piece_take(arena, size);
    memset(at, 0, size);
    return at;
}

void *
arena_array(struct arena *arena, size_t count, size_t item_size)
{
    if (item_size > 0 && count > SIZE_MAX / item_size)
        arena_fail(arena);
    return arena_new(arena, count * item_size);
}

void *
arena_grow(struct arena *arena, void *at, size_t size_old, size_t size_new)
{
    assert(size_new >= size_old);
    assert(at || size_old == 0);
    if (at && size_old > PIECE_LARGE) {
        arena->used += size_new - size_old;
        return block_grow(arena, at, size_old, size_new);
    }
    if (at && piece_extend(arena, at, size_old, size_new))
        return at;
    void *moved = piece_take(arena, size_new);
    if (size_old > 0)
        memcpy(moved, at, size_old);
    return moved;
}

struct str
arena_copy(struct arena *arena, struct str text)
{
    if (text.len == 0)
        return STR("");
    char *at = piece_take(arena, text.len);
    memcpy(at, text.at, text.len);
    struct str copy = {at, text.len};
    if (arena->trace != NULL)
        trace_derived(arena, copy, text, true);
    return copy;
}

char *
arena_cstr(struct arena *arena, struct str text)
{
    char *at = piece_take(arena, text.len + 1);
    if (text.len > 0)
        memcpy(at, text.at, text.len);
    at[text.len] = '\0';
    return at;
}

struct str
arena_format(struct arena *arena, const char *template_text, struct strs texts)
{
    struct buf buf;
    size_t len = strlen(template_text); /* at least what stands between texts */
    for (size_t i = 0; i < texts.count; i++)
        len += texts.at[i].len;
    buf_init_sized(&buf, arena, len - 2 * texts.count);
    buf_format(&buf, template_text, texts);
    return buf_str(&buf);
}

struct str
arena_number(struct arena *arena, int64_t number)
{
    struct buf buf;
    buf_init_sized(&buf, arena, NUMBER_DIGITS_MAX);
    buf_number(&buf, number);
    return buf_str(&buf);
}

static void *
piece_take(struct arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        arena_fail(arena);
    arena->used += size;
    return size > PIECE_LARGE ? block_add(arena, size) : piece_cut(arena, size);
}

static void *
piece_cut(struct arena *arena, size_t size)
{
    struct chunk *chunk = arena->chunk;
    if (room_of(size) > chunk->capacity - chunk->used) {
        size_t capacity = chunk->capacity;
        chunk =
            chunk_open(capacity < CHUNK_LAST ? capacity * 2 : capacity, chunk);
        if (!chunk)
            arena_fail(arena);
        arena->chunk = chunk;
    }
    arena->last = (char *)chunk->pieces + chunk->used;
    chunk->used += room_of(size);
    chunk_prepare(chunk);
    unpoison(arena->last, size);
    return arena->last;
}

/* A quarter of the chunk at a time, so that little is prepared in vain. */
static void
chunk_prepare(struct chunk *chunk)
{
    size_t quarter = chunk->capacity / 4;
    if (chunk->used <= chunk->prepared)
        return;
    size_t wanted = (chunk->used + quarter - 1) / quarter * quarter;
    pages_prepare((char *)chunk->pieces + chunk->prepared,
                  wanted - chunk->prepared);
    chunk->prepared = wanted;
}

/* In place, when nothing was taken behind it and the chunk has the room. */
static bool
piece_extend(struct arena *arena, void *at, size_t size_old, size_t size_new)
{
    struct chunk *chunk = arena->chunk;
    size_t more = room_of(size_new) - room_of(size_old);
    if (at != arena->last || size_new > PIECE_LARGE ||
        more > chunk->capacity - chunk->used)
        return false;
    chunk->used += more;
    chunk_prepare(chunk);
    arena->used += size_new - size_old;
    unpoison(at, size_new);
    return true;
}

static void *
block_add(struct arena *arena, size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        arena_fail(arena);
    block->previous = arena->block;
    block->next = NULL;
    block_link(arena, block);
    pages_prepare(block->piece, size);
    return block->piece;
}

static void *
block_grow(struct arena *arena, void *at, size_t size_old, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        arena_fail(arena);
    struct block *block = (struct block *)((char *)at - sizeof *block);
    block = realloc(block, sizeof *block + size);
    if (!block)
        arena_fail(arena);
    block_link(arena, block);
    pages_prepare((char *)block->piece + size_old, size - size_old);
    return block->piece;
}

/* Its neighbours, or the arena, learn where it lies now. */
static void
block_link(struct arena *arena, struct block *block)
{
    if (block->previous)
        block->previous->next = block;
    if (block->next)
        block->next->previous = block;
    else
        arena->block = block;
}

static struct chunk *
chunk_open(size_t capacity, struct chunk *previous)
{
    struct chunk *chunk = calloc(1, sizeof *chunk + capacity);
    if (!chunk)
        return NULL;
    chunk->previous = previous;
    chunk->capacity = capacity;
    poison(chunk->pieces, capacity);
    return chunk;
}

/* What a piece takes in its chunk; never nothing, so that two pieces differ. */
static size_t
room_of(size_t size)
{
    size_t bytes = size > 0 ? size : 1;
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + RED_ZONE;
}
