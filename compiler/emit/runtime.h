/*
 * The files of runtime/, which generated scripts and pipelines stand on: real
 * files, embedded as they are.
 */
#ifndef EMIT_RUNTIME_H
#define EMIT_RUNTIME_H

#include "base/embedded.h"

extern const struct embedded_file embedded_runtime[];
extern const size_t embedded_runtime_count;

/* By path below runtime/, such as "pipeline/deploy.sh"; may give NULL. */
const struct embedded_file *runtime_find(struct str name);
/* The text of a file that we know to be there; asserts that it is. */
struct str runtime_get(struct str name);

#endif
