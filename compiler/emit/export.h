/*
 * The whole of a program as JSON, for other tools: docs/export.schema.json says
 * its form.
 */
#ifndef EMIT_EXPORT_H
#define EMIT_EXPORT_H

#include "base/buf.h"
#include "ir/ir.h"

void emit_export(struct buf *buf, const struct ir *ir);

#endif
