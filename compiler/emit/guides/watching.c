/*
 * Alerts, the dashboard, and what is promised.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "ir/measure.h"
#include "ir/release.h"

bool
has_watching(const struct ir *ir)
{
    return ir->alert_count > 0 || has_dashboard(ir);
}

bool
has_metrics(const struct ir *ir)
{
    return ir->objective_count > 0 || ir->alert_count > 0;
}

/* ---- alerts ------------------------------------------------------------- */

static struct str
measured(struct guide *guide, const struct alert *alert)
{
    const struct measure *measure = measure_find(alert->name);
    if (is_value_known(alert->expression))
        return shown(guide, alert->expression);
    return measure == NULL ? STR("–") : said(guide, str_from(measure->says));
}

static struct str
bound_cell(struct guide *guide, const struct alert *alert)
{
    struct str bound = shown(guide, alert->comparison);
    if (!is_value_known(alert->window))
        return bound;
    return arena_format(guide->arena,
                        alert->is_increase ? "{} in {}" : "{} for {}",
                        STRS(bound, shown(guide, alert->window)));
}

static void
write_alerts(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->alert_count == 0)
        return;
    guide_table(guide, STRS(STR("Alert"), STR("Fires at"), STR("Measures")));
    for (size_t i = 0; i < ir->alert_count; i++)
        guide_row(guide, STRS(code(guide, ir->alerts[i].name),
                              bound_cell(guide, &ir->alerts[i]),
                              measured(guide, &ir->alerts[i])));
}

static void
write_rule_files(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_rules(ir, ir->environments[i]))
            buf_format(
                &buf, buf.len == 0 ? "{}" : ", {}",
                STRS(file_link(guide, rules_path(guide, ir->environments[i]))));
    }
    if (buf.len > 0)
        guide_paragraph(
            guide,
            "The rules are in {}; the panels for Grafana in {}. An "
            "alert of a production tier is `critical`, all others "
            "are warnings.",
            STRS(buf_str(&buf), file_link(guide, dashboard_path(guide))));
}

void
write_watching(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (has_workflows(ir))
        guide_paragraph(guide,
                        "A pipeline watches its own release for as long as it "
                        "says above. After that these tell of trouble, in "
                        "every environment.",
                        NO_STRS);
    if (has_going_back(ir))
        guide_paragraph(guide,
                        "When one fires soon after a release, that release is "
                        "the first suspect: see [Going back](#going-back).",
                        NO_STRS);
    write_alerts(guide);
    write_rule_files(guide);
}

/* ---- what is promised --------------------------------------------------- */

typedef const struct value *promise(const struct objective *objective);

static const struct value *
deploys_of(const struct objective *objective)
{
    return objective->deploys;
}

static const struct value *
within_of(const struct objective *objective)
{
    return objective->within;
}

static const struct value *
success_of(const struct objective *objective)
{
    return objective->success;
}

static const struct value *
recover_of(const struct objective *objective)
{
    return objective->recover;
}

static const struct value *
rollbacks_of(const struct objective *objective)
{
    return objective->rollbacks;
}

static void
write_promise(struct guide *guide, const char *title, promise *of)
{
    const struct ir *ir = guide->ir;
    guide_row_start(guide, title);
    for (size_t i = 0; i < ir->objective_count; i++)
        guide_cell(guide, shown(guide, of(&ir->objectives[i])));
    guide_row_end(guide);
}

static void
write_objectives(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct str *titles =
        arena_array(guide->arena, ir->objective_count + 1, sizeof *titles);
    titles[0] = STR("Metric");
    for (size_t i = 0; i < ir->objective_count; i++)
        titles[i + 1] = said(guide, ir->objectives[i].environment->name);
    guide_heading(guide, 3, STR("What releases promise"));
    guide_table(guide, (struct strs){titles, ir->objective_count + 1});
    write_promise(guide, "Releases", deploys_of);
    write_promise(guide, "Time of a release", within_of);
    write_promise(guide, "Releases that succeed", success_of);
    write_promise(guide, "Time to recover", recover_of);
    write_promise(guide, "Releases taken back", rollbacks_of);
    guide_paragraph(guide,
                    "The time of a release becomes the time limits of its "
                    "jobs; the time to recover becomes an alert. The shares "
                    "are counted from the runs: `gh run list --workflow FILE "
                    "--json conclusion`.",
                    NO_STRS);
}

void
write_metrics(struct guide *guide)
{
    if (guide->ir->objective_count > 0)
        write_objectives(guide);
    if (guide->ir->alert_count == 0)
        return;
    guide_heading(guide, 3, STR("Health indicators"));
    write_alerts(guide);
    write_rule_files(guide);
}
