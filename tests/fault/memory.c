/*
 * glibc lets a program define malloc and its like: its own functions and those
 * of every library then use them. What they stand on are the other names that
 * glibc has for the same. Pages are the kernel's; what glibc itself asks of it
 * does not come by here.
 */
#define _GNU_SOURCE /* mremap() */
#include "memory.h"

#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c) glibc's names */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);
void __libc_free(void *at);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */

enum { SLOTS = 1 << 16, SPOILT = 0xdb };

static struct {
    bool is_armed;
    bool for_good;
    long fails_at;
    long calls;
    long live;
    void *slots[SLOTS]; /* a hash table of the live pieces */
} memory;

/* A slot that had a piece. */
static char gone;

/* Two threads ask; a mutex of the C library's might ask itself. */
static atomic_flag is_taken = ATOMIC_FLAG_INIT;

static void
enter(void)
{
    while (atomic_flag_test_and_set(&is_taken))
        sched_yield();
}

static void
leave(void)
{
    atomic_flag_clear(&is_taken);
}

static size_t
first_slot(const void *at)
{
    return ((uintptr_t)at >> 4) * 0x9e3779b1u % SLOTS;
}

static void
note_taken(void *at)
{
    size_t slot = first_slot(at);
    if (!memory.is_armed || at == NULL)
        return;
    enter();
    while (memory.slots[slot] != NULL && memory.slots[slot] != &gone)
        slot = (slot + 1) % SLOTS;
    memory.slots[slot] = at;
    memory.live++;
    leave();
}

/* Was it taken since? */
static bool
note_given_back(void *at)
{
    size_t slot = first_slot(at);
    if (!memory.is_armed || at == NULL)
        return false;
    enter();
    while (memory.slots[slot] != NULL && memory.slots[slot] != at)
        slot = (slot + 1) % SLOTS;
    bool was_taken = memory.slots[slot] != NULL;
    if (was_taken) {
        memory.slots[slot] = &gone;
        memory.live--;
    }
    leave();
    return was_taken;
}

static bool
is_refused(void)
{
    if (!memory.is_armed)
        return false;
    enter();
    long calls = ++memory.calls;
    leave();
    bool is_time =
        memory.for_good ? calls >= memory.fails_at : calls == memory.fails_at;
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
    note_taken(at);
    return at;
}

void *
calloc(size_t nmemb, size_t size)
{
    if (is_refused())
        return NULL;
    void *at = __libc_calloc(nmemb, size);
    note_taken(at);
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
        note_taken(moved);
    return moved;
}

void
free(void *ptr)
{
    if (note_given_back(ptr))
        memset(ptr, SPOILT, malloc_usable_size(ptr));
    __libc_free(ptr);
}

void *
mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
    if (is_refused())
        return MAP_FAILED;
    void *at = (void *)syscall(SYS_mmap, addr, len, prot, flags, fd, offset);
    note_taken(at == MAP_FAILED ? NULL : at);
    return at;
}

void *
mremap(void *addr, size_t old_len, size_t new_len, int flags, ...)
{
    if (is_refused())
        return MAP_FAILED;
    void *moved = (void *)syscall(SYS_mremap, addr, old_len, new_len, flags);
    if (moved != MAP_FAILED && note_given_back(addr))
        note_taken(moved);
    return moved;
}

int
munmap(void *addr, size_t len)
{
    (void)note_given_back(addr);
    return (int)syscall(SYS_munmap, addr, len);
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

long
memory_live(void)
{
    return memory.live;
}
