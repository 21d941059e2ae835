/*
 * Who is asked, and who hears of what.
 */
#include "emit/guides/sections.h"

#include "ir/hosting.h"
#include "ir/release.h"

bool
has_people(const struct ir *ir)
{
    return ir->project->contact_count > 0 || ir->project->channel_count > 0;
}

static void
write_contacts(struct guide *guide)
{
    const struct project *project = guide->ir->project;
    if (project->contact_count == 0)
        return;
    guide_table(guide, STRS(STR("Who"), STR("Address")));
    for (size_t i = 0; i < project->contact_count; i++)
        guide_row(guide, STRS(said(guide, project->contacts[i].name),
                              shown(guide, project->contacts[i].email)));
}

static const char *
occasion(enum notify_on on)
{
    switch (on) {
    case NOTIFY_ALWAYS:
        return "every release to {}";
    case NOTIFY_FAILURE:
        return "releases to {} that fail";
    case NOTIFY_SUCCESS:
        return "releases to {} that succeed";
    }
    return "{}";
}

/* What a channel hears by itself, joined by semicolons. */
static struct str
heard_in(struct guide *guide, const struct channel *channel)
{
    const struct ir *ir = guide->ir;
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct deploy *deploy = environment->deploy;
        if (!has_pipeline(ir, environment))
            continue;
        for (size_t j = 0; j < deploy->step_count; j++) {
            const struct step *step = &deploy->steps[j];
            if (step->kind != STEP_NOTIFY || step->channel != channel)
                continue;
            if (buf.len > 0)
                buf_add(&buf, STR("; "));
            buf_format(&buf, occasion(step->notify_on),
                       STRS(said(guide, environment->name)));
        }
    }
    return buf.len == 0 ? STR("what people write there") : buf_str(&buf);
}

static void
write_channels(struct guide *guide)
{
    const struct project *project = guide->ir->project;
    if (project->channel_count == 0)
        return;
    guide_table(guide, STRS(STR("Slack"), STR("Hears of")));
    for (size_t i = 0; i < project->channel_count; i++)
        guide_row(guide, STRS(shown(guide, project->channels[i].room),
                              heard_in(guide, &project->channels[i])));
}

static void
write_team(struct guide *guide, const struct environment *environment)
{
    const struct approval *approval = approval_into(guide->ir, environment);
    int64_t count = approval_count(guide->ir, environment);
    if (count == 0 || approval == NULL)
        return;
    const struct value *teams = reviewing_teams(guide->ir, approval);
    guide_item(
        guide,
        teams == NULL ? "A release to {} waits for {}."
                      : "A release to {} waits for {}, of the team {}.",
        teams == NULL
            ? STRS(said(guide, environment->name),
                   arena_format(guide->arena, "{} approvals",
                                STRS(number_text(guide, count))))
            : STRS(said(guide, environment->name),
                   arena_format(guide->arena,
                                count == 1 ? "{} approval" : "{} approvals",
                                STRS(number_text(guide, count))),
                   shown_list(guide, teams)));
}

static bool
has_approvers(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]) &&
            approval_count(ir, ir->environments[i]) > 0)
            return true;
    }
    return false;
}

void
write_people(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    write_contacts(guide);
    write_channels(guide);
    if (!has_approvers(ir))
        return;
    guide_paragraph(guide, "People who must be there for a release:", NO_STRS);
    guide_list(guide);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            write_team(guide, ir->environments[i]);
    }
}
