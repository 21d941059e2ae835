#include "emit/monitoring/rules.h"

#include "emit/text/yaml.h"
#include "ir/measure.h"
#include "ir/quantity.h"

#define WINDOW "5m" /* of a rate, when the alert says no other */

struct rules {
    const struct ir *ir;
    const struct environment *environment;
    struct arena *arena;
    struct yaml yaml;
    struct str labels; /* `namespace="shop"` */
};

/* ---- text --------------------------------------------------------------- */

/* As Prometheus writes a time: `90s`, `10m`, `1h`. */
static struct str
time_text(struct arena *arena, int64_t milliseconds)
{
    int64_t seconds = duration_seconds(milliseconds);
    struct str unit = STR("s");
    if (seconds % 3600 == 0) {
        seconds /= 3600;
        unit = STR("h");
    } else if (seconds % 60 == 0) {
        seconds /= 60;
        unit = STR("m");
    }
    return arena_format(arena, "{}{}",
                        STRS(arena_number(arena, seconds), unit));
}

/* `number` of `whole` as a decimal fraction: 1500 of 1000 is 1.5. */
static struct str
fraction_text(struct arena *arena, int64_t number, int64_t whole)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_number(&buf, number / whole);
    int64_t rest = number % whole;
    if (rest > 0)
        buf_byte(&buf, '.');
    while (rest > 0) {
        rest *= 10;
        buf_byte(&buf, (char)('0' + rest / whole));
        rest %= whole;
    }
    return buf_str(&buf);
}

/* In the unit that Prometheus has: seconds, a share of 1, a number. */
static struct str
bound_text(struct arena *arena, const struct value *bound)
{
    const struct value *value = &bound->items[0];
    if (value->type == TYPE_DURATION)
        return fraction_text(arena, value->number, 1000);
    if (value->type == TYPE_PERCENT)
        return fraction_text(arena, value->number, INT64_C(100000));
    return arena_number(arena, value->number);
}

/* A text between double quotes of PromQL. */
static struct str
quoted(struct arena *arena, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_byte(&buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_byte(&buf, '\\');
        buf_byte(&buf, text.at[i]);
    }
    buf_byte(&buf, '"');
    return buf_str(&buf);
}

/* ---- one rule ----------------------------------------------------------- */

static struct str
severity_of(const struct environment *environment)
{
    return environment->tier == TIER_PRODUCTION ? STR("critical")
                                                : STR("warning");
}

/* Opens a rule; `hold` may be empty: at once. */
static void
rule_start(struct rules *rules, struct str name, struct str expression,
           struct str hold)
{
    struct yaml *yaml = &rules->yaml;
    yaml_item(yaml);
    yaml_text(yaml, "alert", name);
    yaml_text(yaml, "expr", expression);
    if (!is_str_empty(hold))
        yaml_text(yaml, "for", hold);
    yaml_map(yaml, "labels");
    yaml_text(yaml, "severity", severity_of(rules->environment));
    yaml_text(yaml, "environment", rules->environment->name);
    yaml_text(yaml, "project", rules->ir->project->name);
    yaml_end(yaml);
}

