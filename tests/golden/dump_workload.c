/*
 * A service in an environment, and how a release comes in there.
 */
#include "dump.h"

void
dump_probe(struct dump *dump, const char *what, const struct probe *probe)
{
    static const char *const kinds[] = {[PROBE_HTTP] = "http",
                                        [PROBE_TCP] = "tcp",
                                        [PROBE_GRPC] = "grpc",
                                        [PROBE_EXEC] = "exec"};
    if (probe == NULL)
        return;
    dump_name(dump, what, str_from(kinds[probe->kind]), probe->span);
    dump->depth++;
    dump_value(dump, "path", probe->path);
    if (probe->port != NULL)
        dump_name(dump, "port", probe->port->name, probe->port->span);
    dump_value(dump, "every", probe->every);
    dump_value(dump, "timeout", probe->timeout);
    dump_value(dump, "failures", probe->failures);
    dump_value(dump, "start", probe->start);
    dump->depth--;
}

void
dump_pairs(struct dump *dump, const char *what, const struct pair *pairs,
           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dump_name(dump, what, pairs[i].key, pairs[i].span);
        dump->depth++;
        dump_value(dump, "value", pairs[i].value);
        dump->depth--;
    }
}

void
dump_ports(struct dump *dump, const struct port *ports, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dump_name(dump, "port", ports[i].name, ports[i].span);
        dump->depth++;
        dump_value(dump, "number", ports[i].number);
        dump->depth--;
    }
}

static void
dump_endpoints(struct dump *dump, const struct workload *workload)
{
    dump_ports(dump, workload->ports, workload->port_count);
    dump_probe(dump, "ready", workload->ready);
    dump_probe(dump, "live", workload->live);
    dump_probe(dump, "startup", workload->startup);
    if (workload->metrics != NULL)
        dump_value(dump, "metrics", workload->metrics->path);
    if (workload->migration != NULL) {
        dump_value(dump, "migrate", workload->migration->command);
        dump_flag(dump, "reversible", workload->migration->is_reversible);
    }
}

/* The default alone is not worth a line. */
static void
dump_exposure(struct dump *dump, const struct exposure *exposure)
{
    if (exposure->span.end == 0)
        return;
    dump_value(dump, "expose", exposure->how);
    dump->depth++;
    dump_value(dump, "sources", exposure->sources);
    dump_flag(dump, "internal", exposure->is_internal);
    dump_flag(dump, "local", exposure->is_local);
    dump->depth--;
}

static void
dump_needs(struct dump *dump, const struct workload *workload)
{
    for (size_t i = 0; i < workload->config_count; i++)
        dump_name(dump, "config", workload->config[i]->key->name, NO_SPAN);
    for (size_t i = 0; i < workload->secret_count; i++)
        dump_name(dump, "secret", workload->secrets[i]->name,
                  workload->secrets[i]->span);
    for (size_t i = 0; i < workload->call_count; i++)
        dump_name(dump, "calls", workload->calls[i].service->name,
                  workload->calls[i].span);
    for (size_t i = 0; i < workload->admission_count; i++) {
        dump_value(dump, "reached-by", workload->admissions[i].source);
        dump->depth++;
        dump_value(dump, "on", workload->admissions[i].port_names);
        dump->depth--;
    }
    for (size_t i = 0; i < workload->reach_count; i++) {
        const struct reach *reach = &workload->reaches[i];
        dump_value(dump, "reach", reach->target);
        dump->depth++;
        dump_value(dump, "on", reach->ports);
        dump_value(dump, "protocol", reach->protocol);
        dump_value(dump, "except", reach->except);
        dump->depth--;
    }
    dump_exposure(dump, &workload->exposure);
    dump_pairs(dump, "service-annotation", workload->service_annotations,
               workload->service_annotation_count);
    dump_pairs(dump, "ingress-annotation", workload->edge_annotations,
               workload->edge_annotation_count);
    dump_pairs(dump, "label", workload->labels, workload->label_count);
    dump_pairs(dump, "annotation", workload->annotations,
               workload->annotation_count);
}

