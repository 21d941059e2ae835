/*
 * What a change of a workload comes to on its cluster.
 */
#ifndef COMPARE_CAPACITY_H
#define COMPARE_CAPACITY_H

#include "compare/shape.h"

/* Of struct workload: each of its field, the last of all of it, when one side
 * is NULL. */
write_note note_count;
write_note note_scale;
write_note note_memory;
write_note note_cpu;
write_note note_workload;
/* Of struct environment, when one side is NULL: its whole bill. */
write_note note_environment;

#endif
