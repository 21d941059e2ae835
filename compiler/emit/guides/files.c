/*
 * Where everything is that broxc writes.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/zones.h"

bool
has_files(const struct ir *ir)
{
    return is_value_known(ir->output.kubernetes) || has_workflows(ir);
}

static void
write_file(struct guide *guide, struct str path, const char *what)
{
    guide_row(guide, STRS(file_link(guide, path), str_from(what)));
}

static void
write_kubernetes(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (!is_value_known(ir->output.kubernetes))
        return;
    write_file(guide, path_in(guide, ir->output.kubernetes, "base"),
               "manifests: what is the same everywhere");
    for (size_t i = 0; i < ir->environment_count; i++)
        guide_row(
            guide,
            STRS(file_link(guide, overlay_path(guide, ir->environments[i])),
                 arena_format(guide->arena, "what {} has of its own",
                              STRS(said(guide, ir->environments[i]->name)))));
}

static void
write_workflows(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_workflow(ir, ir->environments[i]))
            guide_row(guide,
                      STRS(file_link(guide,
                                     workflow_path(guide, ir->environments[i])),
                           arena_format(
                               guide->arena, "the pipeline to {}",
                               STRS(said(guide, ir->environments[i]->name)))));
    }
    if (has_verify(ir))
        write_file(guide, verify_path(guide),
                   "holds every pull request against the program");
}

static void
write_tools(struct guide *guide)
{
    static const struct {
        enum tool tool;
        const char *what;
    } tools[] = {
        {TOOL_SETUP, "sets an environment up"},
        {TOOL_PROMOTE, "moves a release to the next environment"},
        {TOOL_ROLLBACK, "takes an environment back to an earlier release"},
        {TOOL_APPLY, "makes GitHub's settings those of the program"},
    };
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        if (has_tool(guide->ir, tools[i].tool))
            write_file(guide, tool_path(guide, tools[i].tool), tools[i].what);
    }
}

static void
write_others(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; is_value_known(ir->output.dns) && i < ir->zone_count;
         i++)
        write_file(guide,
                   arena_format(guide->arena, "{}/{}.md",
                                STRS(ir->output.dns->text, ir->zones[i].name)),
                   "the records of the zone, as a table");
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_rules(ir, ir->environments[i]))
            write_file(guide, rules_path(guide, ir->environments[i]),
                       "alert rules");
    }
    if (has_dashboard(ir))
        write_file(guide, dashboard_path(guide), "a dashboard for Grafana");
}

void
write_files(struct guide *guide)
{
    guide_table(guide, STRS(STR("Path"), STR("What it is")));
    write_kubernetes(guide);
    write_workflows(guide);
    write_tools(guide);
    write_others(guide);
}
