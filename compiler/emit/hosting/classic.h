/*
 * Classic branch protection, as PUT
 * /repos/OWNER/NAME/branches/BRANCH/protection takes it, beside the branch's
 * name and whether commits must be signed, which are calls of their own.
 */
#ifndef EMIT_HOSTING_CLASSIC_H
#define EMIT_HOSTING_CLASSIC_H

#include "emit/hosting/settings.h"

void emit_classic(struct hosting *hosting, const struct protection *protection);

#endif