static void
rule_end(struct rules *rules, struct str summary)
{
    struct yaml *yaml = &rules->yaml;
    yaml_map(yaml, "annotations");
    yaml_text(yaml, "summary", summary);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- the declared alerts ------------------------------------------------ */

static struct str
alert_expression(struct rules *rules, const struct alert *alert)
{
    struct arena *arena = rules->arena;
    const struct measure *measure = measure_find(alert->name);
    struct str window = STR(WINDOW);
    if (alert->is_increase && is_value_known(alert->window))
        window = time_text(arena, alert->window->number);
    struct str query =
        is_value_known(alert->expression)
            ? arena_format(arena, "({})", STRS(alert->expression->text))
            : measure_query(arena, measure, rules->labels, window);
    return arena_format(
        arena, "{} {} {}",
        STRS(query, str_from(comparison_text(alert->comparison->comparison)),
             bound_text(arena, alert->comparison)));
}

static void
emit_alert(struct rules *rules, const struct alert *alert)
{
    struct arena *arena = rules->arena;
    const struct measure *measure = measure_find(alert->name);
    bool is_said = is_value_known(alert->expression);
    if (!is_value_known(alert->comparison) || (measure == NULL && !is_said))
        return;
    bool holds = !alert->is_increase && is_value_known(alert->window);
    rule_start(rules, alert->name, alert_expression(rules, alert),
               holds ? time_text(arena, alert->window->number) : STR(""));
    struct str what =
        is_said || measure == NULL ? alert->name : str_from(measure->says);
    rule_end(rules,
             arena_format(
                 arena, "{}: {} {} {}",
                 STRS(rules->environment->name, what,
                      str_from(comparison_text(alert->comparison->comparison)),
                      alert->comparison->items[0].text)));
}

/* ---- what is promised --------------------------------------------------- */

/* A fault that is still there when it should long be mended. */
static void
emit_recovery(struct rules *rules, const struct objective *objective)
{
    struct arena *arena = rules->arena;
    if (!is_value_known(objective->recover))
        return;
    struct str expression = arena_format(
        arena,
        "max(ALERTS{{alertstate=\"firing\",severity=\"critical\",environment={}"
        ",alertname!=\"recovery-too-slow\"}) > 0",
        STRS(quoted(arena, rules->environment->name)));
    const struct value *time = &objective->recover->items[0];
    rule_start(rules, STR("recovery-too-slow"), expression,
               time_text(arena, time->number));
    rule_end(rules,
             arena_format(arena,
                          "{}: an alert has fired for {}, the time in which a "
                          "fault shall be mended",
                          STRS(rules->environment->name,
                               duration_text(arena, time->number))));
}

/* A rollout that takes longer than a deployment may take as a whole. */
static void
emit_rollout(struct rules *rules, const struct objective *objective)
{
    struct arena *arena = rules->arena;
    if (!is_value_known(objective->within))
        return;
    const struct value *within = objective->within;
    const struct value *most =
        within->kind == VALUE_RANGE ? &within->items[1] : within;
    struct str expression = arena_format(
        arena,
        "max by (deployment) (kube_deployment_spec_replicas{{{}} - "
        "kube_deployment_status_replicas_updated{{{}}) > 0",
        STRS(rules->labels, rules->labels));
    rule_start(rules, STR("release-too-slow"), expression,
               time_text(arena, most->number));
    rule_end(rules,
             arena_format(arena,
                          "{}: a rollout has taken {}, the time in which a "
                          "release shall be there",
                          STRS(rules->environment->name,
                               duration_text(arena, most->number))));
}

/* ---- certificates ------------------------------------------------------- */

/* No date is counted in days of a lifetime: issuers shorten it. The metrics
 * are cert-manager's. */
static void
emit_certificate_rules(struct rules *rules)
{
    struct arena *arena = rules->arena;
    struct str name = rules->environment->name;
    if (certificate_find(rules->ir, rules->environment) == NULL)
        return;
    rule_start(
        rules, STR("certificate-not-renewed"),
        arena_format(arena,
                     "certmanager_certificate_renewal_timestamp_seconds{{{}} "
                     "< time() - 86400",
                     STRS(rules->labels)),
        STR("1h"));
    rule_end(rules, arena_format(arena,
                                 "{}: a certificate should have been renewed "
                                 "a day ago",
                                 STRS(name)));
    rule_start(rules, STR("certificate-not-ready"),
               arena_format(arena,
                            "certmanager_certificate_ready_status{{{},"
                            "condition=\"False\"} == 1",
                            STRS(rules->labels)),
               STR("30m"));
    rule_end(rules,
             arena_format(arena, "{}: a certificate is not ready", STRS(name)));
}

/* ---- the object --------------------------------------------------------- */

static void
emit_metadata(struct rules *rules)
{
    struct yaml *yaml = &rules->yaml;
    const struct monitoring *monitoring = rules->ir->monitoring;
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", rules->ir->project->name);
    yaml_text(yaml, "namespace", rules->environment->namespace_name->text);
    yaml_map(yaml, "labels");
    yaml_text(yaml, "app.kubernetes.io/part-of", rules->ir->project->name);
    yaml_word(yaml, "app.kubernetes.io/managed-by", "broxc");
    for (size_t i = 0; i < monitoring->label_count; i++) {
        if (is_value_known(monitoring->labels[i].value))
            yaml_text_named(yaml, monitoring->labels[i].key,
                            monitoring->labels[i].value->text);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
group_start(struct rules *rules, const char *name)
{
    yaml_item(&rules->yaml);
    yaml_text(&rules->yaml, "name", str_from(name));
    yaml_list(&rules->yaml, "rules");
}

static void
group_end(struct rules *rules)
{
    yaml_end(&rules->yaml);
    yaml_end(&rules->yaml);
}

static void
emit_groups(struct rules *rules)
{
    const struct objective *objective =
        objective_find(rules->ir, rules->environment);
    group_start(rules, "alerts");
    for (size_t i = 0; i < rules->ir->alert_count; i++)
        emit_alert(rules, &rules->ir->alerts[i]);
    group_end(rules);
    if (objective != NULL) {
        group_start(rules, "objectives");
        emit_recovery(rules, objective);
        emit_rollout(rules, objective);
        group_end(rules);
    }
    group_start(rules, "certificates");
    emit_certificate_rules(rules);
    group_end(rules);
}

void
emit_rules(const struct ir *ir, const struct environment *environment,
           struct buf *buf)
{
    struct rules rules = {
        .ir = ir, .environment = environment, .arena = buf->arena};
    rules.labels = arena_format(
        buf->arena, "namespace={}",
        STRS(quoted(buf->arena, environment->namespace_name->text)));
    yaml_init(&rules.yaml, buf, buf->arena);
    yaml_comment(&rules.yaml,
                 STR("Made by broxc: edit the program, not this file. For the "
                     "operator of Prometheus:\nkubectl apply --server-side "
                     "--filename FILE, as an administrator."));
    yaml_word(&rules.yaml, "apiVersion", "monitoring.coreos.com/v1");
    yaml_word(&rules.yaml, "kind", "PrometheusRule");
    emit_metadata(&rules);
    yaml_map(&rules.yaml, "spec");
    yaml_list(&rules.yaml, "groups");
    emit_groups(&rules);
    yaml_end(&rules.yaml);
    yaml_end(&rules.yaml);
}
