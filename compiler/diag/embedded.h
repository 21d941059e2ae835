/*
 * The pages of docs/checks/, one a code ("T01.md"), embedded as they are for
 * `explain`.
 */
#ifndef DIAG_EMBEDDED_H
#define DIAG_EMBEDDED_H

#include "base/embedded.h"

extern const struct embedded_file embedded_checks[];
extern const size_t embedded_checks_count;

#endif
