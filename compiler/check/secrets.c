/*
 * Family K: where secrets lie, under which names, and how long they live.
 */
#include "check/check.h"
#include "check/places.h"
#include "check/walk.h"
#include "base/buf.h"
#include "base/map.h"
#include "ir/quantity.h"

enum {
    VAULT_KEY_MAX = 127,         /* Azure Key Vault: [0-9A-Za-z-]{1,127} */
    REFRESH_MS = 60 * 60 * 1000, /* an ExternalSecret is read once an hour */
};

static const struct workload *secret_user_find(
    const struct environment *environment);
static void judge_vault(struct check *check,
                        const struct environment *environment);
static void judge_sharing(struct check *check, const struct environment *first,
                          const struct environment *second);
static void judge_period(struct check *check,
                         const struct environment *environment);
static void judge_rotation(struct check *check,
                           const struct environment *environment);
static void each_environment(struct check *check,
                             void (*visit)(struct check *check,
                                           const struct environment *));
static bool has_small_letter(const struct ir *ir);
static struct str vault_name_of(struct arena *arena, struct str secret);

/* K02 */
void
check_secret_missing(struct check *check)
{
    each_environment(check, judge_vault);
}

/* K03 */
void
check_vault_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->secret_count; i++) {
        const struct secret *secret = check->ir->secrets[i];
        if (secret->name.len <= VAULT_KEY_MAX)
            continue;
        struct str len = arena_number(check->arena, (int64_t)secret->name.len);
        struct diag *diag =
            diag_add(check->sink, DIAG_K03, secret->span, STRS(secret->name));
        diag_label(diag, "{} characters", STRS(len));
        diag_help(diag, "a vault's keys have {} at most",
                  STRS(arena_number(check->arena, VAULT_KEY_MAX)));
        diag_about(diag, secret->name);
    }
}

/* K05 */
void
check_vault_name_collision(struct check *check)
{
    struct map seen;
    if (!has_small_letter(check->ir))
        return;
    map_init(&seen, check->arena);
    for (size_t i = 0; i < check->ir->secret_count; i++) {
        const struct secret *secret = check->ir->secrets[i];
        struct str name = vault_name_of(check->arena, secret->name);
        const struct secret *first = map_find(&seen, name);
        if (first == NULL) {
            map_put(&seen, name, secret);
            continue;
        }
        struct diag *diag = diag_add(check->sink, DIAG_K05, secret->span,
                                     STRS(first->name, secret->name));
        diag_label(diag, "`{}` in the vault", STRS(name));
        diag_note(diag, first->span, "`{}` here too", STRS(name));
        diag_help(diag, "rename one of the two", NO_STRS);
        diag_about(diag, secret->name);
    }
}

/* K06 */
void
check_vault_shared(struct check *check)
{
    each_environment_pair(check, judge_sharing);
}

/* K13 */
void
check_secret_period(struct check *check)
{
    each_environment(check, judge_period);
}

/* K14 */
void
check_secret_rotation(struct check *check)
{
    each_environment(check, judge_rotation);
}

static void
each_environment(struct check *check,
                 void (*visit)(struct check *check, const struct environment *))
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        visit(check, check->ir->environments[i]);
}

/* As a variable or as a file; NULL when it asks for none. */
static const struct secret *
first_secret_of(const struct workload *workload)
{
    if (workload->secret_count > 0)
        return workload->secrets[0];
    return workload->secret_file_count > 0 ? workload->secret_files[0].secret
                                           : NULL;
}

static const struct workload *
secret_user_find(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (first_secret_of(environment->workloads[i]) != NULL)
            return environment->workloads[i];
    }
    return NULL;
}

static void
judge_vault(struct check *check, const struct environment *environment)
{
    const struct workload *user = secret_user_find(environment);
    if (environment->vault != NULL || user == NULL)
        return;
    const struct secret *secret = first_secret_of(user);
    struct diag *diag = diag_add(check->sink, DIAG_K02, environment->span,
                                 STRS(environment->name, secret->name));
    diag_label(diag, "it names no vault", NO_STRS);
    diag_note(diag, secret->span, "`{}` asks for it",
              STRS(user->service->name));
    diag_help(diag, "write `vault azure NAME` in `{}`",
              STRS(environment->name));
    diag_about(diag, environment->name);
}

/* Names are those of variables: two that a vault takes for one differ in their
 * capitals. */
static bool
has_small_letter(const struct ir *ir)
{
    for (size_t i = 0; i < ir->secret_count; i++) {
        struct str name = ir->secrets[i]->name;
        for (size_t j = 0; j < name.len; j++) {
            if (is_ascii_alpha(name.at[j]) && !is_ascii_upper(name.at[j]))
                return true;
        }
    }
    return false;
}

/* A vault does not tell capital letters, and has no `_`. */
static struct str
vault_name_of(struct arena *arena, struct str secret)
{
    struct buf name;
    buf_init(&name, arena);
    for (size_t i = 0; i < secret.len; i++) {
        char byte = ascii_lower(secret.at[i]);
        buf_byte(&name, is_ascii_alnum(byte) ? byte : '-');
    }
    return buf_str(&name);
}

/* Environments of one tier may share: two regions of production, or two
 * developers. */
static void
judge_sharing(struct check *check, const struct environment *first,
              const struct environment *second)
{
    if (first->tier == second->tier || first->vault == NULL ||
        second->vault == NULL)
        return;
    const struct value *name = second->vault->name;
    const struct value *other = first->vault->name;
    if (!is_value_known(name) || !is_value_known(other) ||
        !is_str_equal_nocase(name->text, other->text))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_K06, name->span,
                                 STRS(first->name, second->name, name->text));
    diag_label(diag, "who reads one environment's secrets reads the other's",
               NO_STRS);
    diag_note(diag, place_apart(other->span, name->span, second->span),
              "the same vault here", NO_STRS);
    diag_help(diag, "give each environment its own vault", NO_STRS);
    diag_about(diag, second->name);
}

static void
judge_period(struct check *check, const struct environment *environment)
{
    const struct vault *vault = environment->vault;
    if (vault == NULL || !is_value_known(vault->rotate) ||
        vault->rotate->number >= REFRESH_MS)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_K13, vault->rotate->span,
                 STRS(environment->name,
                      duration_text(check->arena, vault->rotate->number)));
    diag_label(diag, "but read from the vault once an hour", NO_STRS);
    diag_help(diag, "renew them every 1h or more seldom", NO_STRS);
    diag_about(diag, environment->name);
}

static void
judge_rotation(struct check *check, const struct environment *environment)
{
    const struct vault *vault = environment->vault;
    if (environment->tier != TIER_PRODUCTION || vault == NULL ||
        vault->rotate != NULL || !is_value_known(vault->name) ||
        secret_user_find(environment) == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_K14, vault->name->span,
                                 STRS(environment->name));
    diag_label(diag, "it says no period", NO_STRS);
    diag_help(diag, "write `rotate 90d` behind the vault's name", NO_STRS);
    diag_about(diag, environment->name);
}