/* What `host NAME` alone says is in the list of hosts. */
static void
dump_routes(struct dump *dump, const struct workload *workload)
{
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct route *route = &workload->routes[i];
        bool is_plain = workload->route_count == 1 && !route->is_exact &&
                        route->port_name == NULL && route->paths != NULL &&
                        route->paths->origin != NULL &&
                        route->paths->origin->layer == LAYER_DEFAULT;
        if (is_plain)
            continue;
        dump_begin(dump, "route");
        dump_place(dump, route->span);
        dump_end(dump);
        dump->depth++;
        dump_value(dump, "hosts", route->hosts);
        dump_value(dump, "path", route->paths);
        dump_value(dump, "on", route->port_name);
        dump_flag(dump, "exact", route->is_exact);
        dump->depth--;
    }
}

void
dump_workload(struct dump *dump, const struct workload *workload)
{
    dump_name(dump, "run", workload->service->name, workload->span);
    dump->depth++;
    dump_value(dump, "count", workload->count);
    dump_value(dump, "scale", workload->scale);
    dump_value(dump, "target", workload->scale_cpu);
    dump_value(dump, "memory", workload->memory);
    dump_value(dump, "cpu", workload->cpu);
    dump_value(dump, "storage", workload->storage);
    dump_value(dump, "host", workload->hosts);
    dump_routes(dump, workload);
    dump_flag(dump, "rolling", workload->is_rolling);
    dump_value(dump, "stop", workload->stop);
    dump_value(dump, "image", workload->image);
    dump_value(dump, "schedule", workload->schedule);
    dump_value(dump, "time-zone", workload->time_zone);
    dump_value(dump, "command", workload->command);
    dump_endpoints(dump, workload);
    dump_pod(dump, workload);
    dump_rules_of(dump, workload);
    dump_needs(dump, workload);
    dump->depth--;
}

/* ---- deploy ---------------------------------------------------------------
 */

static const char *
step_name(enum step_kind kind)
{
    switch (kind) {
    case STEP_SCAN:
        return "scan";
    case STEP_APPROVE:
        return "approve";
    case STEP_MIGRATE:
        return "migrate";
    case STEP_TASK:
        return "task";
    case STEP_TEST:
        return "test";
    case STEP_SHARE:
        return "share";
    case STEP_SWITCH:
        return "switch";
    case STEP_WATCH:
        return "watch";
    case STEP_KEEP:
        return "keep";
    case STEP_ROLLBACK:
        return "rollback";
    case STEP_NOTIFY:
        break;
    }
    return "notify";
}

void
dump_approval(struct dump *dump, const struct approval *approval)
{
    if (approval == NULL)
        return;
    dump_flag(dump, "optional", approval->is_optional);
    dump_value(dump, "approvals", approval->count);
    dump_value(dump, "by", approval->teams);
    dump_value(dump, "self-review", approval->self_review);
}

static void
dump_step(struct dump *dump, const struct step *step)
{
    dump_begin(dump, step_name(step->kind));
    dump_place(dump, step->span);
    dump_end(dump);
    dump->depth++;
    dump_approval(dump, step->approval);
    if (step->task != NULL)
        dump_name(dump, "runs", step->task->name, NO_SPAN);
    dump_value(dump, "name", step->name);
    dump_value(dump, "command", step->command);
    dump_value(dump, "share", step->share);
    dump_value(dump, "time", step->duration);
    for (size_t i = 0; i < step->threshold_count; i++) {
        dump_name(dump, "threshold", step->thresholds[i].metric,
                  step->thresholds[i].span);
        dump_value(dump, "bound", step->thresholds[i].comparison);
    }
    if (step->channel != NULL)
        dump_name(dump, "channel", step->channel->name, step->channel->span);
    dump_flag(dump, "on failure", step->notify_on == NOTIFY_FAILURE);
    dump_flag(dump, "on success", step->notify_on == NOTIFY_SUCCESS);
    dump->depth--;
}

void
dump_deploy(struct dump *dump, const struct deploy *deploy)
{
    static const char *const strategies[] = {[STRATEGY_ROLLING] = "rolling",
                                             [STRATEGY_BLUE_GREEN] =
                                                 "blue-green",
                                             [STRATEGY_CANARY] = "canary"};
    if (deploy == NULL)
        return;
    dump_name(dump, "deploy", str_from(strategies[deploy->strategy]),
              deploy->span);
    dump->depth++;
    dump_flag(dump, "via argo-rollouts",
              deploy->engine == ENGINE_ARGO_ROLLOUTS);
    for (size_t i = 0; i < deploy->step_count; i++)
        dump_step(dump, &deploy->steps[i]);
    dump->depth--;
}
