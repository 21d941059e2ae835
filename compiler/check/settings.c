/*
 * Settings of environments.
 */
#include "check/settings.h"

void
each_setting(struct check *check, setting_visit *visit)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < check->ir->config_key_count; j++) {
            if (is_value_known(environment->settings[j].value))
                visit(check, environment, &environment->settings[j]);
        }
    }
}

struct str
setting_object(struct check *check, const struct environment *environment,
               const struct setting *setting)
{
    return arena_format(check->arena, "{}.{}",
                        STRS(environment->name, setting->key->name));
}

void
note_default(struct diag *diag, const struct environment *environment,
             const struct setting *setting)
{
    const struct origin *origin = setting->value->origin;
    if (origin != NULL && origin->layer == LAYER_PROJECT)
        diag_note(diag, environment->span, "`{}` sets no value of its own",
                  STRS(environment->name));
}

bool
is_on(const struct value *value)
{
    static const char *const words[] = {"true", "on", "yes", "1", "enabled"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_str_equal_nocase(value->text, str_from(words[i])))
            return true;
    }
    return false;
}
