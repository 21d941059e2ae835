#include "emit/monitoring/dashboard.h"

#include "base/json.h"
#include "ir/measure.h"

enum {
    SCHEMA_VERSION = 39, /* of Grafana 10 and newer */
    PANEL_WIDTH = 12,
    PANEL_HEIGHT = 8,
    PANELS_IN_ROW = 2,
    UID_MAX = 40,
};

struct dashboard {
    const struct ir *ir;
    struct arena *arena;
    struct json json;
    int64_t panel_count;
};

static struct str
unit_of(enum type_kind type)
{
    if (type == TYPE_PERCENT)
        return STR("percentunit");
    return type == TYPE_DURATION ? STR("s") : STR("short");
}

static void
add_grid(struct dashboard *dashboard)
{
    struct json *json = &dashboard->json;
    int64_t index = dashboard->panel_count++;
    json_number(json, "id", index + 1);
    json_object(json, "gridPos");
    json_number(json, "x", index % PANELS_IN_ROW * PANEL_WIDTH);
    json_number(json, "y", index / PANELS_IN_ROW * PANEL_HEIGHT);
    json_number(json, "w", PANEL_WIDTH);
    json_number(json, "h", PANEL_HEIGHT);
    json_end(json);
}

static void
add_source(struct json *json)
{
    json_object(json, "datasource");
    json_text(json, "type", STR("prometheus"));
    json_text(json, "uid", STR("${source}"));
    json_end(json);
}

static void
add_panel(struct dashboard *dashboard, struct str title, struct str unit,
          struct str query)
{
    struct json *json = &dashboard->json;
    json_item_object(json);
    json_text(json, "type", STR("timeseries"));
    json_text(json, "title", title);
    add_grid(dashboard);
    add_source(json);
    json_object(json, "fieldConfig");
    json_object(json, "defaults");
    json_text(json, "unit", unit);
    json_end(json);
    json_array(json, "overrides");
    json_end(json);
    json_end(json);
    json_array(json, "targets");
    json_item_object(json);
    json_text(json, "refId", STR("A"));
    add_source(json);
    json_text(json, "expr", query);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void
add_panels(struct dashboard *dashboard)
{
    const struct ir *ir = dashboard->ir;
    json_array(&dashboard->json, "panels");
    for (size_t i = 0; i < measure_count(); i++) {
        const struct measure *measure = measure_at(i);
        add_panel(dashboard, str_from(measure->says), unit_of(measure->type),
                  measure_query(dashboard->arena, measure,
                                STR("namespace=\"$namespace\""),
                                STR("$__rate_interval")));
    }
    for (size_t i = 0; i < ir->alert_count; i++) {
        const struct alert *alert = &ir->alerts[i];
        if (is_value_known(alert->expression) &&
            is_value_known(alert->comparison))
            add_panel(dashboard, alert->name,
                      unit_of(alert->comparison->items[0].type),
                      alert->expression->text);
    }
    json_end(&dashboard->json);
}

static void
add_namespaces(struct dashboard *dashboard)
{
    struct json *json = &dashboard->json;
    struct buf names;
    buf_init(&names, dashboard->arena);
    for (size_t i = 0; i < dashboard->ir->environment_count; i++) {
        const struct value *name =
            dashboard->ir->environments[i]->namespace_name;
        if (is_value_known(name))
            buf_format(&names, names.len > 0 ? ",{}" : "{}", STRS(name->text));
    }
    json_item_object(json);
    json_text(json, "type", STR("custom"));
    json_text(json, "name", STR("namespace"));
    json_text(json, "label", STR("environment"));
    json_text(json, "query", buf_str(&names));
    json_end(json);
}

static void
add_variables(struct dashboard *dashboard)
{
    struct json *json = &dashboard->json;
    json_object(json, "templating");
    json_array(json, "list");
    json_item_object(json);
    json_text(json, "type", STR("datasource"));
    json_text(json, "name", STR("source"));
    json_text(json, "query", STR("prometheus"));
    json_end(json);
    add_namespaces(dashboard);
    json_end(json);
    json_end(json);
}

/* Grafana takes 40 characters. */
static struct str
uid_of(struct arena *arena, struct str project)
{
    struct str uid = arena_format(arena, "broxc-{}", STRS(project));
    return str_slice(uid, 0, uid.len < UID_MAX ? uid.len : UID_MAX);
}

void
emit_dashboard(const struct ir *ir, struct buf *buf)
{
    struct dashboard dashboard = {.ir = ir, .arena = buf->arena};
    struct json *json = &dashboard.json;
    json_init(json, buf);
    json_item_object(json);
    json_text(json, "title", ir->project->name);
    json_text(json, "uid", uid_of(buf->arena, ir->project->name));
    json_number(json, "schemaVersion", SCHEMA_VERSION);
    json_bool(json, "editable", false);
    json_text(json, "refresh", STR("1m"));
    json_object(json, "time");
    json_text(json, "from", STR("now-6h"));
    json_text(json, "to", STR("now"));
    json_end(json);
    add_variables(&dashboard);
    add_panels(&dashboard);
    json_end(json);
}
