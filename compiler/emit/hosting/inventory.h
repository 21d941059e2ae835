/*
 * What must be set at GitHub: names of variables and secrets, never values;
 * and the labels.
 */
#ifndef EMIT_HOSTING_INVENTORY_H
#define EMIT_HOSTING_INVENTORY_H

#include "emit/hosting/settings.h"

/* `variables` and `secrets` of an environment that deploys. */
void json_needs(struct json *json, const struct ir *ir,
                const struct environment *environment);
/* The same of one that only says who signs in. */
void json_identity_needs(struct json *json, const struct ir *ir,
                         const struct environment *environment);
/* repository.json and labels.json. */
void emit_inventory(struct hosting *hosting);

#endif
