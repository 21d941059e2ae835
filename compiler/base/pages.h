/*
 * Memory that will soon be written to, asked for at once. A page that is first
 * touched stops the program until the kernel has found one: 0.1 µs on a bare
 * machine, up to 50 in a virtual one, which is most of what a build costs
 * there. Linux 5.14 gives many at a time (madvise(2), MADV_POPULATE_WRITE);
 * elsewhere nothing happens, and nothing is wrong.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

/* Bytes from `at` on, which are the caller's to write. */
void pages_prepare(void *at, size_t size);

#endif
