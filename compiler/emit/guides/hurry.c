/*
 * The first page: what somebody types who was woken.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "ir/release.h"

bool
has_hurry(const struct ir *ir)
{
    return has_workflows(ir) || has_people(ir) ||
           is_value_known(ir->output.kubernetes);
}

/* The environment `i` from the end: production is said first. */
static const struct environment *
from_the_end(const struct ir *ir, size_t i)
{
    return ir->environments[ir->environment_count - 1 - i];
}

static void
write_ways_back(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; has_tool(ir, TOOL_ROLLBACK) && i < ir->environment_count;
         i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (!has_pipeline(ir, environment))
            continue;
        struct str short_name = environment->short_name->text;
        struct str name = said(guide, environment->name);
        guide_row(
            guide,
            STRS(arena_format(guide->arena,
                              "**take {} back** to the release before",
                              STRS(name)),
                 tool_command(guide, TOOL_ROLLBACK, "{}", STRS(short_name))));
        guide_row(guide,
                  STRS(arena_format(guide->arena, "see what {} can go back to",
                                    STRS(name)),
                       tool_command(guide, TOOL_ROLLBACK, "{} --list",
                                    STRS(short_name))));
    }
}

static void
write_ways_forward(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = ir->promotion_count; i-- > 0;) {
        const struct promotion *edge = &ir->promotions[i];
        if (!has_tool(ir, TOOL_PROMOTE) || !has_pipeline(ir, edge->from) ||
            !has_pipeline(ir, edge->to))
            continue;
        struct strs names =
            STRS(edge->from->short_name->text, edge->to->short_name->text);
        struct strs full =
            STRS(said(guide, edge->from->name), said(guide, edge->to->name));
        guide_row(
            guide,
            STRS(arena_format(guide->arena,
                              "see what keeps {}'s release from {}", full),
                 tool_command(guide, TOOL_PROMOTE, "{} {} --dry-run", names)));
        guide_row(
            guide,
            STRS(arena_format(guide->arena, "move {}'s release to {}", full),
                 tool_command(guide, TOOL_PROMOTE, "{} {}", names)));
    }
}

static void
write_runs(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct arena *arena = guide->arena;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (!has_workflow(ir, environment))
            continue;
        struct str list = arena_format(
            arena, "gh run list --limit 5 --workflow {}",
            STRS(word_of(guide, workflow_name(guide, environment))));
        guide_row(guide,
                  STRS(arena_format(arena, "see {}'s last releases",
                                    STRS(said(guide, environment->name))),
                       code(guide, list)));
    }
    guide_row(guide, STRS(STR("stop a release that is under way"),
                          STR("`gh run cancel ID`, the ID from the list above; "
                              "then take the environment back")));
    guide_row(guide, STRS(STR("go on with one that failed"),
                          STR("`gh run rerun ID --failed`")));
}

static void
write_pods(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (!is_value_known(environment->namespace_name))
            continue;
        struct str line = arena_format(
            guide->arena, "kubectl --namespace {} get pods",
            STRS(word_of(guide, environment->namespace_name->text)));
        guide_row(guide,
                  STRS(arena_format(guide->arena, "see {}'s pods",
                                    STRS(said(guide, environment->name))),
                       code(guide, line)));
    }
}

/* Where no pipeline deploys, somebody does. */
static void
write_applying(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0;
         is_value_known(ir->output.kubernetes) && i < ir->environment_count;
         i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (has_pipeline(ir, environment))
            continue;
        struct str line = arena_format(
            guide->arena, "kubectl apply --server-side --kustomize {}",
            STRS(word_of(guide, overlay_path(guide, environment))));
        guide_row(
            guide,
            STRS(arena_format(guide->arena, "bring {} to what the program says",
                              STRS(said(guide, environment->name))),
                 code(guide, line)));
    }
}

static void
write_by_hand_alone(struct guide *guide)
{
    guide_table(guide, STRS(STR("You want to"), STR("Type")));
    write_pods(guide);
    write_applying(guide);
    guide_paragraph(guide,
                    "No pipeline deploys here: the images' digests stand in "
                    "the folder `release` of each overlay, which is yours to "
                    "edit. Git is the way back: apply an earlier commit.",
                    NO_STRS);
}

/* Somebody to call, at the very top. */
static void
write_first_call(struct guide *guide)
{
    const struct project *project = guide->ir->project;
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < project->contact_count; i++)
        buf_format(&buf, buf.len == 0 ? "{} {}" : ", {} {}",
                   STRS(said(guide, project->contacts[i].name),
                        shown(guide, project->contacts[i].email)));
    for (size_t i = 0; i < project->channel_count; i++)
        buf_format(&buf, buf.len == 0 ? "{}" : ", {}",
                   STRS(shown(guide, project->channels[i].room)));
    if (buf.len > 0)
        guide_paragraph(guide, "Not sure? Call somebody first: {}.",
                        STRS(buf_str(&buf)));
}

/* The one command that must be found by whoever reads nothing else. */
static void
write_first_command(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; has_tool(ir, TOOL_ROLLBACK) && i < ir->environment_count;
         i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (!has_pipeline(ir, environment))
            continue;
        guide_paragraph(guide, "The newest release hurts {}? Take it back:",
                        STRS(said(guide, environment->name)));
        guide_block(
            guide, "sh",
            arena_format(guide->arena, "{} {}",
                         STRS(word_of(guide, tool_path(guide, TOOL_ROLLBACK)),
                              environment->short_name->text)));
        return;
    }
}

static void
write_connections(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf lines;
    buf_init(&lines, guide->arena);
    buf_add(&lines, STR("az login\ngh auth login\n"));
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = from_the_end(ir, i);
        if (has_pipeline(ir, environment))
            buf_format(&lines,
                       "az aks get-credentials --resource-group {} --name {} "
                       "# {}\n",
                       STRS(word_of(guide, environment->cluster->group->text),
                            word_of(guide, environment->cluster->name->text),
                            environment->name));
    }
    guide_paragraph(
        guide,
        "Sign in once, on a machine with `git`, `gh`, `az`, `kubectl`, "
        "`kubelogin`, `docker` and `jq`. The scripts connect to the right "
        "cluster by themselves; `kubectl` by hand takes one of these first:",
        NO_STRS);
    guide_block(guide, "sh", buf_str(&lines));
}

void
write_hurry(struct guide *guide)
{
    write_first_command(guide);
    write_first_call(guide);
    if (!has_workflows(guide->ir)) {
        write_by_hand_alone(guide);
        return;
    }
    guide_table(guide, STRS(STR("You want to"), STR("Type")));
    write_ways_back(guide);
    write_ways_forward(guide);
    write_runs(guide);
    write_pods(guide);
    write_applying(guide);
    guide_paragraph(
        guide,
        "Each script looks before it acts, says what it will do, and may be "
        "run again after it stopped: the same command goes on. `--dry-run` "
        "changes nothing, `--help` tells the rest.",
        NO_STRS);
    write_connections(guide);
}
