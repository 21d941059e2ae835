/*
 * docs/words.md: the whole vocabulary as one page, made from the schema.
 */
#ifndef DRIVER_REFERENCE_H
#define DRIVER_REFERENCE_H

#include "base/buf.h"

void write_reference(struct buf *buf);

#endif
