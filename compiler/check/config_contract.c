/*
 * Family P, from the contract alone: keys that contradict each other, and
 * what is no configuration but a secret.
 */
#include "check/check.h"
#include "check/credentials.h"
#include "check/settings.h"
#include "check/words.h"
#include "base/map.h"

static void judge_secret_key(struct check *check, const struct config_key *key);
static setting_visit judge_secret_value;
static bool is_secret_key(const struct config_key *key);
static struct str switched_name(struct check *check,
                                const struct config_key *key);

/* P15 */
void
check_opposite_flags(struct check *check)
{
    struct map positives;
    map_init(&positives, check->arena);
    for (size_t i = 0; i < check->ir->config_key_count; i++)
        map_put(&positives, check->ir->config_keys[i].name,
                &check->ir->config_keys[i]);
    for (size_t i = 0; i < check->ir->config_key_count; i++) {
        const struct config_key *key = &check->ir->config_keys[i];
        const struct config_key *other =
            map_find(&positives, switched_name(check, key));
        if (other == NULL)
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_P15, key->span,
                                     STRS(key->name, other->name));
        diag_label(diag, "what if both are `false`?", NO_STRS);
        diag_note(diag, other->span, "the same question here", NO_STRS);
        diag_help(diag, "keep `{}` alone", STRS(other->name));
        diag_about(diag, key->name);
    }
}

/* P16 */
void
check_secret_looking(struct check *check)
{
    for (size_t i = 0; i < check->ir->config_key_count; i++)
        judge_secret_key(check, &check->ir->config_keys[i]);
    each_setting(check, judge_secret_value);
}

/* ---- P15 ---------------------------------------------------------------- */

/* ENABLE_X for DISABLE_X, X_ENABLED for X_DISABLED; empty for the rest. */
static struct str
switched_name(struct check *check, const struct config_key *key)
{
    struct str name = key->name;
    if (key->type != TYPE_BOOL)
        return STR("");
    if (has_prefix(name, STR("DISABLE_")))
        return arena_format(
            check->arena, "ENABLE_{}",
            STRS(str_slice(name, STR("DISABLE_").len, name.len)));
    if (has_suffix(name, STR("_DISABLED")))
        return arena_format(
            check->arena, "{}_ENABLED",
            STRS(str_slice(name, 0, name.len - STR("_DISABLED").len)));
    return STR("");
}

/* ---- P16 ---------------------------------------------------------------- */

static void
advise_secret(struct diag *diag, const struct config_key *key)
{
    diag_help(diag,
              "take it out of `config`, and write `secret [{}]` in the service",
              STRS(key->name));
    diag_about(diag, key->name);
}

static void
judge_secret_key(struct check *check, const struct config_key *key)
{
    if (!is_secret_key(key))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_P16, key->span, STRS(key->name));
    diag_label(diag, "its name says that it is a secret", NO_STRS);
    advise_secret(diag, key);
}

/* Only texts: a TOKEN_TTL is a duration, a PASSWORD_RESET a switch. */
static bool
is_secret_key(const struct config_key *key)
{
    return (key->type == TYPE_TEXT || key->type == TYPE_PATTERN) &&
           is_secret_name(key->name);
}

static void
judge_secret_value(struct check *check, const struct environment *environment,
                   const struct setting *setting)
{
    const struct value *value = setting->value;
    (void)environment;
    if (is_secret_key(setting->key))
        return;
    const char *credential = credential_find(value->text);
    if (credential == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_P16, value->span, STRS(setting->key->name));
    diag_label(diag, credential, NO_STRS);
    advise_secret(diag, setting->key);
}
