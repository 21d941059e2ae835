/*
 * The overview's own chapters: what is open, what comes next, who may change a
 * branch, what is accepted for now.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/guides/ready.h"
#include "emit/zones.h"
#include "ir/hosting.h"
#include "ir/release.h"

/* ---- open --------------------------------------------------------------- */

bool
has_open(const struct ir *ir)
{
    return has_open_holes(ir);
}

void
write_open(struct guide *guide)
{
    guide_paragraph(guide,
                    "The program waits for these values. `broxc build "
                    "--release` refuses until all are known; what needs one is "
                    "left out of the files, or marked.",
                    NO_STRS);
    write_open_holes(guide);
}

/* ---- next steps --------------------------------------------------------- */

bool
has_next(const struct ir *ir)
{
    return has_workflows(ir) || ir->zone_count > 0;
}

static void
write_step(struct guide *guide, const char *template_text, struct strs texts)
{
    buf_add(guide->buf, STR("1. "));
    buf_format(guide->buf, template_text, texts);
    buf_byte(guide->buf, '\n');
}

static void
write_zone_steps(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (is_value_known(ir->output.dns))
            write_step(
                guide, "Bring the records of {} to its provider: {}.",
                STRS(said(guide, ir->zones[i].name),
                     file_link(guide, arena_format(guide->arena, "{}/{}.md",
                                                   STRS(ir->output.dns->text,
                                                        ir->zones[i].name)))));
    }
}

static void
write_setup_steps(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; has_tool(ir, TOOL_SETUP) && i < ir->environment_count;
         i++) {
        if (has_pipeline(ir, ir->environments[i]))
            write_step(guide,
                       "Set {} up, and do what the script says is left: {}.",
                       STRS(said(guide, ir->environments[i]->name),
                            tool_command(
                                guide, TOOL_SETUP, "{}",
                                STRS(ir->environments[i]->short_name->text))));
    }
}

static void
write_first_releases(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_workflow(ir, ir->environments[i]) &&
            is_first_environment(ir, ir->environments[i]))
            write_step(guide, "Push to {}: the first release to {}.",
                       STRS(shown(guide, ir->environments[i]->branch),
                            said(guide, ir->environments[i]->name)));
    }
    for (size_t i = 0; has_tool(ir, TOOL_PROMOTE) && i < ir->promotion_count;
         i++) {
        const struct promotion *edge = &ir->promotions[i];
        if (has_pipeline(ir, edge->from) && has_pipeline(ir, edge->to))
            write_step(guide, "Move it on: {}.",
                       STRS(tool_command(guide, TOOL_PROMOTE, "{} {}",
                                         STRS(edge->from->short_name->text,
                                              edge->to->short_name->text))));
    }
}

static void
write_rehearsals(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; has_tool(ir, TOOL_ROLLBACK) && i < ir->environment_count;
         i++) {
        const struct environment *environment = ir->environments[i];
        if (has_pipeline(ir, environment) &&
            environment->tier != TIER_PRODUCTION)
            write_step(guide,
                       "After the second release, rehearse going back in {}: "
                       "{}.",
                       STRS(said(guide, environment->name),
                            tool_command(guide, TOOL_ROLLBACK, "{}",
                                         STRS(environment->short_name->text))));
    }
}

void
write_next(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_paragraph(guide,
                    "In this order; each step may be done again. The boxes to "
                    "tick are in the release guide, under Before the first "
                    "release.",
                    NO_STRS);
    guide_list(guide);
    if (has_open_holes(ir))
        write_step(guide, "Give the open values above, and build again.",
                   NO_STRS);
    write_zone_steps(guide);
    if (has_tool(ir, TOOL_APPLY))
        write_step(guide, "Make GitHub's settings those of the program: {}.",
                   STRS(tool_command(guide, TOOL_APPLY, "--dry-run", NO_STRS)));
    write_setup_steps(guide);
    write_first_releases(guide);
    write_rehearsals(guide);
}

/* ---- branches ----------------------------------------------------------- */

bool
has_branches(const struct ir *ir)
{
    return ir->protection_count > 0;
}

static void
add_rule(struct buf *buf, const char *template_text, struct strs texts)
{
    if (buf->len > 0)
        buf_add(buf, STR("<br>"));
    buf_format(buf, template_text, texts);
}

static struct str
rules_cell(struct guide *guide, const struct protection *protection)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    if (is_value_known(protection->checks))
        add_rule(&buf, "passed: {}",
                 STRS(shown_list(guide, protection->checks)));
    if (protection->is_up_to_date)
        add_rule(&buf, "up to date", NO_STRS);
    if (protection->resolves_conversations)
        add_rule(&buf, "every conversation resolved", NO_STRS);
    if (protection->is_signed)
        add_rule(&buf, "signed commits", NO_STRS);
    if (protection->is_linear)
        add_rule(&buf, "a linear history", NO_STRS);
    if (protection->has_merge_queue)
        add_rule(&buf, "through the merge queue", NO_STRS);
    if (protection->needs_code_owners)
        add_rule(&buf, "reviewed by code owners", NO_STRS);
    return buf.len == 0 ? STR("–") : buf_str(&buf);
}

static struct str
pushers_cell(struct guide *guide, const struct protection *protection)
{
    struct str who = is_value_known(protection->push)
                         ? shown(guide, protection->push)
                         : STR("whoever may write");
    return protection->admins_bypass
               ? arena_format(guide->arena, "{}; administrators pass by",
                              STRS(who))
               : who;
}

void
write_branches(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_table(guide, STRS(STR("Branch"), STR("Reviews"), STR("Also"),
                            STR("Who may push")));
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        guide_row(guide, STRS(shown(guide, protection->branch),
                              shown(guide, protection->reviews),
                              rules_cell(guide, protection),
                              pushers_cell(guide, protection)));
    }
}

/* ---- accepted ----------------------------------------------------------- */

bool
has_accepted(const struct ir *ir)
{
    return ir->allow_count > 0;
}

void
write_accepted(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    guide_paragraph(guide,
                    "Checks that the program overrules, each for a reason. "
                    "`broxc explain CODE` tells what it gives up by that.",
                    NO_STRS);
    guide_table(guide,
                STRS(STR("Check"), STR("On"), STR("Because"), STR("Until")));
    for (size_t i = 0; i < ir->allow_count; i++) {
        const struct allow *allow = &ir->allows[i];
        guide_row(guide,
                  STRS(code(guide, allow->code),
                       is_str_empty(allow->object) ? STR("everything")
                                                   : code(guide, allow->object),
                       is_value_known(allow->reason)
                           ? said(guide, allow->reason->text)
                           : STR("–"),
                       shown(guide, allow->until)));
    }
}
