/* The writer moved to base/: reports are JSON, too. */
#ifndef EMIT_TEXT_JSON_H
#define EMIT_TEXT_JSON_H

#include "base/json.h"

#endif
