/*
 * What is wise here. Each habit follows from something that this program says,
 * and is left out where it does not.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/workflows/rounds.h"
#include "ir/hosting.h"
#include "ir/release.h"

enum { MINUTE_MS = 60 * 1000 };

bool
has_habits(const struct ir *ir)
{
    return has_workflows(ir);
}

/* ---- the road takes its time -------------------------------------------- */

/* An environment with a pipeline that releases end in, the last of them. */
static const struct environment *
last_of(const struct ir *ir)
{
    for (size_t i = ir->environment_count; i-- > 0;) {
        const struct environment *environment = ir->environments[i];
        if (has_pipeline(ir, environment) &&
            is_last_environment(ir, environment) &&
            !is_first_environment(ir, environment))
            return environment;
    }
    return NULL;
}

static int64_t
fastest_ms(const struct ir *ir, const struct environment *environment)
{
    const struct objective *objective = objective_find(ir, environment);
    if (objective == NULL || !is_value_known(objective->within))
        return deploy_wait_ms(environment->deploy);
    const struct value *within = objective->within;
    return within->kind == VALUE_RANGE ? within->items[0].number
                                       : within->number;
}

static const struct promotion *
edge_into(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].to == environment)
            return &ir->promotions[i];
    }
    return NULL;
}

static void
write_road_length(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    const struct environment *last = last_of(ir);
    const struct environment *at = last;
    int64_t soak = 0;
    if (last == NULL)
        return;
    int64_t sum = fastest_ms(ir, last);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct promotion *edge = edge_into(ir, at);
        if (edge == NULL)
            break;
        soak += is_value_known(edge->soak) ? edge->soak->number : 0;
        at = edge->from;
        sum += fastest_ms(ir, at);
    }
    sum += soak;
    if (sum < MINUTE_MS)
        return;
    guide_item(
        guide,
        soak > 0
            ? "**Go back first, mend then.** A mend takes the same road "
              "as everything: from a push to {} until {} it needs {} at the "
              "least, {} of which it soaks. Going back needs minutes."
            : "**Go back first, mend then.** A mend takes the same road "
              "as everything: from a push to {} until {} it needs {} at the "
              "least. Going back needs minutes.",
        soak > 0 ? STRS(shown(guide, at->branch), said(guide, last->name),
                        long_time(guide, sum), long_time(guide, soak))
                 : STRS(shown(guide, at->branch), said(guide, last->name),
                        long_time(guide, sum)));
}

static void
write_build_once(struct guide *guide)
{
    const struct environment *last = last_of(guide->ir);
    const struct promotion *edge =
        last == NULL ? NULL : edge_into(guide->ir, last);
    if (edge != NULL)
        guide_item(
            guide,
            "**Never build or tag an image by hand.** {} runs, by "
            "digest, what {} tested. A tag `passed-…` that somebody "
            "pushes would vouch for an image that nobody tested.",
            STRS(said(guide, last->name), said(guide, edge->from->name)));
}

/* ---- people ------------------------------------------------------------- */

static void
write_staying(struct guide *guide, const struct environment *environment)
{
    int64_t watch = step_ms(environment->deploy, STEP_WATCH);
    int64_t keep = step_ms(environment->deploy, STEP_KEEP);
    if (environment->tier != TIER_PRODUCTION || watch == 0)
        return;
    guide_item(
        guide,
        keep > 0 && has_colours(environment)
            ? "**Stay until the old colour is gone.** In {} the release is "
              "watched for {} and the old one's pods wait for {}: release when "
              "somebody can look for that long."
            : "**Stay while it is watched.** In {} that is {}{}: release when "
              "somebody can look for that long.",
        STRS(said(guide, environment->name), time_shown(guide, watch),
             keep > 0 && has_colours(environment) ? time_shown(guide, keep)
                                                  : STR("")));
}

static void
write_approving(struct guide *guide, const struct environment *environment)
{
    int64_t count = approval_count(guide->ir, environment);
    const struct approval *approval = approval_into(guide->ir, environment);
    if (count == 0 || approval == NULL || is_value_known(approval->self_review))
        return;
    guide_item(guide,
               count == 1
                   ? "**Agree on who starts.** {} wants {} approval of "
                     "somebody else than the person who started the run: let "
                     "somebody start it whose approval is not needed."
                   : "**Agree on who starts.** {} wants {} approvals of other "
                     "people than the one who started the run: let somebody "
                     "start it whose approval is not needed.",
               STRS(said(guide, environment->name), number_text(guide, count)));
}

static void
write_bypass(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct str repository = is_value_known(ir->project->repository)
                                ? ir->project->repository->text
                                : STR("OWNER/NAME");
    struct str look = arena_format(
        guide->arena,
        "gh api 'repos/{}/rulesets/rule-suites?rule_suite_result=bypass'",
        STRS(repository));
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        if (protection->admins_bypass)
            guide_item(
                guide,
                "**Passing by the rules of {} is for incidents.** "
                "Administrators can. Write down why, and look at such "
                "merges once a week: {}.",
                STRS(shown(guide, protection->branch), code(guide, look)));
    }
}

/* ---- the database ------------------------------------------------------- */

