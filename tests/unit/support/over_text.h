/* A handle to which every file is one text. */
#ifndef SUPPORT_OVER_TEXT_H
#define SUPPORT_OVER_TEXT_H

#include "brx/brx.h"

/* The caller's to close. Never NULL. */
struct brx *open_over_text(const char *text);

#endif
