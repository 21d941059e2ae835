/*
 * G39: rounds by the clock that come to nothing.
 */
#include "check/check.h"
#include "ir/release.h"

static void
report(struct check *check, const struct environment *environment,
       const struct value *schedule, const char *word, const char *reason,
       const char *help)
{
    struct diag *diag = diag_add(check->sink, DIAG_G39, schedule->span,
                                 STRS(str_from(word), environment->name));
    diag_label(diag, "{}", STRS(str_from(reason)));
    diag_help(diag, "{}", STRS(str_from(help)));
    diag_about(diag, environment->name);
}

/* Without a pipeline nobody can sign in; why there is none is for G34. */
static void
judge(struct check *check, const struct environment *environment,
      const struct value *schedule, const char *word)
{
    if (!is_value_known(schedule))
        return;
    if (!may_have_pipeline(check->ir, environment)) {
        report(check, environment, schedule, word,
               "no pipeline deploys here, and a round signs in as one",
               "write `branch`, `deploy` and `cluster aks NAME in GROUP` in "
               "it, and `cloud azure` and `registry` in the project");
        return;
    }
    if (!is_value_known(check->ir->output.workflows))
        report(check, environment, schedule, word,
               "the program writes no workflows", "take the word out");
}

void
check_rounds(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        const struct vault *vault = environment->vault;
        judge(check, environment, environment->drift, "drift");
        if (vault == NULL)
            continue;
        if (vault->remind != NULL && vault->rotate == NULL)
            report(check, environment, vault->remind, "remind",
                   "nothing says how old a secret may be",
                   "write `rotate 90d` behind the vault's name");
        else
            judge(check, environment, vault->remind, "remind");
    }
}
