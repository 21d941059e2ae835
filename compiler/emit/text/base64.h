/*
 * Bytes as text (RFC 4648 4), for what YAML cannot carry as it is.
 */
#ifndef EMIT_TEXT_BASE64_H
#define EMIT_TEXT_BASE64_H

#include "base/buf.h"

struct str base64_text(struct arena *arena, struct str bytes);

#endif
