/*
 * Finding a file of runtime/ in the binary. What an emitter does with it is
 * the emitter's business.
 */
#include "emit/runtime.h"

#include <assert.h>

const struct embedded_file *
runtime_find(struct str name)
{
    return embedded_find(embedded_runtime, embedded_runtime_count, name);
}

struct str
runtime_get(struct str name)
{
    const struct embedded_file *file = runtime_find(name);

    assert(file != NULL);
    return embedded_text(file);
}
