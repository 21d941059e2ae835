/*
 * Checklists: what must stand before a pipeline can release.
 */
#include "emit/guides/ready.h"

#include "base/map.h"
#include "emit/guides/places.h"
#include "emit/guides/sections.h"
#include "emit/kubernetes/names.h"
#include "emit/workflows/needs.h"
#include "emit/workflows/steps.h"
#include "ir/hosting.h"
#include "ir/release.h"

/* ---- holes -------------------------------------------------------------- */

bool
has_open_holes(const struct ir *ir)
{
    for (size_t i = 0; i < ir->hole_count; i++) {
        if (!ir->holes[i].is_filled)
            return true;
    }
    return false;
}

void
write_open_holes(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_list(guide);
    for (size_t i = 0; i < ir->hole_count; i++) {
        const struct hole *hole = &ir->holes[i];
        if (hole->is_filled)
            continue;
        struct str line =
            arena_format(guide->arena, "given {} VALUE", STRS(hole->name));
        guide_box(guide, "{}: {}; write {} into the program",
                  STRS(code(guide, hole->name), str_from(type_name(hole->type)),
                       code(guide, line)));
    }
}

/* ---- once for the project ----------------------------------------------- */

static struct str
repository_words(struct guide *guide)
{
    const struct value *repository = guide->ir->project->repository;
    return is_value_known(repository)
               ? arena_format(guide->arena, " --repo {}",
                              STRS(word_of(guide, repository->text)))
               : STR("");
}

static void
write_setting(struct guide *guide, const char *kind, struct str name,
              struct str where, struct str doc)
{
    struct str line = arena_format(
        guide->arena, "gh {} set {}{}{}",
        STRS(str_from(kind), name, repository_words(guide), where));
    guide_box(guide, "{}: {}", STRS(code(guide, line), doc));
}

static bool
is_needed_here(const struct ir *ir, enum need need)
{
    if (need_place(need) == NEED_VERIFY)
        return true;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]) &&
            is_needed(ir, ir->environments[i], need))
            return need_place(need) == NEED_REPOSITORY;
    }
    return false;
}

static void
write_repository_settings(struct guide *guide)
{
    for (enum need need = 0; need < NEED_COUNT; need++) {
        if (is_required(need) && is_variable(need) &&
            is_needed_here(guide->ir, need))
            write_setting(guide, "variable", str_from(need_name(need)), STR(""),
                          said(guide, str_from(need_doc(need))));
    }
}

static bool
is_told(const struct ir *ir, const struct channel *channel)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (!has_pipeline(ir, environment))
            continue;
        for (size_t j = 0; j < environment->deploy->step_count; j++) {
            const struct step *step = &environment->deploy->steps[j];
            if (step->kind == STEP_NOTIFY && step->channel == channel)
                return true;
        }
    }
    return false;
}

static void
write_webhooks(struct guide *guide)
{
    const struct project *project = guide->ir->project;
    for (size_t i = 0; i < project->channel_count; i++) {
        const struct channel *channel = &project->channels[i];
        if (!is_told(guide->ir, channel))
            continue;
        struct str name =
            arena_format(guide->arena, "SLACK_WEBHOOK_{}",
                         STRS(variable_suffix(guide->arena, channel->name)));
        write_setting(guide, "secret", name, STR(""),
                      arena_format(guide->arena, "the webhook of {}",
                                   STRS(shown(guide, channel->room))));
    }
}

static void
write_project(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_heading(guide, 3, STR("Once for the project"));
    guide_list(guide);
    guide_box(guide, "The registry {} is there.",
              STRS(shown(guide, ir->project->registry)));
    if (has_tool(ir, TOOL_APPLY))
        guide_box(guide,
                  "{} by an administrator: branch rules, GitHub environments "
                  "and their reviewers, labels. It shows first what would "
                  "change.",
                  STRS(tool_command(guide, TOOL_APPLY, "--dry-run", NO_STRS)));
    write_repository_settings(guide);
    write_webhooks(guide);
}

/* ---- an environment ----------------------------------------------------- */

static void
write_cluster(struct guide *guide, const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    struct str look =
        arena_format(guide->arena,
                     "az aks show --resource-group {} --name {} --query "
                     "provisioningState",
                     STRS(word_of(guide, cluster->group->text),
                          word_of(guide, cluster->name->text)));
    guide_box(guide, "The cluster is there: {}", STRS(code(guide, look)));
    if (environment->ingress != NULL &&
        is_value_known(environment->ingress->class_name))
        guide_box(guide, "In it: what serves {}{}{}.",
                  STRS(shown(guide, environment->ingress->class_name),
                       environment->vault != NULL
                           ? STR(", the External Secrets Operator")
                           : STR(""),
                       certificate_find(guide->ir, environment) != NULL
                           ? STR(", cert-manager")
                           : STR("")));
    if (has_tool(guide->ir, TOOL_SETUP))
        guide_box(guide,
                  "{}: namespace, rights, the pipeline's identity, GitHub's "
                  "environment. It ends with what is left to do by hand.",
                  STRS(tool_command(guide, TOOL_SETUP, "{}",
                                    STRS(environment->short_name->text))));
}

