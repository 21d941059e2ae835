/*
 * Look-ups in the IR that several rooms need. No rule and no text is here.
 */
#include "ir/ir.h"

#include "ir/domain.h"

const struct step *
deploy_step_find(const struct deploy *deploy, enum step_kind kind)
{
    if (deploy == NULL)
        return NULL;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (deploy->steps[i].kind == kind)
            return &deploy->steps[i];
    }
    return NULL;
}

/* A name goes before a short one that is spelled alike. */
const struct environment *
environment_find(const struct ir *ir, struct str name)
{
    const struct environment *found = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (is_str_equal(environment->name, name))
            return environment;
        if (is_value_known(environment->short_name) &&
            is_str_equal(environment->short_name->text, name))
            found = environment;
    }
    return found;
}

const struct workload *
workload_find(const struct environment *environment,
              const struct service *service)
{
    return environment->by_service[service->index];
}

bool
is_image_pinned(const struct workload *workload)
{
    return workload->image_version != NULL || workload->image_digest != NULL;
}

bool
runs_steadily(const struct service *service)
{
    return service->kind != SERVICE_JOB && service->kind != SERVICE_TASK;
}

bool
is_network_open(const struct ir *ir)
{
    return is_value_known(ir->project->network) &&
           is_str_equal(ir->project->network->text, STR("open"));
}

const struct objective *
objective_find(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->objective_count; i++) {
        if (ir->objectives[i].environment == environment)
            return &ir->objectives[i];
    }
    return NULL;
}

const struct zone *
zone_find(const struct ir *ir, struct str host)
{
    const struct zone *best = NULL;
    for (size_t i = 0; i < ir->zone_count; i++) {
        const struct zone *zone = &ir->zones[i];
        if (is_domain_inside(host, zone->name) &&
            (best == NULL || zone->name.len > best->name.len))
            best = zone;
    }
    return best;
}

const struct environment *
host_environment_find(const struct ir *ir, struct str host)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_host(ir->environments[i], host))
            return ir->environments[i];
    }
    return NULL;
}

bool
has_host(const struct environment *environment, struct str host)
{
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *name = environment->hosts[i].name;
        if (is_value_known(name) && is_str_equal(name->text, host))
            return true;
    }
    return false;
}

const struct certificate *
certificate_find(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->certificate_count; i++) {
        if (ir->certificates[i].environment == environment)
            return &ir->certificates[i];
    }
    return NULL;
}

enum { OBJECT_NAME_MAX = 253 };

/* A host too long for more has dots of its own: a label has 63 bytes. */
struct str
redirect_name(struct arena *arena, const struct redirect *redirect)
{
    struct str host = redirect->from->text;
    struct str name = arena_format(arena, "redirect.{}", STRS(host));
    return name.len <= OBJECT_NAME_MAX ? name : host;
}

struct str
access_role_object(enum access_role role)
{
    switch (role) {
    case ACCESS_VIEW:
        return STR("access-view");
    case ACCESS_DEBUG:
        return STR("access-debug");
    case ACCESS_OPERATE:
    case ACCESS_COUNT:
        break;
    }
    return STR("access-operate");
}
