#include "emit/export.h"

#include "emit/text/json.h"
#include "ir/release.h"

enum { EXPORT_VERSION = 1 };

static void add_value(struct json *json, const char *key,
                      const struct value *value);
static void add_project(struct json *json, const struct project *project);
static void add_service(struct json *json, const struct service *service);
static void add_key(struct json *json, const struct config_key *key);
static void add_environment(struct json *json, const struct ir *ir,
                            const struct environment *environment);
static void add_promotion(struct json *json, const struct promotion *promotion);
static void add_preview(struct json *json, const struct preview *preview);
static void add_protection(struct json *json,
                           const struct protection *protection);
static void add_zone(struct json *json, const struct zone *zone);

void
emit_export(struct buf *buf, const struct ir *ir)
{
    struct json json;
    json_init(&json, buf);
    json_item_object(&json);
    json_number(&json, "version", EXPORT_VERSION);
    add_project(&json, ir->project);
    json_array(&json, "services");
    for (size_t i = 0; i < ir->service_count; i++)
        add_service(&json, ir->services[i]);
    json_end(&json);
    json_array(&json, "config");
    for (size_t i = 0; i < ir->config_key_count; i++)
        add_key(&json, &ir->config_keys[i]);
    json_end(&json);
    json_array(&json, "environments");
    for (size_t i = 0; i < ir->environment_count; i++)
        add_environment(&json, ir, ir->environments[i]);
    json_end(&json);
    json_array(&json, "promotions");
    for (size_t i = 0; i < ir->promotion_count; i++)
        add_promotion(&json, &ir->promotions[i]);
    json_end(&json);
    json_array(&json, "forbidden");
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        json_item_object(&json);
        json_text(&json, "from", ir->forbidden[i].from->name);
        json_text(&json, "to", ir->forbidden[i].to->name);
        json_end(&json);
    }
    json_end(&json);
    json_array(&json, "previews"); /* one, or none */
    if (ir->preview != NULL)
        add_preview(&json, ir->preview);
    json_end(&json);
    json_array(&json, "protections");
    for (size_t i = 0; i < ir->protection_count; i++)
        add_protection(&json, &ir->protections[i]);
    json_end(&json);
    json_array(&json, "zones");
    for (size_t i = 0; i < ir->zone_count; i++)
        add_zone(&json, &ir->zones[i]);
    json_end(&json);
    json_array(&json, "holes");
    for (size_t i = 0; i < ir->hole_count; i++) {
        json_item_object(&json);
        json_text(&json, "name", ir->holes[i].name);
        json_bool(&json, "filled", ir->holes[i].is_filled);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}

/* ---- values ------------------------------------------------------------- */

/* A text as the program says it, with its unit; `{"hole": NAME}` where it is
 * not known yet; a list, or `{"min", "max"}`. Nothing for NULL. */
static void
add_value(struct json *json, const char *key, const struct value *value)
{
    if (value == NULL || value->kind == VALUE_POISON)
        return;
    if (value->kind == VALUE_HOLE) {
        json_object(json, key);
        json_text(json, "hole", value->text);
        json_end(json);
        return;
    }
    if (value->kind == VALUE_LIST) {
        json_array(json, key);
        for (size_t i = 0; i < value->item_count; i++) {
            if (is_value_known(&value->items[i]))
                json_item_text(json, value->items[i].text);
        }
        json_end(json);
        return;
    }
    if (value->kind == VALUE_RANGE) {
        json_object(json, key);
        add_value(json, "min", &value->items[0]);
        add_value(json, "max", &value->items[1]);
        json_end(json);
        return;
    }
    if (value->kind == VALUE_COMPARISON) {
        json_object(json, key);
        json_text(json, "is", str_from(comparison_text(value->comparison)));
        add_value(json, "than", &value->items[0]);
        json_end(json);
        return;
    }
    if (value->kind == VALUE_BOOL)
        json_bool(json, key, value->number != 0);
    else
        json_text(json, key, value->text);
}

static void
add_number(struct json *json, const char *key, const struct value *value)
{
    if (is_value_known(value) && value->kind == VALUE_NUMBER)
        json_number(json, key, value->number);
    else
        add_value(json, key, value);
}

/* ---- what runs ---------------------------------------------------------- */

