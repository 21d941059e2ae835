/*
 * glibc lets a program define malloc and its like: its own functions and those
 * of every library then use them. What they stand on are the other names that
 * glibc has for the same.
 */
#define _GNU_SOURCE /* dladdr, RTLD_NEXT */
#include "memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c) glibc's names */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);
void __libc_free(void *at);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */

struct fy_parser;
int fy_parser_set_string(struct fy_parser *parser, const char *text,
                         size_t len);

enum { SLOTS = 1 << 16, SPOILT = 0xdb };

struct piece {
    void *at;
    const void *taker; /* in whose code the call was */
};

static struct {
    bool is_armed;
    bool is_paused;
    bool for_good;
    long fails_at;
    long calls;
    struct piece slots[SLOTS]; /* a hash table of the live pieces */
} memory;

/* A slot that had a piece. */
static char gone;

static size_t
first_slot(const void *at)
{
    return ((uintptr_t)at >> 4) * 0x9e3779b1u % SLOTS;
}

static void
note_taken(void *at, const void *taker)
{
    size_t slot = first_slot(at);
    if (!memory.is_armed || at == NULL)
        return;
    while (memory.slots[slot].at != NULL && memory.slots[slot].at != &gone)
        slot = (slot + 1) % SLOTS;
    memory.slots[slot] = (struct piece){at, taker};
}

/* Was it taken since? */
static bool
note_given_back(void *at)
{
    size_t slot = first_slot(at);
    if (!memory.is_armed || at == NULL)
        return false;
    while (memory.slots[slot].at != NULL && memory.slots[slot].at != at)
        slot = (slot + 1) % SLOTS;
    if (memory.slots[slot].at == NULL)
        return false;
    memory.slots[slot].at = &gone;
    return true;
}

static bool
is_refused(void)
{
    if (!memory.is_armed || memory.is_paused)
        return false;
    memory.calls++;
    bool is_time = memory.for_good ? memory.calls >= memory.fails_at
                                   : memory.calls == memory.fails_at;
    if (memory.fails_at == 0 || !is_time)
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t size)
{
    if (is_refused())
        return NULL;
    void *at = __libc_malloc(size);
    if (memory.is_armed && at != NULL)
        memset(at, SPOILT, size);
    note_taken(at, __builtin_return_address(0));
    return at;
}

void *
calloc(size_t nmemb, size_t size)
{
    if (is_refused())
        return NULL;
    void *at = __libc_calloc(nmemb, size);
    note_taken(at, __builtin_return_address(0));
    return at;
}

void *
realloc(void *ptr, size_t size)
{
    if (is_refused())
        return NULL;
    bool was_noted = note_given_back(ptr);
    void *moved = __libc_realloc(ptr, size);
    if (moved != NULL && (was_noted || ptr == NULL))
        note_taken(moved, __builtin_return_address(0));
    return moved;
}

void
free(void *ptr)
{
    if (note_given_back(ptr))
        memset(ptr, SPOILT, malloc_usable_size(ptr));
    __libc_free(ptr);
}

void
memory_arm(long fails_at, bool for_good)
{
    memory.fails_at = fails_at;
    memory.for_good = for_good;
    memory.is_armed = true;
}

void
memory_disarm(void)
{
    memory.is_armed = false;
}

long
memory_calls(void)
{
    return memory.calls;
}

/* Is the code in a library of this name? */
static bool
is_code_of(const void *code, const char *library)
{
    Dl_info place;
    return dladdr(code, &place) != 0 && place.dli_fname != NULL &&
           strstr(place.dli_fname, library) != NULL;
}

/* libfyaml leaves some of its own when it gets no more, and some that the C
 * library copied for it. */
long
memory_live(void)
{
    long live = 0;
    long copied = 0;
    long libfyaml = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        const struct piece *piece = &memory.slots[i];
        if (piece->at == NULL || piece->at == &gone)
            continue;
        if (is_code_of(piece->taker, "libfyaml"))
            libfyaml++;
        else if (is_code_of(piece->taker, "libc.so"))
            copied++;
        else
            live++;
    }
    return libfyaml > 0 ? live : live + copied;
}

/* libfyaml does not look whether it got memory here. */
int
fy_parser_set_string(struct fy_parser *parser, const char *text, size_t len)
{
    int (*next)(struct fy_parser *, const char *, size_t);
    void *found = dlsym(RTLD_NEXT, "fy_parser_set_string");
    memcpy(&next, &found, sizeof next);
    memory.is_paused = true;
    int result = next(parser, text, len);
    memory.is_paused = false;
    return result;
}
