/*
 * Family K: how services read their secrets.
 */
#include "check/check.h"
#include "check/sizes.h"
#include "check/walk.h"
#include "check/words.h"
#include "ir/quantity.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

static bool has_file_by_name(const struct ir *ir);
static void judge_variables(struct check *check,
                            const struct workload *workload);
static void judge_restart(struct check *check,
                          const struct environment *environment);

/* K04 */
void
check_file_secrets(struct check *check)
{
    if (has_file_by_name(check->ir))
        each_workload(check, judge_variables);
}

/* K15 */
void
check_secret_restart(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_restart(check, check->ir->environments[i]);
}

/* ---- K04 ---------------------------------------------------------------- */

/* A whole file by its name: programs take its path, and a variable of many
 * lines ends up in logs. A plain password is as the program wants it. */
static bool
is_file_by_name(struct str name)
{
    static const char *const endings[] = {
        "PEM",      "CERT",   "CERTIFICATE", "PRIVATE_KEY", "KEY_FILE",
        "KEYSTORE", "KEYTAB", "KUBECONFIG",  "JSON",        "PFX",
        "P12",      "NETRC",  NULL};
    return last_word_find(name, endings) != NULL;
}

/* Few programs have one, and many workloads share each secret. */
static bool
has_file_by_name(const struct ir *ir)
{
    for (size_t i = 0; i < ir->secret_count; i++) {
        if (is_file_by_name(ir->secrets[i]->name))
            return true;
    }
    return false;
}

static void
judge_variables(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->secret_count; i++) {
        const struct secret *secret = workload->secrets[i];
        if (!is_file_by_name(secret->name))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_K04, secret->span,
                     STRS(workload->service->name, secret->name));
        diag_label(diag, "it is a file by its name", NO_STRS);
        diag_help(diag, "write `secret-file {} at /path`", STRS(secret->name));
        diag_about(diag, workload_object(check, workload));
    }
}

/* ---- K15 ---------------------------------------------------------------- */

/* The longest that a release lets wait for it, which starts all pods anew; -1
 * when nobody says how often one comes, so that nothing can be proved. */
static int64_t
release_every_ms(const struct objective *objective)
{
    static const struct {
        struct str word;
        int64_t days;
    } words[] = {
        {STR_INIT("many-a-day"), 1},
        {STR_INIT("daily"), 1},
        {STR_INIT("weekly"), 7},
        {STR_INIT("monthly"), 31},
    };
    for (size_t i = 0;
         objective != NULL && is_value_known(objective->deploys) &&
         i < sizeof words / sizeof words[0];
         i++) {
        if (is_str_equal(words[i].word, objective->deploys->text))
            return words[i].days * DAY_MS;
    }
    return -1;
}

/* A controller that starts pods anew is asked by an annotation. */
static bool
has_reloader(const struct workload *workload)
{
    for (size_t i = 0; i < workload->annotation_count; i++) {
        struct str key = workload->annotations[i].key;
        for (size_t j = 0; j < key.len; j++) {
            if (has_prefix(str_slice(key, j, key.len), STR("reloader")))
                return true;
        }
    }
    return false;
}

/* The first that reads secrets once, when it starts; NULL when none does. */
static const struct workload *
stale_find(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_scheduled(workload) && !has_reloader(workload) &&
            workload->secret_count + workload->secret_file_count > 0)
            return workload;
    }
    return NULL;
}

static void
judge_restart(struct check *check, const struct environment *environment)
{
    const struct vault *vault = environment->vault;
    const struct workload *stale = stale_find(environment);
    const struct objective *objective = objective_find(check->ir, environment);
    int64_t every_ms = release_every_ms(objective);
    if (vault == NULL || stale == NULL || !is_value_known(vault->rotate) ||
        every_ms <= vault->rotate->number)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_K15, vault->rotate->span,
                                 STRS(workload_object(check, stale)));
    diag_label(diag, "renewed in the vault, and read when a pod starts",
               NO_STRS);
    diag_note(diag, objective->deploys->span,
              "a release, which starts all pods anew, comes `{}`",
              STRS(objective->deploys->text));
    diag_help(
        diag,
        "release as often, or ask Reloader: `annotation \"reloader.stakater.com/auto\" \"true\"`",
        NO_STRS);
    diag_about(diag, environment->name);
}
