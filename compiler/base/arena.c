/*
 * A bump allocator over chunks of one huge page. A piece larger than
 * PIECE_LARGE has a block of its own, unless it was asked for at once and its
 * chunk had the room: what grows so large will grow again. A block that is too
 * small for what grows in it waits for another piece: to map and unmap pages
 * costs more than to copy them. Under the address sanitizer all that is not
 * given out is poisoned, and a red zone follows each piece.
 */
#include "base/arena.h"

#include "base/pages.h"
#include "base/trace.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_SIZE = PAGES_HUGE,   /* with its head */
    CHUNK_STEP = 64 * 1024,    /* of it that is prepared at once: see pages.h */
    CHUNK_STRIDE = 256 * 1024, /* the same, of those behind the first */
    BLOCK_STEP = 8 * 1024,     /* in which they grow, or more */
    BLOCK_SPARE = 1024 * 1024, /* the largest that waits for another piece */
};

/* Ordinary pieces, one after another behind this head. */
struct chunk {
    struct chunk *previous;
    size_t size;     /* with this head */
    size_t prepared; /* of its size */
    bool is_inside;  /* another arena's */
    max_align_t pieces[];
};

/* One large piece, behind this head. */
struct block {
    struct block *previous;
    struct block *next; /* of a spare one, undefined */
    size_t size;        /* with this head */
    max_align_t piece[];
};

static struct arena *owner_of(struct arena *arena);
static void leave_outer(struct arena *arena);
static void end(struct arena *arena);
static bool is_block(const struct arena *arena, const char *piece, size_t size);
static void make_room(struct arena *arena, size_t room);
static bool piece_extend(struct arena *arena, void *at, size_t size_old,
                         size_t size_new);
static void *block_add(struct arena *arena, size_t size);
static void *block_grow(struct arena *arena, void *at, size_t size_old,
                        size_t size);
static size_t block_bytes(struct arena *arena, size_t size);
static struct block *block_take(struct arena *arena, size_t size);
static struct block *block_copy(struct arena *arena, struct block *block,
                                size_t size_old, size_t size);
static struct block *block_resize(struct arena *arena, struct block *block,
                                  size_t size);
static size_t block_size(size_t wanted);
static bool block_is_spare(const struct block *block);
static void block_close(struct block *block);
static void *block_give(struct block *block, size_t size);
static void block_release(struct arena *arena, struct block *block);
static void block_link(struct arena *arena, struct block *block);
static void add_chunk(struct arena *arena);
static void use_chunk(struct arena *arena, struct chunk *chunk);
static size_t chunk_room(const struct arena *arena);
static struct chunk *chunk_open(struct chunk *previous);
static struct chunk *chunk_open_inside(struct arena *arena, size_t size);
static void chunk_empty(struct chunk *chunk);
static void chunk_close(struct chunk *chunk);
static void chunk_prepare(struct chunk *chunk, size_t needed);
static size_t chunk_capacity(const struct chunk *chunk);

struct arena *
arena_open(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    struct chunk *chunk = chunk_open(NULL);
    if (!arena || !chunk) {
        free(arena);
        if (chunk)
            chunk_close(chunk);
        return NULL;
    }
    use_chunk(arena, chunk);
    return arena;
}

struct arena *
arena_open_inner(struct arena *arena, size_t share)
{
    struct chunk *chunk = chunk_open_inside(arena, share);
    struct arena *inner = calloc(1, sizeof *inner);
    if (!inner)
        arena_fail(arena);
    use_chunk(inner, chunk);
    inner->outer = arena;
    inner->sibling = arena->inner;
    arena->inner = inner;
    return inner;
}

void
arena_close(struct arena *arena)
{
    if (!arena)
        return;
    leave_outer(arena);
    end(arena);
}

static void
end(struct arena *arena)
{
    arena_reset(arena);
    while (arena->spare) {
        struct block *block = arena->spare;
        arena->spare = block->previous;
        block_close(block);
    }
    while (arena->empty) {
        struct chunk *chunk = arena->empty;
        arena->empty = chunk->previous;
        chunk_close(chunk);
    }
    chunk_close(arena->chunk);
    free(arena);
}

static void
leave_outer(struct arena *arena)
{
    struct arena **at = arena->outer ? &arena->outer->inner : NULL;
    while (at && *at != arena)
        at = &(*at)->sibling;
    if (at)
        *at = arena->sibling;
}

