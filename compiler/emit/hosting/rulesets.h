/*
 * Rulesets, as POST /repos/OWNER/NAME/rulesets takes them. Their names begin
 * with `broxc`, so that whoever applies them knows its own.
 */
#ifndef EMIT_HOSTING_RULESETS_H
#define EMIT_HOSTING_RULESETS_H

#include "emit/hosting/settings.h"

/* One for the branch, and one for who may push to it: whoever passes by a
 * ruleset passes by all of it. */
void emit_ruleset(struct hosting *hosting, const struct protection *protection);
/* One for the tags that name releases. */
void emit_tag_rulesets(struct hosting *hosting);

/* The app that reports a check: GitHub's own, or 0 for any. */
int64_t check_app(struct str check);

#endif
