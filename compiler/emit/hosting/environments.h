/*
 * GitHub environments: those that deploy, and the gates in front of them, as
 * the workflows name them.
 */
#ifndef EMIT_HOSTING_ENVIRONMENTS_H
#define EMIT_HOSTING_ENVIRONMENTS_H

#include "emit/hosting/settings.h"

void emit_environments(struct hosting *hosting);

#endif
