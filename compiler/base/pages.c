#define _DEFAULT_SOURCE /* madvise() is Linux's, not POSIX's */
#include "base/pages.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

/* Whole pages only: a page at the edge may hold another's bytes, and is most
 * likely there already. */
void
pages_prepare(void *at, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t start = ((uintptr_t)at + PAGE - 1) / PAGE * PAGE;
    uintptr_t end = ((uintptr_t)at + size) / PAGE * PAGE;
    int kept = errno;
    if (start < end)
        (void)madvise((void *)start, end - start, MADV_POPULATE_WRITE);
    errno = kept;
#else
    (void)at;
    (void)size;
#endif
}
