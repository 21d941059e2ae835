/*
 * Family P, from the words in keys and values: what does not belong into a
 * tier. The tables are short on purpose: a rule that guesses is a rule that
 * is switched off.
 */
#include "check/check.h"
#include "check/places.h"
#include "check/settings.h"
#include "check/words.h"

static setting_visit judge_debug, judge_stand_in, judge_mode, judge_toggle;
static bool is_debug_switch(struct str key, const struct value *value);
static bool is_chatty_level(struct str key, const struct value *value);
static const char *stand_in_find(const struct setting *setting);
static bool is_real_thing(const struct setting *setting);
static void report_value(struct check *check, enum diag_code code,
                         const struct environment *environment,
                         const struct setting *setting, const char *label,
                         const char *help);

static const char *const negations[] = {"DISABLE", "DISABLED", "NO", "WITHOUT",
                                        "SKIP",    "HIDE",     NULL};

/* P03 */
void
check_debug_in_production(struct check *check)
{
    each_setting(check, judge_debug);
}

/* P04 */
void
check_stand_ins(struct check *check)
{
    each_setting(check, judge_stand_in);
}

/* P05 */
void
check_run_time_mode(struct check *check)
{
    each_setting(check, judge_mode);
}

/* P08 */
void
check_safeguards(struct check *check)
{
    each_setting(check, judge_toggle);
}

static void
report_value(struct check *check, enum diag_code code,
             const struct environment *environment,
             const struct setting *setting, const char *label, const char *help)
{
    struct diag *diag = diag_add(
        check->sink, code, setting->value->span,
        STRS(setting->key->name, setting->value->text, environment->name));
    diag_label(diag, label, NO_STRS);
    note_default(diag, environment, setting);
    diag_help(diag, help, STRS(environment->name));
    diag_about(diag, setting_object(check, environment, setting));
}

/* ---- P03 ---------------------------------------------------------------- */

static void
judge_debug(struct check *check, const struct environment *environment,
            const struct setting *setting)
{
    struct str key = setting->key->name;
    if (environment->tier != TIER_PRODUCTION)
        return;
    if (is_debug_switch(key, setting->value))
        report_value(check, DIAG_P03, environment, setting,
                     "shows its inner workings to anybody",
                     "switch it off in `{}`");
    else if (is_chatty_level(key, setting->value))
        report_value(check, DIAG_P03, environment, setting,
                     "logs all that passes, secrets too",
                     "set `info` or higher in `{}`");
}

static bool
is_debug_switch(struct str key, const struct value *value)
{
    return has_word(key, "DEBUG") && word_find(key, negations) == NULL &&
           is_on(value);
}

static bool
is_chatty_level(struct str key, const struct value *value)
{
    static const char *const keys[] = {"LOG_LEVEL", "LOGLEVEL", "LOGGING_LEVEL",
                                       "VERBOSITY", NULL};
    static const char *const levels[] = {"debug", "trace", "verbose", "silly",
                                         NULL};
    const char *level = word_find(value->text, levels);
    return last_word_find(key, keys) != NULL && level != NULL &&
           is_str_equal_nocase(value->text, str_from(level));
}

/* ---- P04 ---------------------------------------------------------------- */

static void
judge_stand_in(struct check *check, const struct environment *environment,
               const struct setting *setting)
{
    bool is_production = environment->tier == TIER_PRODUCTION;
    if (is_production && stand_in_find(setting) != NULL)
        report_value(check, DIAG_P04, environment, setting,
                     "not the real thing", "set the real one in `{}`");
    else if (!is_production && is_real_thing(setting))
        report_value(check, DIAG_P04, environment, setting,
                     "the real thing, outside production",
                     "set a sandbox in `{}`");
}

/* A switch between kinds, or an address: prose may speak of tests. */
static bool
names_a_kind(const struct setting *setting)
{
    const struct value *value = setting->value;
    return setting->key->type != TYPE_PATTERN && !has_byte(value->text, ' ') &&
           !has_byte(value->text, '\n');
}

/* A key that says so itself, such as AB_TEST, means it. */
static const char *
stand_in_find(const struct setting *setting)
{
    static const char *const words[] = {"test",    "mock",    "sandbox",
                                        "mailhog", "mailpit", "mailtrap",
                                        "fake",    "dummy",   NULL};
    if (!names_a_kind(setting))
        return NULL;
    const char *word = word_find(setting->value->text, words);
    return word == NULL || has_word(setting->key->name, word) ? NULL : word;
}

static bool
is_real_thing(const struct setting *setting)
{
    return names_a_kind(setting) &&
           is_str_equal_nocase(setting->value->text, STR("live")) &&
           !has_word(setting->key->name, "LIVE");
}

/* ---- P05 ---------------------------------------------------------------- */

/* Keys that switch a language's run time, not the program's own idea of where
 * it runs: staging is production there. */
static void
judge_mode(struct check *check, const struct environment *environment,
           const struct setting *setting)
{
    static const char *const keys[] = {"NODE_ENV", "RAILS_ENV", "RACK_ENV",
                                       "MIX_ENV", NULL};
    struct str key = setting->key->name;
    const char *found = last_word_find(key, keys);
    if (environment->tier == TIER_DEVELOPMENT || found == NULL ||
        !is_str_equal(key, str_from(found)) ||
        setting->value->kind != VALUE_TEXT ||
        has_prefix(setting->value->text, STR("prod")))
        return;
    report_value(check, DIAG_P05, environment, setting,
                 "other code runs than in production",
                 "set what production sets in `{}`");
}

/* ---- P08 ---------------------------------------------------------------- */

static bool
is_safeguard(struct str key)
{
    static const char *const words[] = {
        "RATE_LIMIT", "RATE_LIMITING", "RATELIMIT", "CSRF", "CAPTCHA",
        "MFA",        "HSTS",          "HTTPS",     "TLS",  "SSL",
        "CSP",        "WAF",           "AUTH",      NULL};
    return word_find(key, words) != NULL;
}

/* Is the safeguard up? DISABLE_CSRF true takes it down. */
static bool
is_safeguard_up(const struct setting *setting)
{
    bool is_negated = word_find(setting->key->name, negations) != NULL;
    return is_on(setting->value) != is_negated;
}

static const struct environment *
guarded_before_find(const struct ir *ir, const struct environment *environment,
                    size_t key_index)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *other = ir->environments[i];
        const struct setting *setting = &other->settings[key_index];
        if (other->tier < environment->tier && is_value_known(setting->value) &&
            is_safeguard_up(setting))
            return other;
    }
    return NULL;
}

static void
judge_toggle(struct check *check, const struct environment *environment,
             const struct setting *setting)
{
    const struct config_key *key = setting->key;
    if (key->type != TYPE_BOOL || !is_safeguard(key->name) ||
        is_safeguard_up(setting))
        return;
    const struct environment *before =
        guarded_before_find(check->ir, environment, key->index);
    if (before == NULL)
        return;
    const struct value *value = setting->value;
    struct diag *diag =
        diag_add(check->sink, DIAG_P08, value->span,
                 STRS(key->name, environment->name, before->name));
    diag_label(diag, "it is down here", NO_STRS);
    note_default(diag, environment, setting);
    diag_note(diag,
              place_apart(before->settings[key->index].value->span, value->span,
                          before->span),
              "it is up here", NO_STRS);
    diag_help(diag, "a safeguard that holds in `{}` should hold in `{}`",
              STRS(before->name, environment->name));
    diag_about(diag, setting_object(check, environment, setting));
}