void
arena_reset(struct arena *arena)
{
    while (arena->inner) {
        struct arena *inner = arena->inner;
        arena->inner = inner->sibling;
        end(inner);
    }
    while (arena->block) {
        struct block *previous = arena->block->previous;
        block_release(arena, arena->block);
        arena->block = previous;
    }
    while (arena->chunk->previous) {
        struct chunk *chunk = arena->chunk;
        arena->chunk = chunk->previous;
        chunk_empty(chunk);
        chunk->previous = arena->empty;
        arena->empty = chunk;
    }
    chunk_empty(arena->chunk);
    use_chunk(arena, arena->chunk);
    arena->trace = NULL;
    arena->used = 0;
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
    arena = owner_of(arena);
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
    arena = owner_of(arena);
    hold->previous = arena->holds;
    arena->holds = hold;
}

void
arena_let_go(struct arena *arena, const struct hold *hold)
{
    arena = owner_of(arena);
    assert(arena->holds == hold);
    arena->holds = hold->previous;
}

/* Whose recovery point and holds are its own. */
static struct arena *
owner_of(struct arena *arena)
{
    while (arena->outer && !arena->recovery)
        arena = arena->outer;
    return arena;
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
arena_take_elsewhere(struct arena *arena, size_t size)
{
    if (size > PIECE_LARGE &&
        (size > CHUNK_SIZE || piece_room(size) > chunk_room(arena)))
        return block_add(arena, size);
    make_room(arena, piece_room(size));
    return piece_cut(arena, size);
}

void *
arena_grow(struct arena *arena, void *at, size_t size_old, size_t size_new)
{
    assert(size_new >= size_old);
    assert(at || size_old == 0);
    if (!at)
        return arena_take(arena, size_new);
    if (is_block(arena, at, size_old))
        return block_grow(arena, at, size_old, size_new);
    if (piece_extend(arena, at, size_old, size_new))
        return at;
    void *moved = size_new > PIECE_LARGE ? block_add(arena, size_new)
                                         : arena_take(arena, size_new);
    return memcpy(moved, at, size_old);
}

static bool
is_block(const struct arena *arena, const char *piece, size_t size)
{
    if (size <= PIECE_LARGE)
        return false;
    for (const struct chunk *chunk = arena->chunk; chunk;
         chunk = chunk->previous) {
        const char *start = (const char *)chunk;
        if (piece >= start && piece < start + chunk->size)
            return false;
    }
    return true;
}

/* Prepares so much from `next` on, in another chunk when it must. */
static void
make_room(struct arena *arena, size_t room)
{
    if (room > chunk_room(arena))
        add_chunk(arena);
    struct chunk *chunk = arena->chunk;
    chunk_prepare(chunk, (size_t)(arena->next - (char *)chunk) + room);
    arena->limit = (char *)chunk + chunk->prepared;
}

/* Of the newest chunk, prepared or not. */
static size_t
chunk_room(const struct arena *arena)
{
    const char *end = (const char *)arena->chunk + arena->chunk->size;
    return (size_t)(end - arena->next);
}

/* An empty one, the last that was filled first and so the smallest; or a new
 * one. */
static void
add_chunk(struct arena *arena)
{
    struct chunk *chunk = arena->empty;
    if (chunk) {
        arena->empty = chunk->previous;
        chunk->previous = arena->chunk;
    } else {
        chunk = chunk_open(arena->chunk);
        if (!chunk)
            arena_fail(arena);
    }
    use_chunk(arena, chunk);
}

/* One that holds nothing. */
static void
use_chunk(struct arena *arena, struct chunk *chunk)
{
    arena->chunk = chunk;
    arena->next = (char *)chunk->pieces;
    arena->limit = (char *)chunk + chunk->prepared;
}

/* Its first bytes, a step at a time, so that little is prepared in vain. */
static void
chunk_prepare(struct chunk *chunk, size_t needed)
{
    if (needed <= chunk->prepared)
        return;
    size_t step = chunk->previous ? CHUNK_STRIDE : CHUNK_STEP;
    size_t wanted = needed + step - needed % step;
    if (wanted > chunk->size)
        wanted = chunk->size;
    pages_prepare((char *)chunk + chunk->prepared, wanted - chunk->prepared);
    chunk->prepared = wanted;
}

/* In place, when nothing was taken behind it and the chunk has the room. */
static bool
piece_extend(struct arena *arena, void *at, size_t size_old, size_t size_new)
{
    char *end = (char *)at + piece_room(size_old);
    size_t more = piece_room(size_new) - piece_room(size_old);
    if (end != arena->next || size_new > PIECE_LARGE ||
        more > chunk_room(arena))
        return false;
    if (more > (size_t)(arena->limit - end))
        make_room(arena, more);
    arena->next = end + more;
    arena->used += size_new - size_old;
    memory_unpoison(at, size_new);
    return true;
}

static void *
block_add(struct arena *arena, size_t size)
{
    struct block *block = block_take(arena, block_bytes(arena, size));
    block->previous = arena->block;
    block->next = NULL;
    block_link(arena, block);
    arena->used += size;
    return block_give(block, size);
}

static void *
block_grow(struct arena *arena, void *at, size_t size_old, size_t size)
{
    struct block *block = (struct block *)((char *)at - sizeof *block);
    size_t bytes = block_bytes(arena, size);
    arena->used += size - size_old;
    if (bytes <= block->size)
        return block_give(block, size);
    block = block_is_spare(block) ? block_copy(arena, block, size_old, size)
                                  : block_resize(arena, block, size);
    block_link(arena, block);
    return block_give(block, size);
}

/* With its head. */
static size_t
block_bytes(struct arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        arena_fail(arena);
    return sizeof(struct block) + size;
}

/* Its first `size` bytes, and no more. */
static void *
block_give(struct block *block, size_t size)
{
    memory_poison(block->piece, block->size - sizeof *block);
    memory_unpoison(block->piece, size);
    return block->piece;
}

/* One that waits, unless half of it would be wasted; or new pages. */
static struct block *
block_take(struct arena *arena, size_t size)
{
    struct block **at = &arena->spare;
    while (*at && ((*at)->size < size || (*at)->size / 2 > size))
        at = &(*at)->previous;
    struct block *block = *at;
    if (block) {
        *at = block->previous;
        return block;
    }
    size = block_size(size);
    block = pages_take(size);
    if (!block)
        arena_fail(arena);
    pages_prepare(block, size);
    block->size = size;
    return block;
}

static struct block *
block_copy(struct arena *arena, struct block *block, size_t size_old,
           size_t size)
{
    struct block *copy = block_take(arena, sizeof *block + size);
    copy->previous = block->previous;
    copy->next = block->next;
    memcpy(block_give(copy, size), block->piece, size_old);
    block_release(arena, block);
    return copy;
}

/* Large ones move with their pages, so that there are never two of them. */
static struct block *
block_resize(struct arena *arena, struct block *block, size_t size)
{
    size_t size_old = block->size;
    size_t size_new = block_size(sizeof *block + size);
    memory_unpoison(block->piece, size_old - sizeof *block);
    block = pages_resize(block, size_old, size_new);
    if (!block)
        arena_fail(arena);
    block->size = size_new;
    pages_prepare((char *)block + size_old, size_new - size_old);
    return block;
}

/* Up to a quarter more than is wanted, so that what grows moves seldom. */
static size_t
block_size(size_t wanted)
{
    size_t step = BLOCK_STEP;
    while (step <= wanted / 8)
        step *= 2;
    return wanted > SIZE_MAX - step ? wanted
                                    : (wanted + step - 1) / step * step;
}

static bool
block_is_spare(const struct block *block)
{
    return block->size <= BLOCK_SPARE;
}

static void
block_release(struct arena *arena, struct block *block)
{
    if (!block_is_spare(block)) {
        block_close(block);
        return;
    }
    memory_poison(block->piece, block->size - sizeof *block);
    block->previous = arena->spare;
    arena->spare = block;
}

static void
block_close(struct block *block)
{
    memory_unpoison(block->piece, block->size - sizeof *block);
    pages_give_back(block, block->size);
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
chunk_open(struct chunk *previous)
{
    struct chunk *chunk = pages_take(CHUNK_SIZE);
    if (!chunk)
        return NULL;
    pages_prepare(chunk, CHUNK_STEP);
    *chunk = (struct chunk){
        .previous = previous, .size = CHUNK_SIZE, .prepared = CHUNK_STEP};
    memory_poison(chunk->pieces, chunk_capacity(chunk));
    return chunk;
}

/* A share of the arena's chunk, which prepares it as it needs it. */
static struct chunk *
chunk_open_inside(struct arena *arena, size_t size)
{
    assert(size > sizeof(struct chunk) && size <= CHUNK_SIZE / 2);
    if (piece_room(size) > chunk_room(arena))
        add_chunk(arena);
    struct chunk *outer = arena->chunk;
    struct chunk *chunk = (void *)arena->next;
    arena->next += piece_room(size);
    size_t taken = (size_t)(arena->next - (char *)outer);
    if (outer->prepared < taken) {
        outer->prepared = taken;
        arena->limit = arena->next;
    }
    memory_unpoison(chunk, size);
    *chunk = (struct chunk){
        .size = size, .prepared = sizeof *chunk, .is_inside = true};
    memory_poison(chunk->pieces, chunk_capacity(chunk));
    return chunk;
}

static void
chunk_empty(struct chunk *chunk)
{
    memory_poison(chunk->pieces, chunk_capacity(chunk));
}

static void
chunk_close(struct chunk *chunk)
{
    memory_unpoison(chunk->pieces, chunk_capacity(chunk));
    if (!chunk->is_inside)
        pages_give_back(chunk, chunk->size);
}

/* For its pieces. */
static size_t
chunk_capacity(const struct chunk *chunk)
{
    return chunk->size - sizeof *chunk;
}