/* The names, as the vault has them; `seen` has those that stand there. */
static void
write_secret(struct guide *guide, const struct environment *environment,
             struct map *seen, const struct secret *secret)
{
    if (map_find(seen, secret->name) != NULL)
        return;
    map_put(seen, secret->name, secret);
    struct str line = arena_format(
        guide->arena,
        "az keyvault secret set --vault-name {} --name {} --file FILE",
        STRS(word_of(guide, environment->vault->name->text),
             vault_key(guide->arena, secret->name)));
    guide_box(guide, "{}", STRS(code(guide, line)));
}

static void
write_vault_secrets(struct guide *guide, const struct environment *environment)
{
    struct map seen;
    if (environment->vault == NULL || !is_value_known(environment->vault->name))
        return;
    map_init(&seen, guide->arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t j = 0; j < workload->secret_count; j++)
            write_secret(guide, environment, &seen, workload->secrets[j]);
        for (size_t j = 0; j < workload->secret_file_count; j++)
            write_secret(guide, environment, &seen,
                         workload->secret_files[j].secret);
    }
}

static void
write_variables(struct guide *guide, const struct environment *environment)
{
    struct str where =
        arena_format(guide->arena, " --env {}",
                     STRS(word_of(guide, environment->github->text)));
    for (enum need need = 0; need < NEED_COUNT; need++) {
        if (need_place(need) == NEED_ENVIRONMENT && is_required(need) &&
            is_variable(need) && need != NEED_AZURE_CLIENT_ID &&
            is_needed(guide->ir, environment, need))
            write_setting(guide, "variable", str_from(need_name(need)), where,
                          said(guide, str_from(need_doc(need))));
    }
}

static void
write_hosts(struct guide *guide, const struct environment *environment)
{
    const struct value *address =
        environment->ingress == NULL ? NULL : environment->ingress->address;
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *name = environment->hosts[i].name;
        if (!is_value_known(name) || address == NULL)
            continue;
        struct str look = arena_format(guide->arena, "dig +short {}",
                                       STRS(word_of(guide, name->text)));
        guide_box(guide, "{} answers {}",
                  STRS(code(guide, look), shown(guide, address)));
    }
}

static void
write_people_needed(struct guide *guide, const struct environment *environment)
{
    const struct approval *approval = approval_into(guide->ir, environment);
    int64_t count = approval_count(guide->ir, environment);
    const struct value *teams =
        approval == NULL ? NULL : reviewing_teams(guide->ir, approval);
    if (count == 0 || teams == NULL)
        return;
    bool counts_self = is_value_known(approval->self_review);
    guide_box(guide,
              counts_self ? "{} has {} people or more."
                          : "{} has {} people or more: whoever starts a run "
                            "does not count.",
              STRS(shown_list(guide, teams),
                   number_text(guide, counts_self ? count : count + 1)));
}

static void
write_tests(struct guide *guide, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (is_command_test(&deploy->steps[i]))
            guide_box(guide,
                      "{} runs in a fresh checkout and finds the release by "
                      "`BRX_URL`.",
                      STRS(shown(guide, deploy->steps[i].command)));
    }
}

static void
write_rules(struct guide *guide, const struct environment *environment)
{
    if (!has_rules(guide->ir, environment))
        return;
    struct str line =
        arena_format(guide->arena, "kubectl apply --server-side --filename {}",
                     STRS(word_of(guide, rules_path(guide, environment))));
    guide_box(guide, "{} by an administrator: the alerts.",
              STRS(code(guide, line)));
}

static void
write_environment(struct guide *guide, const struct environment *environment)
{
    guide_heading(guide, 3,
                  arena_format(guide->arena, "For {}",
                               STRS(said(guide, environment->name))));
    guide_list(guide);
    write_cluster(guide, environment);
    write_vault_secrets(guide, environment);
    write_hosts(guide, environment);
    write_variables(guide, environment);
    write_people_needed(guide, environment);
    write_tests(guide, environment);
    write_rules(guide, environment);
}

void
write_readiness(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_paragraph(guide,
                    "What the compiler can see, it has proved. These it cannot "
                    "see; the first job of a pipeline fails early when a "
                    "variable is missing.",
                    NO_STRS);
    if (has_open_holes(ir)) {
        guide_heading(guide, 3, STR("Values that are not known yet"));
        write_open_holes(guide);
    }
    write_project(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_workflow(ir, ir->environments[i]))
            write_environment(guide, ir->environments[i]);
    }
}
