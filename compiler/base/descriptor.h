/*
 * Files that are open: what every room that opens one needs around the calls
 * of POSIX.
 */
#ifndef BASE_DESCRIPTOR_H
#define BASE_DESCRIPTOR_H

#include <sys/types.h>

/* openat(), again whenever a signal interrupts it. */
int descriptor_open(int folder, const char *name, int flags, mode_t mode);
/* Gives 0 or an errno. A close that is interrupted has closed it. */
int descriptor_close(int file);
/* Closes what `descriptor` points to: for arena_hold(). */
void descriptor_release(void *descriptor);

#endif
