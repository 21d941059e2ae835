/*
 * The typed IR of a program: the project, what runs, where, how a release
 * moves, how the world reaches it, what is promised.
 */
#include "dump.h"

#include "ir/edge.h"

static void
dump_project(struct dump *dump, const struct project *project)
{
    dump_name(dump, "project", project->name, project->span);
    dump->depth++;
    dump_value(dump, "repository", project->repository);
    dump_value(dump, "visibility", project->visibility);
    dump_value(dump, "plan", project->plan);
    dump_value(dump, "owned by", project->owned_by);
    dump_value(dump, "owners", project->owners);
    for (size_t i = 0; i < project->ownership_count; i++) {
        dump_name(dump, "own", project->ownerships[i].files,
                  project->ownerships[i].span);
        dump_value(dump, "by", project->ownerships[i].teams);
    }
    dump_value(dump, "registry", project->registry);
    dump_flag(dump, "immutable", project->is_registry_immutable);
    dump_value(dump, "registry keep", project->registry_keep);
    dump_value(dump, "cloud", project->cloud);
    dump_value(dump, "tenant", project->tenant);
    dump_value(dump, "subscription", project->subscription);
    dump_value(dump, "kubernetes", project->kubernetes);
    for (size_t i = 0; i < project->schema_count; i++)
        dump_value(dump, "schema", project->schemas[i]);
    dump_value(dump, "network", project->network);
    dump_value(dump, "workflow secrets", project->workflow_secrets);
    for (size_t i = 0; i < project->contact_count; i++) {
        dump_name(dump, "contact", project->contacts[i].name,
                  project->contacts[i].span);
        dump_value(dump, "email", project->contacts[i].email);
    }
    for (size_t i = 0; i < project->channel_count; i++) {
        dump_name(dump, "slack", project->channels[i].name,
                  project->channels[i].span);
        dump_value(dump, "room", project->channels[i].room);
    }
    dump->depth--;
}

static void
dump_declarations(struct dump *dump, const struct ir *ir)
{
    for (size_t i = 0; i < ir->service_count; i++) {
        static const char *const kinds[] = {[SERVICE_SERVICE] = "service",
                                            [SERVICE_WORKER] = "service",
                                            [SERVICE_STATEFUL] = "stateful",
                                            [SERVICE_JOB] = "job",
                                            [SERVICE_TASK] = "task"};
        const struct service *service = ir->services[i];
        dump_name(dump, kinds[service->kind], service->name, service->span);
        if (!is_str_empty(service->doc))
            dump_name(dump, "doc", service->doc, NO_SPAN);
    }
    for (size_t i = 0; i < ir->config_key_count; i++) {
        const struct config_key *key = &ir->config_keys[i];
        dump_name(dump, "config", key->name, key->span);
        dump->depth++;
        dump_name(dump, "type", str_from(type_name(key->type)), NO_SPAN);
        dump_value(dump, "choices", key->choices);
        dump_value(dump, "pattern", key->pattern);
        dump_flag(dump, "varies", key->varies);
        dump->depth--;
    }
    for (size_t i = 0; i < ir->secret_count; i++)
        dump_name(dump, "secret", ir->secrets[i]->name, ir->secrets[i]->span);
    for (size_t i = 0; i < ir->hole_count; i++) {
        dump_name(dump, ir->holes[i].is_filled ? "filled hole" : "open hole",
                  ir->holes[i].name, ir->holes[i].span);
        dump_name(dump, "type", str_from(type_name(ir->holes[i].type)),
                  NO_SPAN);
    }
}

/* ---- environments ---------------------------------------------------------
 */

static void
dump_cluster(struct dump *dump, const struct cluster *cluster)
{
    if (cluster == NULL)
        return;
    dump_value(dump, "cluster", cluster->name);
    dump->depth++;
    dump_value(dump, "provider", cluster->provider);
    dump_value(dump, "group", cluster->group);
    dump_value(dump, "version", cluster->version);
    dump_value(dump, "nodes", cluster->nodes);
    dump_value(dump, "cpu", cluster->cpu);
    dump_value(dump, "memory", cluster->memory);
    dump->depth--;
}

