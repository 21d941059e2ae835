/*
 * Texts that open something: by a form that is known, by the name they are
 * given, or by looking as if a machine had drawn them.
 */
#ifndef CHECK_CREDENTIALS_H
#define CHECK_CREDENTIALS_H

#include "base/str.h"

/* What the text is, for a label; NULL when it looks harmless. */
const char *credential_find(struct str text);
/* DB_PASSWORD, API_TOKEN; what is made for the public says so. */
bool is_secret_name(struct str name);
/* A part of it is as random as a key: digits and letters of both sizes, mixed
 * as no word, name, digest or certificate mixes them. The part, or empty. */
struct str random_part(struct str text);

#endif
