/*
 * Family P, from the contract alone: keys that contradict each other, and
 * what is no configuration but a secret.
 */
#include "check/check.h"
#include "check/settings.h"
#include "check/words.h"
#include "base/map.h"

static void judge_secret_key(struct check *check, const struct config_key *key);
static setting_visit judge_secret_value;
static bool is_secret_key(const struct config_key *key);
static const char *credential_find(struct str text);
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

/* Only texts: a TOKEN_TTL is a duration, a PASSWORD_RESET a switch. What is
 * made for the public has it in its name. */
static bool
is_secret_key(const struct config_key *key)
{
    static const char *const words[] = {
        "PASSWORD",   "PASSWD",     "PASSPHRASE",  "SECRET",
        "TOKEN",      "API_KEY",    "APIKEY",      "PRIVATE_KEY",
        "ACCESS_KEY", "SECRET_KEY", "CREDENTIALS", NULL};
    static const char *const open_words[] = {"PUBLIC", "PUBLISHABLE", NULL};
    return (key->type == TYPE_TEXT || key->type == TYPE_PATTERN) &&
           last_word_find(key->name, words) != NULL &&
           word_find(key->name, open_words) == NULL;
}

static void
judge_secret_value(struct check *check, const struct environment *environment,
                   const struct setting *setting)
{
    const struct value *value = setting->value;
    (void)environment;
    if (value->kind != VALUE_TEXT || is_secret_key(setting->key))
        return;
    const char *credential = credential_find(value->text);
    if (credential == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_P16, value->span, STRS(setting->key->name));
    diag_label(diag, credential, NO_STRS);
    advise_secret(diag, setting->key);
}

/* Does `word` begin somewhere in `text`, with `least` bytes of a token
 * behind it? */
static bool
has_token(struct str text, struct str word, size_t least)
{
    for (size_t i = 0; i + word.len + least <= text.len; i++) {
        if ((i > 0 && is_ascii_alnum(text.at[i - 1])) ||
            !has_prefix(str_slice(text, i, text.len), word))
            continue;
        size_t length = 0;
        while (length < least) {
            char byte = text.at[i + word.len + length];
            if (!is_ascii_alnum(byte) && byte != '_' && byte != '-')
                break;
            length++;
        }
        if (length == least)
            return true;
    }
    return false;
}

/* `scheme://user:password@host` */
static bool
has_password(struct str text)
{
    size_t at = 0;
    while ((at = str_index(text, ':', at)) < text.len) {
        at++;
        struct str rest = str_slice(text, at, text.len);
        if (!has_prefix(rest, STR("//")))
            continue;
        struct str authority = str_slice(rest, 2, rest.len);
        authority = str_cut(&authority, '/');
        size_t end = str_index(authority, '@', 0);
        size_t colon = str_index(authority, ':', 0);
        if (end < authority.len && colon + 1 < end)
            return true;
    }
    return false;
}

/* What the value is, for the label; NULL when it looks harmless. */
static const char *
credential_find(struct str text)
{
    static const struct {
        const char *start;
        size_t least;
        const char *label;
    } forms[] = {
        {"AKIA", 16, "an AWS access key"},
        {"ghp_", 30, "a GitHub token"},
        {"gho_", 30, "a GitHub token"},
        {"ghs_", 30, "a GitHub token"},
        {"github_pat_", 30, "a GitHub token"},
        {"glpat-", 20, "a GitLab token"},
        {"sk_live_", 16, "a Stripe key"},
        {"rk_live_", 16, "a Stripe key"},
        {"xoxb-", 16, "a Slack token"},
        {"xoxp-", 16, "a Slack token"},
        {"AccountKey=", 16, "a storage account's key"},
        {"SharedAccessKey=", 16, "a shared access key"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (has_token(text, str_from(forms[i].start), forms[i].least))
            return forms[i].label;
    }
    if (has_word(text, "PRIVATE_KEY") &&
        has_prefix(str_trim(text), STR("-----BEGIN")))
        return "a private key";
    return has_password(text) ? "a URL with a password" : NULL;
}