static void
add_project(struct json *json, const struct project *project)
{
    json_object(json, "project");
    json_text(json, "name", project->name);
    add_value(json, "repository", project->repository);
    add_value(json, "registry", project->registry);
    add_value(json, "cloud", project->cloud);
    add_value(json, "kubernetes", project->kubernetes);
    json_array(json, "contacts");
    for (size_t i = 0; i < project->contact_count; i++) {
        json_item_object(json);
        json_text(json, "name", project->contacts[i].name);
        add_value(json, "email", project->contacts[i].email);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void
add_service(struct json *json, const struct service *service)
{
    static const char *const kinds[] = {[SERVICE_SERVICE] = "service",
                                        [SERVICE_WORKER] = "worker",
                                        [SERVICE_STATEFUL] = "stateful",
                                        [SERVICE_JOB] = "job",
                                        [SERVICE_TASK] = "task"};
    json_item_object(json);
    json_text(json, "name", service->name);
    json_text(json, "kind", str_from(kinds[service->kind]));
    if (!is_str_empty(service->doc))
        json_text(json, "doc", service->doc);
    json_end(json);
}

static void
add_key(struct json *json, const struct config_key *key)
{
    json_item_object(json);
    json_text(json, "name", key->name);
    add_value(json, "choices", key->choices);
    json_end(json);
}

/* ---- environments ------------------------------------------------------- */

static void
add_workload(struct json *json, const struct workload *workload)
{
    json_item_object(json);
    json_text(json, "service", workload->service->name);
    add_number(json, "count", workload->count);
    add_value(json, "scale", workload->scale);
    add_value(json, "cpu", workload->cpu);
    add_value(json, "memory", workload->memory);
    add_value(json, "image", workload->image);
    add_value(json, "schedule", workload->schedule);
    add_value(json, "hosts", workload->hosts);
    json_array(json, "calls");
    for (size_t i = 0; i < workload->call_count; i++)
        json_item_text(json, workload->calls[i].service->name);
    json_end(json);
    json_array(json, "secrets");
    for (size_t i = 0; i < workload->secret_count; i++)
        json_item_text(json, workload->secrets[i]->name);
    json_end(json);
    json_end(json);
}

static void
add_cluster(struct json *json, const struct cluster *cluster)
{
    if (cluster == NULL)
        return;
    json_object(json, "cluster");
    add_value(json, "provider", cluster->provider);
    add_value(json, "name", cluster->name);
    add_value(json, "group", cluster->group);
    add_value(json, "version", cluster->version);
    add_number(json, "nodes", cluster->nodes);
    add_value(json, "cpu", cluster->cpu);
    add_value(json, "memory", cluster->memory);
    json_end(json);
}

static void
add_edge(struct json *json, const struct ingress *ingress)
{
    if (ingress == NULL)
        return;
    json_object(json, "edge");
    json_text(json, "kind",
              ingress->is_gateway ? STR("gateway") : STR("ingress"));
    add_value(json, "class", ingress->class_name);
    add_value(json, "address", ingress->address);
    json_end(json);
}

static void
add_deploy(struct json *json, const struct environment *environment)
{
    static const char *const names[] = {[STRATEGY_ROLLING] = "rolling",
                                        [STRATEGY_BLUE_GREEN] = "blue-green",
                                        [STRATEGY_CANARY] = "canary"};
    if (environment->deploy == NULL)
        return;
    json_object(json, "deploy");
    json_text(json, "strategy", str_from(names[environment->deploy->strategy]));
    json_bool(json, "migrates",
              deploy_step_find(environment->deploy, STEP_MIGRATE) != NULL);
    json_bool(json, "rollsBack",
              deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL);
    json_end(json);
}

static void
add_settings(struct json *json, const struct ir *ir,
             const struct environment *environment)
{
    json_object(json, "settings");
    for (size_t i = 0; i < ir->config_key_count; i++) {
        const struct value *value = environment->settings[i].value;
        if (is_value_known(value))
            json_text_named(json, ir->config_keys[i].name, value->text);
    }
    json_end(json);
}

static void
add_environment(struct json *json, const struct ir *ir,
                const struct environment *environment)
{
    static const char *const tiers[] = {[TIER_DEVELOPMENT] = "development",
                                        [TIER_STAGING] = "staging",
                                        [TIER_PRODUCTION] = "production"};
    json_item_object(json);
    json_text(json, "name", environment->name);
    add_value(json, "short", environment->short_name);
    json_text(json, "tier", str_from(tiers[environment->tier]));
    add_value(json, "namespace", environment->namespace_name);
    add_value(json, "branch", environment->branch);
    add_value(json, "tag", environment->tag);
    add_cluster(json, environment->cluster);
    add_edge(json, environment->ingress);
    add_deploy(json, environment);
    json_array(json, "runs");
    for (size_t i = 0; i < environment->workload_count; i++)
        add_workload(json, environment->workloads[i]);
    json_end(json);
    add_settings(json, ir, environment);
    json_end(json);
}

/* ---- how a release moves, and where it is seen -------------------------- */

static void
add_preview(struct json *json, const struct preview *preview)
{
    json_item_object(json);
    json_text(json, "from", preview->from->name);
    add_value(json, "ttl", preview->ttl);
    json_end(json);
}

static void
add_promotion(struct json *json, const struct promotion *promotion)
{
    json_item_object(json);
    json_text(json, "from", promotion->from->name);
    json_text(json, "to", promotion->to->name);
    json_bool(json, "whenHealthy", promotion->when_healthy);
    add_value(json, "soak", promotion->soak);
    json_number(json, "approvals", approval_number(promotion->approval));
    add_value(json, "confirm", promotion->confirm);
    json_array(json, "pending");
    for (size_t i = 0; i < promotion->pending_count; i++)
        json_item_text(json, promotion->pending[i]->text);
    json_end(json);
    json_end(json);
}

static void
add_protection(struct json *json, const struct protection *protection)
{
    json_item_object(json);
    add_value(json, "branch", protection->branch);
    add_number(json, "reviews", protection->reviews);
    add_value(json, "checks", protection->checks);
    json_bool(json, "upToDate", protection->is_up_to_date);
    json_bool(json, "signed", protection->is_signed);
    json_bool(json, "adminsBypass", protection->admins_bypass);
    json_end(json);
}

static void
add_zone(struct json *json, const struct zone *zone)
{
    json_item_object(json);
    json_text(json, "name", zone->name);
    add_value(json, "nameservers", zone->nameservers);
    add_number(json, "ttl", zone->ttl);
    json_number(json, "records", (int64_t)zone->record_count);
    json_end(json);
}
