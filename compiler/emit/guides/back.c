/*
 * Going back: by itself, by hand, and what stays as the newer release left it.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/kubernetes/names.h"
#include "emit/workflows/facts.h"
#include "ir/release.h"

bool
has_going_back(const struct ir *ir)
{
    return has_tool(ir, TOOL_ROLLBACK);
}

/* ---- by itself ---------------------------------------------------------- */

static void
write_by_itself(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_heading(guide, 3, STR("By itself"));
    guide_list(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (!has_pipeline(ir, environment))
            continue;
        guide_item(
            guide,
            deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL
                ? "{}: a run that fails after it began to deploy takes its "
                  "release back. One that passed is left alone: what is seen "
                  "later is for people."
                : "{}: never. A run that fails leaves what it did.",
            STRS(said(guide, environment->name)));
    }
}

/* ---- by hand ------------------------------------------------------------ */

static const struct environment *
most_precious(const struct ir *ir)
{
    const struct environment *best = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (has_pipeline(ir, environment) &&
            (best == NULL || environment->tier >= best->tier))
            best = environment;
    }
    return best;
}

static const struct value *
word_for(const struct ir *ir, const struct environment *environment)
{
    const struct rollback *rollback = ir->rollback;
    for (size_t i = 0; rollback != NULL && i < rollback->confirmation_count;
         i++) {
        if (rollback->confirmations[i].environment == environment)
            return rollback->confirmations[i].text;
    }
    return NULL;
}

static void
write_commands(struct guide *guide)
{
    struct str path = word_of(guide, tool_path(guide, TOOL_ROLLBACK));
    struct str name = most_precious(guide->ir)->short_name->text;
    struct buf lines;
    buf_init(&lines, guide->arena);
    buf_format(&lines, "{} {} --list       # what it can go back to\n",
               STRS(path, name));
    buf_format(&lines, "{} {} --dry-run    # what would happen\n",
               STRS(path, name));
    buf_format(&lines, "{} {}              # to the release before\n",
               STRS(path, name));
    buf_format(&lines, "{} {} revision-7   # to a number of the list\n",
               STRS(path, name));
    buf_format(&lines, "{} {} v1.4.2       # to a version\n", STRS(path, name));
    buf_format(&lines, "{} {} --offline    # when GitHub is down\n",
               STRS(path, name));
    guide_block(guide, "sh", buf_str(&lines));
}

static void
write_words(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_paragraph(guide, "Before anything moves, somebody types:", NO_STRS);
    guide_list(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct value *word = word_for(ir, environment);
        if (!has_pipeline(ir, environment))
            continue;
        if (is_value_known(word))
            guide_item(
                guide, "in {}: {}",
                STRS(said(guide, environment->name), shown(guide, word)));
        else
            guide_item(guide, "in {}: {}",
                       STRS(said(guide, environment->name),
                            code(guide, capitals(guide, environment->name))));
    }
}

static void
write_promises(struct guide *guide)
{
    const struct rollback *rollback = guide->ir->rollback;
    guide_paragraph(
        guide,
        "The state is saved first, then the goal is written down in the "
        "cluster, so that the same command goes on after it was stopped. "
        "The last {} releases are remembered; an older one is found by the "
        "tag of its version in git.",
        STRS(number_text(guide, rollback_keep(guide->ir))));
    if (rollback == NULL ||
        (!rollback->verifies_health && rollback->errors == NULL))
        return;
    if (rollback->errors == NULL)
        guide_paragraph(guide,
                        "It ends when every pod is ready and every public "
                        "address answers.",
                        NO_STRS);
    else
        guide_paragraph(guide,
                        "It ends when every pod is ready, every public "
                        "address answers and the errors are {} for a minute.",
                        STRS(shown(guide, rollback->errors)));
}

static void
write_by_hand(struct guide *guide)
{
    guide_heading(guide, 3, STR("By hand"));
    write_commands(guide);
    write_words(guide);
    write_promises(guide);
}

/* ---- which road --------------------------------------------------------- */

static void
write_road_of(struct guide *guide, const struct environment *environment)
{
    int64_t keep = step_ms(environment->deploy, STEP_KEEP);
    struct str name = said(guide, environment->name);
    if (!has_colours(environment))
        guide_item(guide,
                   "{}: the release is deployed again from its own commit, "
                   "with its own images and configuration.",
                   STRS(name));
    else if (keep > 0)
        guide_item(guide,
                   "{}: the traffic is turned back to the old colour, which "
                   "takes seconds. Its pods run for {} after a switch; later "
                   "they are woken first, which takes as long as they take to "
                   "start. A release that no colour holds any more is deployed "
                   "again.",
                   STRS(name, time_shown(guide, keep)));
    else
        guide_item(guide,
                   "{}: the traffic is turned back to the old colour, whose "
                   "pods are woken first. A release that no colour holds any "
                   "more is deployed again.",
                   STRS(name));
}

static void
write_which_road(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_heading(guide, 3, STR("What happens, and how fast"));
    guide_list(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            write_road_of(guide, ir->environments[i]);
    }
}

/* ---- is it well --------------------------------------------------------- */

