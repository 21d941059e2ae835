/*
 * The files of runtime/, which generated scripts and pipelines stand on: real
 * files, embedded as they are, named by their path below runtime/, such as
 * "pipeline/deploy.sh".
 */
#ifndef EMIT_RUNTIME_H
#define EMIT_RUNTIME_H

#include "base/embedded.h"

extern const struct embedded_folder embedded_runtime;

/* The text of a file that we know to be there; asserts that it is. */
struct str runtime_get(const struct embedded *runtime, struct str name);

#endif