static void
dump_doors(struct dump *dump, const struct environment *environment)
{
    dump_cluster(dump, environment->cluster);
    if (environment->ingress != NULL) {
        const struct ingress *edge = environment->ingress;
        dump_value(dump, edge->is_gateway ? "gateway" : "ingress",
                   edge->gateway != NULL ? edge->gateway : edge->class_name);
        dump_value(dump, "of", edge->gateway_namespace);
        dump_value(dump, "listener", edge->listener);
        dump_value(dump, "address", edge->address);
        dump_value(dump, "ipv6", edge->second_address);
        dump_value(dump, "hsts", edge->hsts);
        dump_flag(dump, "serves http", serves_http(environment));
        dump_flag(dump, "tls elsewhere", is_tls_elsewhere(environment));
    }
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        dump_value(dump, "redirect", redirect->from);
        dump->depth++;
        dump_value(dump, "to", redirect->to);
        dump_flag(dump, "temporary", redirect->is_temporary);
        dump->depth--;
    }
    for (size_t i = 0; i < environment->access_count; i++) {
        dump_value(dump, "access", environment->accesses[i].group);
        dump->depth++;
        dump_value(dump, "roles", environment->accesses[i].roles);
        dump->depth--;
    }
    if (environment->vault != NULL) {
        dump_value(dump, "vault", environment->vault->name);
        dump_value(dump, "rotate", environment->vault->rotate);
        dump_value(dump, "remind", environment->vault->remind);
        dump_value(dump, "identity", environment->vault->identity);
    }
}

static void
dump_environment(struct dump *dump, const struct ir *ir,
                 const struct environment *environment)
{
    dump_name(dump, "env", environment->name, environment->span);
    dump->depth++;
    if (!is_str_empty(environment->doc))
        dump_name(dump, "doc", environment->doc, NO_SPAN);
    if (environment->like != NULL)
        dump_name(dump, "like", environment->like->name,
                  environment->like->span);
    dump_value(dump, "short", environment->short_name);
    dump_value(dump, "tier", environment->tier_value);
    dump_value(dump, "namespace", environment->namespace_name);
    dump_value(dump, "branch", environment->branch);
    dump_value(dump, "tag", environment->tag);
    dump_value(dump, "syncer", environment->syncer);
    dump_value(dump, "drift", environment->drift);
    dump_flag(dump, "tag unprotected", environment->is_tag_unprotected);
    dump_value(dump, "github", environment->github);
    dump_value(dump, "wait", environment->github_wait);
    dump_value(dump, "branches", environment->github_branches);
    dump_doors(dump, environment);
    dump_bounds(dump, environment);
    for (size_t i = 0; i < ir->config_key_count; i++) {
        dump_name(dump, "set", ir->config_keys[i].name, NO_SPAN);
        dump_value(dump, "value", environment->settings[i].value);
    }
    for (size_t i = 0; i < environment->workload_count; i++)
        dump_workload(dump, environment->workloads[i]);
    dump_deploy(dump, environment->deploy);
    for (size_t i = 0; i < environment->manifest_count; i++)
        dump_name(dump, "manifest", environment->manifests[i]->path,
                  environment->manifests[i]->span);
    for (size_t i = 0; i < environment->patch_count; i++)
        dump_patch(dump, &environment->patches[i]);
    dump->depth--;
}

/* ---- releases -------------------------------------------------------------
 */

static void
dump_promotion(struct dump *dump, const struct promotion *promotion)
{
    dump_name(dump, "promote from", promotion->from->name, promotion->span);
    dump->depth++;
    dump_name(dump, "to", promotion->to->name, NO_SPAN);
    dump_flag(dump, "when healthy", promotion->when_healthy);
    dump_value(dump, "soak", promotion->soak);
    dump_approval(dump, promotion->approval);
    dump_value(dump, "confirm", promotion->confirm);
    for (size_t i = 0; i < promotion->pending_count; i++)
        dump_value(dump, "pending", promotion->pending[i]);
    for (size_t i = 0; i < promotion->window_count; i++) {
        dump_value(dump, "window", promotion->windows[i].days);
        dump_value(dump, "hours", promotion->windows[i].hours);
        dump_value(dump, "zone", promotion->windows[i].zone);
    }
    dump->depth--;
}

static void
dump_brakes(struct dump *dump, const struct ir *ir)
{
    for (size_t i = 0; i < ir->freeze_count; i++) {
        const struct freeze *freeze = &ir->freezes[i];
        dump_value(dump, "freeze", freeze->days);
        dump->depth++;
        dump_value(dump, "reason", freeze->reason);
        dump_value(dump, "zone", freeze->zone);
        for (size_t j = 0; j < freeze->environment_count; j++)
            dump_name(dump, "in", freeze->environments[j]->name, NO_SPAN);
        dump->depth--;
    }
    for (size_t i = 0; i < ir->denial_count; i++) {
        dump_value(dump, "deny", ir->denials[i].version);
        dump_value(dump, "reason", ir->denials[i].reason);
    }
}

