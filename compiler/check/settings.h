/*
 * What rules ask of the answers to the config contract.
 */
#ifndef CHECK_SETTINGS_H
#define CHECK_SETTINGS_H

#include "check/check.h"

typedef void setting_visit(struct check *check,
                           const struct environment *environment,
                           const struct setting *setting);

/* Every setting of every environment that has a known value, in order. */
void each_setting(struct check *check, setting_visit *visit);

/* `ENV.KEY`: what `allow CODE on …` names a setting by. */
struct str setting_object(struct check *check,
                          const struct environment *environment,
                          const struct setting *setting);
/* Says that the environment has the contract's default, if it has. */
void note_default(struct diag *diag, const struct environment *environment,
                  const struct setting *setting);
/* true, or a text that programs read so. */
bool is_on(const struct value *value);

#endif
