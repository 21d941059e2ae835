/*
 * Finding a file of runtime/. What an emitter does with it is the emitter's
 * business.
 */
#include "emit/runtime.h"

#include <assert.h>

struct str
runtime_get(const struct embedded *runtime, struct str name)
{
    const struct embedded_file *file = embedded_find(runtime, name);

    assert(file != NULL);
    return file->text;
}
