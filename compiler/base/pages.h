/*
 * Memory straight from the kernel, in whole pages, and asked for before it is
 * touched. A page that is first touched stops the program until the kernel has
 * found one: 0.1 µs on a bare machine, up to 50 in a virtual one, which was
 * most of what a build cost there. Linux 5.14 gives many at a time
 * (madvise(2), MADV_POPULATE_WRITE), or a huge one in the place of 512
 * (MADV_HUGEPAGE); elsewhere nothing is prepared, and nothing is wrong.
 *
 * Under the address sanitizer it is the C library's, whose leaks it finds.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

/* Of x86-64, and of others whose ordinary ones have 4 KB. */
enum { PAGES_HUGE = 2 * 1024 * 1024 };

/* NULL when the machine has no memory left. Nothing is prepared yet, nor is it
 * all zero. A multiple of PAGES_HUGE is given in huge pages where there are
 * some: a part of one that is touched counts as the whole. */
void *pages_take(size_t size);
/* Moves them when it must; NULL, and all is as it was, without memory. */
void *pages_resize(void *at, size_t size_old, size_t size);
void pages_give_back(void *at, size_t size);
/* The pages that hold these bytes, which are the caller's to write. */
void pages_prepare(void *at, size_t size);

#endif
