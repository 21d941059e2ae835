/*
 * The pages of docs/checks/, one a code ("T01.md"), embedded for `explain`.
 */
#ifndef DIAG_EMBEDDED_H
#define DIAG_EMBEDDED_H

#include "base/embedded.h"

extern const struct embedded_folder embedded_checks;

#endif
