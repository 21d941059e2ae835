/*
 * A comparison in the form that a caller of brx.h asks for.
 */
#ifndef DRIVER_DIFFERENCE_H
#define DRIVER_DIFFERENCE_H

#include "compare/compare.h"
#include "driver/handle.h"

/* Sorts the files, too. */
struct brx_difference tell_difference(struct arena *arena,
                                      enum brx_difference_form form,
                                      struct differences *differences);

#endif