static void
write_is_it_well(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf lines;
    buf_init(&lines, guide->arena);
    for (size_t i = ir->environment_count; i-- > 0;) {
        const struct environment *environment = ir->environments[i];
        if (!has_pipeline(ir, environment))
            continue;
        struct str urls = url_lines(guide->arena, environment);
        buf_format(&lines, "kubectl --namespace {} get deployments,pods # {}\n",
                   STRS(word_of(guide, environment->namespace_name->text),
                        environment->name));
        while (!is_str_empty(urls))
            buf_format(&lines, "curl --fail --show-error --silent {}\n",
                       STRS(word_of(guide, str_cut(&urls, '\n'))));
    }
    guide_heading(guide, 3, STR("Is it well"));
    guide_paragraph(guide,
                    "The script looks by itself. To look again: every pod is "
                    "ready, every address answers.",
                    NO_STRS);
    guide_block(guide, "sh", buf_str(&lines));
}

/* ---- what stays --------------------------------------------------------- */

static bool
is_migrated(const struct ir *ir, const struct service *service,
            const struct migration **migration)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct workload *workload = workload_find(environment, service);
        if (!has_pipeline(ir, environment) || workload == NULL ||
            workload->migration == NULL ||
            deploy_step_find(environment->deploy, STEP_MIGRATE) == NULL)
            continue;
        *migration = workload->migration;
        return true;
    }
    return false;
}

static void
write_migrations(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    const struct migration *migration;
    for (size_t i = 0; i < ir->service_count; i++) {
        if (!is_migrated(ir, ir->services[i], &migration))
            continue;
        guide_item(
            guide,
            migration->is_reversible
                ? "Of {}: what {} changed stays. It is declared "
                  "`reversible`, so the older release works with it."
                : "**Of {}: what {} changed stays, and the older "
                  "release may not work with it.** Ask who wrote the migration "
                  "before you go back; a restored backup loses what was "
                  "written since.",
            STRS(said(guide, ir->services[i]->name),
                 shown(guide, migration->command)));
    }
}

static void
write_database(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    const struct migration *migration;
    for (size_t i = 0; i < ir->service_count; i++) {
        if (!is_migrated(ir, ir->services[i], &migration))
            continue;
        guide_heading(guide, 3, STR("The database"));
        guide_list(guide);
        write_migrations(guide);
        return;
    }
}

static void
write_what_stays(struct guide *guide)
{
    guide_heading(guide, 3, STR("What else does not come back"));
    guide_list(guide);
    guide_item(guide,
               "What users wrote, messages that were sent, calls to others.",
               NO_STRS);
    guide_item(guide,
               "Git: the branch still holds the release that you left, and the "
               "next push would release it again. Revert it there.",
               NO_STRS);
    guide_paragraph(guide,
                    "Configuration does come back: ConfigMaps never change, a "
                    "release names its own.",
                    NO_STRS);
}

/* ---- without the script ------------------------------------------------- */

static void
add_last_resort(struct guide *guide, struct buf *lines,
                const struct environment *environment)
{
    struct str namespace_word =
        word_of(guide, environment->namespace_name->text);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        struct str name = workload->service->name;
        if (is_coloured(workload))
            buf_format(lines,
                       "kubectl --namespace {} patch service {} --type merge "
                       "--patch '{{\"spec\":{{\"selector\":{{\"" LABEL_COLOUR
                       "\":\"COLOUR\"}}}' # {}\n",
                       STRS(namespace_word, name, environment->name));
        else if (runs_steadily(workload->service) && !has_rollout(workload) &&
                 workload->service->kind != SERVICE_STATEFUL)
            buf_format(lines,
                       "kubectl --namespace {} rollout undo deployment/{} "
                       "# {}\n",
                       STRS(namespace_word, name, environment->name));
    }
}

static void
write_last_resort(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf lines;
    bool has_colour = false;
    buf_init(&lines, guide->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (!has_pipeline(ir, ir->environments[i]))
            continue;
        add_last_resort(guide, &lines, ir->environments[i]);
        has_colour = has_colour || has_colours(ir->environments[i]);
    }
    if (lines.len == 0)
        return;
    guide_heading(guide, 3, STR("When the script itself cannot"));
    guide_paragraph(
        guide,
        has_colour
            ? "These move the traffic, or the pods, and nothing else: nothing "
              "is checked, recorded or announced. COLOUR is the one that "
              "`kubectl get service NAME --output wide` does not show in the "
              "selector; see first that its pods are ready. Run the script "
              "afterwards, so that what runs is written down."
            : "These move the pods and nothing else: nothing is checked, "
              "recorded or announced. Run the script afterwards, so that what "
              "runs is written down.",
        NO_STRS);
    guide_block(guide, "sh", buf_str(&lines));
}

/* ---- afterwards --------------------------------------------------------- */

static void
write_afterwards(struct guide *guide)
{
    const struct rollback *rollback = guide->ir->rollback;
    guide_heading(guide, 3, STR("Afterwards"));
    guide_list(guide);
    if (rollback != NULL && rollback->reports_incident)
        guide_box(guide,
                  "Fill in the incident report that the script wrote: it names "
                  "the file, `incident.md` beside the saved state.",
                  NO_STRS);
    guide_box(guide,
              "Revert the change in git, on the branch that the release came "
              "from, and let it come through all environments.",
              NO_STRS);
    guide_box(guide,
              "A release that nobody should meet again: "
              "`deny VERSION \"reason\"` in the program.",
              NO_STRS);
}

void
write_going_back(struct guide *guide)
{
    guide_paragraph(guide,
                    "Going back is faster than mending. When users are hurt "
                    "and the last release is the likely cause, go back first "
                    "and look for the cause then.",
                    NO_STRS);
    write_by_hand(guide);
    write_which_road(guide);
    write_is_it_well(guide);
    write_database(guide);
    write_what_stays(guide);
    write_by_itself(guide);
    write_last_resort(guide);
    write_afterwards(guide);
}
