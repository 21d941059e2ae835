#define _GNU_SOURCE /* madvise() and mremap() are Linux's, not POSIX's */
#include "base/pages.h"

#include "base/poison.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined(MREMAP_MAYMOVE) && !defined(HAS_ADDRESS_SANITIZER)

static void *
map(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

/* As many at a place that a huge page can have. */
static char *
map_aligned(size_t size)
{
    char *at = map(size + PAGES_HUGE);
    if (!at)
        return NULL;
    size_t before = PAGES_HUGE - (uintptr_t)at % PAGES_HUGE;
    (void)munmap(at, before);
    if (before < PAGES_HUGE)
        (void)munmap(at + before + size, PAGES_HUGE - before);
    return at + before;
}

void *
pages_take(size_t size)
{
    if (size % PAGES_HUGE != 0)
        return map(size);
    char *at = map_aligned(size);
#ifdef MADV_HUGEPAGE
    int kept = errno;
    if (at)
        (void)madvise(at, size, MADV_HUGEPAGE);
    errno = kept;
#endif
    return at;
}

void *
pages_resize(void *at, size_t size_old, size_t size)
{
    void *moved = mremap(at, size_old, size, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
}

void
pages_give_back(void *at, size_t size)
{
    (void)munmap(at, size);
}

#else

void *
pages_take(size_t size)
{
    return malloc(size);
}

void *
pages_resize(void *at, size_t size_old, size_t size)
{
    (void)size_old;
    return realloc(at, size);
}

void
pages_give_back(void *at, size_t size)
{
    (void)size;
    free(at);
}

#endif

void
pages_prepare(void *at, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    enum { PAGE = 4096 };
    uintptr_t start = (uintptr_t)at / PAGE * PAGE;
    uintptr_t end = ((uintptr_t)at + size + PAGE - 1) / PAGE * PAGE;
    int kept = errno;
    (void)madvise((void *)start, end - start, MADV_POPULATE_WRITE);
    errno = kept;
#else
    (void)at;
    (void)size;
#endif
}
