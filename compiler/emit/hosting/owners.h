/*
 * CODEOWNERS: who is asked when a file changes. GitHub reads it in .github/
 * alone, so it does not move with the target's root.
 */
#ifndef EMIT_HOSTING_OWNERS_H
#define EMIT_HOSTING_OWNERS_H

#include "emit/hosting/settings.h"

void emit_owners(struct hosting *hosting);

#endif
