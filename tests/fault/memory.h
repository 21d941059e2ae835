/*
 * The C library's allocator, for a test program that links this: as it is,
 * until a process arms it. Then it counts, knows what was not given back,
 * spoils what was, and fails where it is told to.
 */
#ifndef FAULT_MEMORY_H
#define FAULT_MEMORY_H

#include <stdbool.h>

/* From now on; call number `fails_at`, from 1, gives NULL; 0: none does. With
 * `for_good`, nor does any after it. */
void memory_arm(long fails_at, bool for_good);
void memory_disarm(void);
/* Calls that asked for memory since. */
long memory_calls(void);
/* Pieces that were taken since and are not given back. */
long memory_live(void);

#endif
