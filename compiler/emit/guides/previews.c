/*
 * What pull requests run by themselves: where, for how long, and what an
 * administrator does once.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/workflows/preview.h"

bool
has_previews(const struct ir *ir)
{
    return has_preview(ir);
}

static void
write_addresses(struct guide *guide, const struct environment *from)
{
    guide_table(guide, STRS(STR("Host"), STR("Of pull request 7")));
    for (size_t i = 0; i < from->host_count; i++) {
        const struct served_host *host = &from->hosts[i];
        if (host->workload == NULL || !is_value_known(host->name))
            continue;
        struct str name = host->name->text;
        guide_row(guide, STRS(code(guide, name),
                              code(guide, arena_format(guide->arena, "pr-7.{}",
                                                       STRS(name)))));
    }
}

static void
write_bounds(struct guide *guide, const struct environment *from)
{
    guide_list(guide);
    guide_item(guide,
               "Branches of forks, and Dependabot's, run nothing: their runs "
               "get no identity.",
               NO_STRS);
    guide_item(guide,
               "Whoever may push a branch decides what its preview does, and "
               "its workflow, too. It may read every secret that the vault of "
               "{} has.",
               STRS(said(guide, from->name)));
    guide_item(guide,
               "All previews use the data of {}: no job starts by its "
               "schedule in them, nothing migrates, and what one writes is "
               "seen in all.",
               STRS(said(guide, from->name)));
    guide_item(guide,
               "Each has one certificate, which is asked for when it is first "
               "deployed. Let's Encrypt gives 50 in a week for a registered "
               "domain, with all others of it.",
               NO_STRS);
    guide_item(guide,
               "A namespace has the quota and the limits of {}, which hold "
               "mistakes and nobody who means harm: a branch can leave them "
               "out.",
               STRS(said(guide, from->name)));
}

static void
write_setup(struct guide *guide, const struct environment *from)
{
    struct str registry = guide->ir->project->registry->text;
    guide_heading(guide, 3, STR("Before the first preview"));
    guide_paragraph(
        guide,
        "An administrator of the cluster of {} makes an identity that is "
        "nobody else's, and lets it in. The admission policy in {} holds "
        "whomever may make previews to namespaces {} with their labels, and "
        "is there before anybody is bound.",
        STRS(said(guide, from->name),
             file_link(guide,
                       arena_format(guide->arena, "{}/previews/rights.yaml",
                                    STRS(guide->ir->output.kubernetes->text))),
             code(guide, arena_format(guide->arena, "{}-pr-N",
                                      STRS(from->namespace_name->text)))));
    if (has_tool(guide->ir, TOOL_SETUP))
        guide_paragraph(guide,
                        "{} does so, and says what is left to do by hand.",
                        STRS(tool_command(guide, TOOL_SETUP, "{}",
                                          STRS(from->short_name->text))));
    guide_paragraph(
        guide,
        "The right to push to {} alone is given by hand: a registry with "
        "attribute-based access (ABAC) can say so. AcrPush on the whole "
        "registry would let a branch replace images of releases.",
        STRS(code(guide, arena_format(guide->arena, "{}/previews/",
                                      STRS(str_cut(&registry, '/'))))));
}

void
write_previews(struct guide *guide)
{
    const struct preview *preview = guide->ir->preview;
    const struct environment *from = preview->from;
    guide_paragraph(
        guide,
        "Each pull request from a branch of this repository runs by itself, as "
        "{} does, with one pod of each service. It goes when the pull request "
        "is closed, or {} after its last commit, within the hour. A comment "
        "in the pull request has the address.",
        STRS(said(guide, from->name), shown(guide, preview->ttl)));
    write_addresses(guide, from);
    write_bounds(guide, from);
    write_setup(guide, from);
}
