#include "base/gate.h"

#include <pthread.h>

struct gate {
    pthread_mutex_t mutex;
};

struct gate *
gate_new(struct arena *arena)
{
    struct gate *gate = arena_new(arena, sizeof *gate);
    *gate = (struct gate){PTHREAD_MUTEX_INITIALIZER};
    return gate;
}

void
gate_enter(struct gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
}

void
gate_leave(struct gate *gate)
{
    pthread_mutex_unlock(&gate->mutex);
}
