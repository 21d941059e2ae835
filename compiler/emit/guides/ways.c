/*
 * Between environments: which promotions there are, what holds them back, and
 * when nothing moves at all.
 */
#include "emit/guides/sections.h"

#include "emit/guides/diagram.h"
#include "emit/guides/places.h"
#include "ir/hosting.h"
#include "ir/release.h"

bool
has_ways(const struct ir *ir)
{
    return ir->promotion_count > 0 || ir->forbidden_count > 0;
}

/* ---- the promotions ----------------------------------------------------- */

static void
add_gate(struct buf *buf, const char *template_text, struct strs texts)
{
    if (buf->len > 0)
        buf_add(buf, STR("<br>"));
    buf_format(buf, template_text, texts);
}

static void
add_window(struct guide *guide, struct buf *buf, const struct window *window)
{
    add_gate(buf, "in the hours {}, {}, {}",
             STRS(shown(guide, window->days), shown(guide, window->hours),
                  shown(guide, window->zone)));
}

static void
add_approvals(struct guide *guide, struct buf *buf,
              const struct environment *to)
{
    int64_t count = approval_count(guide->ir, to);
    const struct approval *approval = approval_into(guide->ir, to);
    if (count == 0 || approval == NULL)
        return;
    const struct value *teams = reviewing_teams(guide->ir, approval);
    struct str number = number_text(guide, count);
    if (teams == NULL)
        add_gate(buf, "approvals in the run: {}", STRS(number));
    else
        add_gate(buf, "approvals in the run: {}, of {}",
                 STRS(number, shown_list(guide, teams)));
}

static void
add_reviews(struct guide *guide, struct buf *buf, const struct environment *to)
{
    const struct protection *protection =
        is_value_known(to->branch)
            ? protection_find(guide->ir, to->branch->text)
            : NULL;
    if (protection != NULL && is_value_known(protection->reviews) &&
        protection->reviews->number > 0)
        add_gate(buf, "reviews of the pull request into {}: {}",
                 STRS(shown(guide, to->branch),
                      number_text(guide, protection->reviews->number)));
}

static struct str
gates_cell(struct guide *guide, const struct promotion *edge)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    if (edge->when_healthy)
        add_gate(&buf, "{} is well", STRS(said(guide, edge->from->name)));
    if (is_value_known(edge->soak))
        add_gate(&buf, "it has been in {} for {}",
                 STRS(said(guide, edge->from->name), shown(guide, edge->soak)));
    for (size_t i = 0; i < edge->window_count; i++)
        add_window(guide, &buf, &edge->windows[i]);
    add_reviews(guide, &buf, edge->to);
    add_approvals(guide, &buf, edge->to);
    if (is_value_known(edge->confirm))
        add_gate(&buf, "somebody types {}", STRS(shown(guide, edge->confirm)));
    return buf.len == 0 ? STR("none") : buf_str(&buf);
}

static struct str
way_command(struct guide *guide, const struct promotion *edge)
{
    if (!has_tool(guide->ir, TOOL_PROMOTE) ||
        !has_pipeline(guide->ir, edge->from) ||
        !has_pipeline(guide->ir, edge->to))
        return STR("no pipeline");
    return tool_command(
        guide, TOOL_PROMOTE, "{} {}",
        STRS(edge->from->short_name->text, edge->to->short_name->text));
}

static void
write_edges(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->promotion_count == 0)
        return;
    guide_table(
        guide, STRS(STR("From"), STR("To"), STR("Moves when"), STR("Command")));
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *edge = &ir->promotions[i];
        guide_row(guide,
                  STRS(said(guide, edge->from->name),
                       said(guide, edge->to->name), gates_cell(guide, edge),
                       way_command(guide, edge)));
    }
}

static void
write_forbidden(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->forbidden_count == 0)
        return;
    guide_paragraph(guide,
                    "Never, by any road (a program in which a push, a run by "
                    "hand, a tag or a script could take it does not build):",
                    NO_STRS);
    guide_list(guide);
    for (size_t i = 0; i < ir->forbidden_count; i++)
        guide_item(guide, "from {} to {}",
                   STRS(said(guide, ir->forbidden[i].from->name),
                        said(guide, ir->forbidden[i].to->name)));
}

/* ---- when nothing moves ------------------------------------------------- */

static struct str
frozen_in(struct guide *guide, const struct freeze *freeze)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    if (freeze->environment_count == 0)
        return STR("every production");
    for (size_t i = 0; i < freeze->environment_count; i++)
        buf_format(&buf, i == 0 ? "{}" : ", {}",
                   STRS(said(guide, freeze->environments[i]->name)));
    return buf_str(&buf);
}

static void
write_freezes(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->freeze_count == 0)
        return;
    guide_heading(guide, 3, STR("Days without releases"));
    guide_table(guide, STRS(STR("Days"), STR("Time zone"), STR("Where"),
                            STR("Because of")));
    for (size_t i = 0; i < ir->freeze_count; i++) {
        const struct freeze *freeze = &ir->freezes[i];
        guide_row(guide,
                  STRS(shown(guide, freeze->days), shown(guide, freeze->zone),
                       frozen_in(guide, freeze),
                       is_value_known(freeze->reason)
                           ? said(guide, freeze->reason->text)
                           : STR("–")));
    }
    guide_paragraph(guide, "Both days belong to it. Going back is possible.",
                    NO_STRS);
}

static void
write_denials(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->denial_count == 0)
        return;
    guide_heading(guide, 3, STR("Releases that go nowhere"));
    guide_table(guide, STRS(STR("Version"), STR("Because it")));
    for (size_t i = 0; i < ir->denial_count; i++)
        guide_row(guide, STRS(shown(guide, ir->denials[i].version),
                              is_value_known(ir->denials[i].reason)
                                  ? said(guide, ir->denials[i].reason->text)
                                  : STR("–")));
}

void
write_ways(struct guide *guide)
{
    write_ways_diagram(guide);
    write_edges(guide);
    if (has_tool(guide->ir, TOOL_PROMOTE))
        guide_paragraph(
            guide,
            "What moves is the release that runs, by the digest of its "
            "images: nothing is built again. The script opens the pull "
            "request where reviews are asked for, moves the branch forward, "
            "and follows the run to its end. A gate that waits ends it with "
            "exit code 3; the same command goes on later.",
            NO_STRS);
    write_forbidden(guide);
    write_freezes(guide);
    write_denials(guide);
}