static bool
has_migration(const struct ir *ir, bool *overlaps, bool *is_one_way)
{
    bool has_any = false;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (!has_pipeline(ir, environment) ||
            deploy_step_find(environment->deploy, STEP_MIGRATE) == NULL)
            continue;
        for (size_t j = 0; j < environment->workload_count; j++) {
            const struct workload *workload = environment->workloads[j];
            if (workload->migration == NULL)
                continue;
            has_any = true;
            *overlaps = *overlaps || environment->is_staged;
            *is_one_way = *is_one_way || !workload->migration->is_reversible;
        }
    }
    return has_any;
}

static void
write_migrating(struct guide *guide)
{
    bool overlaps = false;
    bool is_one_way = false;
    if (!has_migration(guide->ir, &overlaps, &is_one_way))
        return;
    guide_item(guide,
               overlaps
                   ? "**Add in one release, take away in a later one.** The "
                     "migration runs before the new pods, and both releases "
                     "work on one database until the old one is gone. Drop a "
                     "column when no release that reads it can come back."
                   : "**Add in one release, take away in a later one.** The "
                     "migration runs before the new pods, while the old ones "
                     "serve. Drop a column when no release that reads it can "
                     "come back.",
               NO_STRS);
    if (is_one_way)
        guide_item(guide,
                   "**A migration that is not `reversible` has no way back.** "
                   "See that a backup of the database is young, and that "
                   "somebody has restored one, before it reaches production.",
                   NO_STRS);
}

/* ---- rehearsal ---------------------------------------------------------- */

static const struct environment *
rehearsal_of(const struct ir *ir, const struct environment *last)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *other = ir->environments[i];
        if (other != last && has_pipeline(ir, other) &&
            other->deploy->strategy == last->deploy->strategy)
            return other;
    }
    return NULL;
}

static void
write_rehearsal(struct guide *guide)
{
    const struct environment *last = last_of(guide->ir);
    if (last == NULL || !has_tool(guide->ir, TOOL_ROLLBACK))
        return;
    const struct environment *other = rehearsal_of(guide->ir, last);
    if (other == NULL)
        guide_item(guide,
                   "**Nothing rehearses {}.** No other environment deploys the "
                   "way it does: the first time something goes wrong there is "
                   "the real one. Read the dry run before each release.",
                   STRS(said(guide, last->name)));
    else
        guide_item(guide,
                   "**Rehearse in {}.** It deploys the way {} does. Take a "
                   "release back there now and then, so that the command is in "
                   "somebody's fingers: {}.",
                   STRS(said(guide, other->name), said(guide, last->name),
                        tool_command(guide, TOOL_ROLLBACK, "{}",
                                     STRS(other->short_name->text))));
}

/* ---- versions, settings, secrets ---------------------------------------- */

static void
write_versions(struct guide *guide)
{
    const struct environment *last = last_of(guide->ir);
    const struct promotion *edge =
        last == NULL ? NULL : edge_into(guide->ir, last);
    if (edge == NULL || !has_tag_part(last, STR("version")) ||
        !has_tool(guide->ir, TOOL_PROMOTE) ||
        !has_pipeline(guide->ir, edge->from))
        return;
    guide_item(guide,
               "**Say what a version means.** Releases to {} are {}, by "
               "default the next patch. A new feature is "
               "{}, so that others can tell (semver.org).",
               STRS(said(guide, last->name), shown(guide, last->tag),
                    tool_command(guide, TOOL_PROMOTE, "{} {} --version X.Y.0",
                                 STRS(edge->from->short_name->text,
                                      last->short_name->text))));
}

static void
write_program(struct guide *guide)
{
    guide_item(guide,
               "**Change the program, not the cluster.** What somebody edits "
               "in the cluster is named in a warning and put back by the next "
               "release; `broxc why PATH` tells where a value comes from.",
               NO_STRS);
}

static void
write_rotation(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct vault *vault = ir->environments[i]->vault;
        if (ir->secret_count > 0 && vault != NULL &&
            is_value_known(vault->rotate))
            guide_item(guide,
                       "**Change secrets every {} in {}.** How is in "
                       "[Secrets](#secrets); do it on a day without a release.",
                       STRS(shown(guide, vault->rotate),
                            said(guide, ir->environments[i]->name)));
    }
}

static void
write_rounds(struct guide *guide)
{
    for (enum round round = 0; round < ROUND_COUNT; round++) {
        if (has_round(guide->ir, round))
            guide_item(
                guide,
                "**Read the issues labelled `{}`.** {}. A round by the "
                "clock writes them, and closes them when nothing is "
                "left.",
                STRS(str_from(round_label(round)), str_from(round_doc(round))));
    }
}

void
write_habits(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_list(guide);
    write_road_length(guide);
    write_build_once(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (!has_pipeline(ir, ir->environments[i]))
            continue;
        write_staying(guide, ir->environments[i]);
        write_approving(guide, ir->environments[i]);
    }
    write_migrating(guide);
    write_rehearsal(guide);
    write_versions(guide);
    write_program(guide);
    write_rotation(guide);
    write_rounds(guide);
    write_bypass(guide);
}
