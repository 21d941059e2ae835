/*
 * What lies between entering and leaving is done by one lane at a time
 * (base/tasks.h).
 */
#ifndef BASE_GATE_H
#define BASE_GATE_H

#include "base/arena.h"

struct gate;

struct gate *gate_new(struct arena *arena);
void gate_enter(struct gate *gate);
void gate_leave(struct gate *gate);

#endif