static void
dump_rollback(struct dump *dump, const struct rollback *rollback)
{
    if (rollback == NULL)
        return;
    dump_name(dump, "rollback", STR(""), rollback->span);
    dump->depth++;
    dump_value(dump, "keep", rollback->keep);
    dump_flag(dump, "backup state", rollback->backs_up_state);
    dump_flag(dump, "verify health", rollback->verifies_health);
    dump_value(dump, "errors", rollback->errors);
    dump_flag(dump, "report incident", rollback->reports_incident);
    for (size_t i = 0; i < rollback->confirmation_count; i++) {
        dump_name(dump, "confirm", rollback->confirmations[i].environment->name,
                  NO_SPAN);
        dump_value(dump, "text", rollback->confirmations[i].text);
    }
    dump->depth--;
}

static void
dump_protection(struct dump *dump, const struct protection *protection)
{
    dump_value(dump, "protect", protection->branch);
    dump->depth++;
    dump_value(dump, "reviews", protection->reviews);
    dump_value(dump, "checks", protection->checks);
    dump_value(dump, "push", protection->push);
    dump_flag(dump, "up-to-date", protection->is_up_to_date);
    dump_flag(dump, "conversations resolved",
              protection->resolves_conversations);
    dump_flag(dump, "signed", protection->is_signed);
    dump_flag(dump, "admins bypass", protection->admins_bypass);
    dump_flag(dump, "linear", protection->is_linear);
    dump_flag(dump, "merge queue", protection->has_merge_queue);
    dump_value(dump, "merge method", protection->merge_method);
    dump_flag(dump, "code owners", protection->needs_code_owners);
    dump_value(dump, "stale reviews", protection->stale_reviews);
    dump_value(dump, "last push", protection->last_push);
    dump_value(dump, "force push", protection->force_push);
    dump_value(dump, "deletion", protection->deletion);
    for (size_t i = 0; i < protection->deployed_count; i++)
        dump_name(dump, "deployed", protection->deployed[i]->name, NO_SPAN);
    dump_value(dump, "rules", protection->rules);
    dump->depth--;
}

static void
dump_releases(struct dump *dump, const struct ir *ir)
{
    for (size_t i = 0; i < ir->promotion_count; i++)
        dump_promotion(dump, &ir->promotions[i]);
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        dump_name(dump, "never from", ir->forbidden[i].from->name,
                  ir->forbidden[i].span);
        dump_name(dump, "to", ir->forbidden[i].to->name, NO_SPAN);
    }
    dump_brakes(dump, ir);
    dump_rollback(dump, ir->rollback);
    for (size_t i = 0; i < ir->protection_count; i++)
        dump_protection(dump, &ir->protections[i]);
}

/* ---- the world ------------------------------------------------------------
 */

static void
dump_record(struct dump *dump, const struct record *record)
{
    struct str name = record_name(dump->out.arena, record);
    dump_name(dump, arena_cstr(dump->out.arena, name), record->owner,
              record->span);
    dump->depth++;
    dump_name(dump, "ttl", arena_number(dump->out.arena, record->ttl_seconds),
              NO_SPAN);
    for (size_t i = 0; i < RECORD_FIELDS_MAX; i++)
        dump_value(dump, "field", record->fields[i]);
    dump_flag(dump, "derived", record->is_derived);
    if (record->switched_in != NULL)
        dump_name(dump, "switched in", record->switched_in->name, NO_SPAN);
    dump->depth--;
}

static void
dump_zone(struct dump *dump, const struct zone *zone)
{
    dump_name(dump, "zone", zone->name, zone->span);
    dump->depth++;
    dump_value(dump, "nameservers", zone->nameservers);
    dump_value(dump, "primary", zone->primary);
    dump_value(dump, "contact", zone->contact);
    dump_value(dump, "serial", zone->serial);
    dump_value(dump, "ttl", zone->ttl);
    dump_value(dump, "refresh", zone->refresh);
    dump_value(dump, "retry", zone->retry);
    dump_value(dump, "expire", zone->expire);
    dump_value(dump, "minimum", zone->minimum);
    dump_value(dump, "provider", zone->provider);
    dump_value(dump, "also", zone->also);
    dump_flag(dump, "external-dns", zone->is_external);
    dump_value(dump, "prefix", zone->external_prefix);
    dump_flag(dump, "pointers", zone->derives_pointers);
    if (zone->live != NULL)
        dump_name(dump, "live", zone->live->name, zone->live->span);
    for (size_t i = 0; i < zone->ds_count; i++)
        dump_record(dump, &zone->ds[i]);
    for (size_t i = 0; i < zone->record_count; i++)
        dump_record(dump, &zone->records[i]);
    dump->depth--;
}

