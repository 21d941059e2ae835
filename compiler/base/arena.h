/*
 * Memory that is given out in pieces and released at once. One arena lives for
 * a compile; nothing taken from it is freed alone. Only base/ calls malloc.
 *
 * An arena never gives NULL: when the machine has no memory left, or a size
 * overflows, it jumps to the recovery point that the driver has set, and the
 * compile ends with STATUS_NO_MEMORY. Without a recovery point it aborts.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/poison.h"
#include "base/str.h"

#include <setjmp.h>

/* Its members are arena.c's. They stand here because most pieces are small and
 * lie in what is prepared, so that to take one is no call. */
struct arena {
    char *next;            /* where an ordinary piece may begin, */
    char *limit;           /* and must end: what is prepared of its chunk */
    size_t used;           /* of all pieces */
    struct chunk *chunk;   /* the newest; never NULL */
    struct chunk *empty;   /* those that a reset took back */
    struct block *block;   /* the newest */
    struct block *spare;   /* the newest of those that hold nothing */
    struct arena *inner;   /* the newest of those that close with it; or NULL */
    struct arena *sibling; /* the next newest */
    struct arena *outer;   /* that it closes with; or NULL */
    jmp_buf *recovery;
    struct hold *holds; /* the newest */
    struct trace *trace;
};

enum {
    PIECE_LARGE = 384 * 1024, /* what grows beyond leaves its chunk */
    PIECE_ALIGNMENT = _Alignof(max_align_t),
};

struct arena *arena_open(void); /* NULL when there is no memory */
/* For what is needed for a while, or by another thread: closed when `arena` is
 * closed or reset, at the latest. Never NULL. The recovery point and the holds
 * are those of `arena` while it has no recovery point of its own. Its first
 * `share` bytes, no more than half a huge page, lie in memory of `arena`. */
struct arena *arena_open_inner(struct arena *arena, size_t share);
void arena_close(struct arena *arena);
/* Everything taken so far is gone; poisoned under the address sanitizer. */
void arena_reset(struct arena *arena);
void arena_recover(struct arena *arena, jmp_buf *recovery);
/* What the arena does itself when it gets no memory, for who got none from
 * somebody else. */
_Noreturn void arena_fail(struct arena *arena);

/* What must not outlive a jump to the recovery point: an open file, the memory
 * of a library. Released before the jump, the newest first. It lies in the
 * frame of who holds it, who lets go of it before that frame ends. */
struct hold {
    void (*release)(void *thing);
    void *thing;
    struct hold *previous;
};

void arena_hold(struct arena *arena, struct hold *hold);
void arena_let_go(struct arena *arena, const struct hold *hold);

/* Bytes given out so far. */
size_t arena_used(const struct arena *arena);

/* A piece that is large or does not lie in what is prepared. */
void *arena_take_elsewhere(struct arena *arena, size_t size);
/* Makes `*at`, the last piece taken or any other, `size_new` bytes long;
 * moves it when it must. Not zeroed beyond the old size. */
void *arena_grow(struct arena *arena, void *at, size_t size_old,
                 size_t size_new);
struct str arena_copy(struct arena *arena, struct str text);
/* A NUL-terminated copy, for the C library. */
char *arena_cstr(struct arena *arena, struct str text);
/* Replaces each `{}` of the template by the next text, and `{{` by `{`;
 * asserts that their numbers agree. */
struct str arena_format(struct arena *arena, const char *template_text,
                        struct strs texts);
struct str arena_number(struct arena *arena, int64_t number);

/* What a piece takes in its chunk; never nothing, so that two pieces differ. */
static inline size_t
piece_room(size_t size)
{
    size_t bytes = size > 0 ? size : 1;
    return (bytes + PIECE_ALIGNMENT - 1) / PIECE_ALIGNMENT * PIECE_ALIGNMENT +
           RED_ZONE;
}

/* The next bytes of the chunk, which are prepared. */
static inline void *
piece_cut(struct arena *arena, size_t size)
{
    char *at = arena->next;
    arena->next = at + piece_room(size);
    arena->used += size;
    memory_unpoison(at, size);
    return at;
}

/* Aligned for any type, not zeroed. */
static inline void *
arena_take(struct arena *arena, size_t size)
{
    if (size > PIECE_LARGE ||
        piece_room(size) > (size_t)(arena->limit - arena->next))
        return arena_take_elsewhere(arena, size);
    return piece_cut(arena, size);
}

/* The same, zeroed. */
static inline void *
arena_new(struct arena *arena, size_t size)
{
    return memset(arena_take(arena, size), 0, size);
}

/* Zeroed room for `count` items; the product is checked. */
static inline void *
arena_array(struct arena *arena, size_t count, size_t item_size)
{
    if (item_size > 0 && count > SIZE_MAX / item_size)
        arena_fail(arena);
    return arena_new(arena, count * item_size);
}

#endif