static void
dump_certificates(struct dump *dump, const struct ir *ir)
{
    for (size_t i = 0; i < ir->certificate_count; i++) {
        const struct certificate *certificate = &ir->certificates[i];
        dump_name(dump, "certificate", certificate->environment->name, NO_SPAN);
        dump->depth++;
        for (size_t n = 0; n < certificate->name_count; n++)
            dump_value(dump, "name", certificate->names[n]);
        dump->depth--;
    }
}

/* ---- promises -------------------------------------------------------------
 */

static void
dump_objective(struct dump *dump, const struct objective *objective)
{
    dump_name(dump, "objective", objective->environment->name, objective->span);
    dump->depth++;
    dump_value(dump, "deploys", objective->deploys);
    dump_value(dump, "within", objective->within);
    dump_value(dump, "success", objective->success);
    dump_value(dump, "recover", objective->recover);
    dump_value(dump, "rollbacks", objective->rollbacks);
    dump->depth--;
}

static void
dump_preview(struct dump *dump, const struct preview *preview)
{
    dump_name(dump, "preview", preview->from->name, preview->span);
    dump->depth++;
    dump_value(dump, "ttl", preview->ttl);
    dump->depth--;
}

static void
dump_prices(struct dump *dump, const struct prices *prices)
{
    dump_name(dump, "prices", STR(""), prices->span);
    dump->depth++;
    dump_value(dump, "currency", prices->currency);
    dump_value(dump, "cpu", prices->cpu);
    dump_value(dump, "memory", prices->memory);
    dump->depth--;
}

static void
dump_alert(struct dump *dump, const struct alert *alert)
{
    dump_name(dump, alert->is_increase ? "alert on increase" : "alert",
              alert->name, alert->span);
    dump->depth++;
    dump_value(dump, "bound", alert->comparison);
    dump_value(dump, "window", alert->window);
    dump_value(dump, "expr", alert->expression);
    dump->depth--;
}

static void
dump_monitoring(struct dump *dump, const struct monitoring *monitoring)
{
    dump_value(dump, "scrape", monitoring->scrape);
    dump_value(dump, "scrape every", monitoring->interval);
    for (size_t i = 0; i < monitoring->label_count; i++) {
        dump_name(dump, "monitor label", monitoring->labels[i].key,
                  monitoring->labels[i].span);
        dump_value(dump, "value", monitoring->labels[i].value);
    }
}

static void
dump_rules(struct dump *dump, const struct ir *ir)
{
    for (size_t i = 0; i < ir->workflow_file_count; i++)
        dump_name(dump, "workflow", ir->workflow_files[i]->path,
                  ir->workflow_files[i]->span);
    for (size_t i = 0; i < ir->allow_count; i++) {
        dump_name(dump, "allow", ir->allows[i].code, ir->allows[i].span);
        dump_name(dump, "on", ir->allows[i].object, NO_SPAN);
        dump_value(dump, "until", ir->allows[i].until);
    }
    dump_value(dump, "never-allow", ir->never_allow);
    dump_value(dump, "today", ir->today);
    for (size_t i = 0; i < ir->assertion_count; i++) {
        dump_name(dump, "assert", ir->assertions[i].left_path,
                  ir->assertions[i].span);
        dump->depth++;
        dump_value(dump, "left", ir->assertions[i].left);
        dump_value(dump, "right", ir->assertions[i].right);
        dump->depth--;
    }
}

void
dump_ir(struct dump *dump, const struct ir *ir)
{
    dump_project(dump, ir->project);
    dump_declarations(dump, ir);
    for (size_t i = 0; i < ir->environment_count; i++)
        dump_environment(dump, ir, ir->environments[i]);
    dump_releases(dump, ir);
    for (size_t i = 0; i < ir->zone_count; i++)
        dump_zone(dump, &ir->zones[i]);
    dump_certificates(dump, ir);
    for (size_t i = 0; i < ir->objective_count; i++)
        dump_objective(dump, &ir->objectives[i]);
    if (ir->monitoring != NULL)
        dump_monitoring(dump, ir->monitoring);
    for (size_t i = 0; i < ir->alert_count; i++)
        dump_alert(dump, &ir->alerts[i]);
    dump_rules(dump, ir);
    if (ir->preview != NULL)
        dump_preview(dump, ir->preview);
    if (ir->prices != NULL)
        dump_prices(dump, ir->prices);
    dump_value(dump, "kubernetes folder", ir->output.kubernetes);
    dump_value(dump, "dns folder", ir->output.dns);
    dump_value(dump, "workflows folder", ir->output.workflows);
    dump_value(dump, "hosting folder", ir->output.hosting);
    dump_value(dump, "docs folder", ir->output.docs);
}
