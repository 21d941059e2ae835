/*
 * W04: ways that something is set up to take, and that no network policy
 * opens. Between services `calls` opens them, and W16 asks for it; here at
 * least one end is of a manifest.
 */
#include "base/map.h"
#include "check/raw_values.h"
#include "check/references.h"
#include "check/scene.h"
#include "check/ways.h"

#include <assert.h>

/* A text that leads somewhere, and whoever follows it. */
struct road {
    const struct scene *scene;
    const struct scene_pods *from;
    struct span span;
    struct str object; /* what `allow` names */
    struct str text;
    bool is_host; /* the whole text is one */
};

static scene_pods_judge judge_variables, judge_names;
static scene_judge judge_ingress;
static void judge_settings(struct check *check, const struct scene *scene);

/* W04 */
void
check_blocked_ways(struct check *check)
{
    each_scene_pods(check, judge_variables);
    each_scene_pods(check, judge_names);
    each_scene_of(check, "networking.k8s.io", "Ingress", judge_ingress);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        if (check->scenes[i] != NULL)
            judge_settings(check, check->scenes[i]);
    }
}

/* ---- where a Service leads ---------------------------------------------- */

/* The container's number for a port of a raw Service; -1 when a name stands
 * there. */
static int64_t
target_number(const struct raw *port)
{
    const struct raw *target = raw_find(port, STR("targetPort"));
    int64_t number;
    if (target == NULL)
        target = raw_find(port, STR("port"));
    return raw_to_number(target, &number) ? number : -1;
}

static int64_t
only_port_of(const struct workload *workload)
{
    const struct value *number = workload->ports[0].number;
    return workload->port_count == 1 && is_value_known(number) ? number->number
                                                               : -1;
}

/* The only port's; -1 where there are several, for any of them may be meant. */
static int64_t
only_port(const struct scene_service *service)
{
    if (service->raw == NULL)
        return only_port_of(service->workload);
    const struct raw *ports = raw_find(service->raw->spec, STR("ports"));
    if (raw_item_count(ports) != 1)
        return -1;
    return target_number(ports->entries[0].value);
}

static const struct scene_service *
service_of(const struct scene *scene, const struct reference *reference,
           bool is_host)
{
    const struct value *own = scene->environment->namespace_name;
    struct cluster_name name;
    if (!cluster_name_read(reference->host, &name))
        return NULL;
    bool is_here = is_str_empty(name.namespace_name)
                       ? reference->has_scheme || reference->has_port || is_host
                       : is_value_known(own) &&
                             is_str_equal(own->text, name.namespace_name);
    return is_here ? map_find(&scene->services, name.service) : NULL;
}

/* ---- what a text leads to ----------------------------------------------- */

static void
report_road(struct check *check, const struct road *road,
            const struct scene_pods *to, enum way way)
{
    struct diag *diag = diag_add(check->sink, DIAG_W04, road->span,
                                 STRS(road->from->text, to->text));
    if (way == WAY_NOT_OUT)
        diag_label(diag, "no policy lets `{}` out there",
                   STRS(road->from->text));
    else
        diag_label(diag, "no policy lets it in", NO_STRS);
    diag_note(diag, to->span, "`{}` stands here", STRS(to->text));
    if (to->workload != NULL)
        diag_help(
            diag,
            "write a NetworkPolicy that lets `{}` in, or take it over as a service that `calls {}`",
            STRS(road->from->text, to->workload->service->name));
    else
        diag_help(diag,
                  "write NetworkPolicies that let one out and the other in",
                  NO_STRS);
    diag_about(diag, road->object);
}

/* One text may name several; the first that is blocked is told. */
static bool
judge_road(struct check *check, const struct road *road)
{
    struct str rest = road->text;
    struct reference reference;
    while (reference_next(check->arena, &rest, &reference)) {
        const struct scene_service *service =
            service_of(road->scene, &reference, road->is_host);
        const struct scene_pods *to =
            service == NULL ? NULL : service_pods(road->scene, service);
        if (to == NULL || to == road->from ||
            (to->workload != NULL && road->from->workload != NULL))
            continue;
        enum way way =
            way_between(road->scene, road->from, to, only_port(service));
        if (way == WAY_OPEN)
            continue;
        report_road(check, road, to, way);
        return true;
    }
    return false;
}

/* ---- variables of raw containers, settings of services ------------------ */

static bool
judge_variables(struct check *check, const struct scene *scene,
                const struct scene_pods *pods)
{
    bool is_reported = false;
    for (size_t i = 0; i < pods->raw->container_count; i++) {
        const struct raw *variables =
            raw_find(raw_container_at(check, pods->raw, i)->raw, STR("env"));
        for (size_t j = 0; j < raw_item_count(variables); j++) {
            const struct raw *value =
                raw_find(variables->entries[j].value, STR("value"));
            struct road road = {.scene = scene, .from = pods};
            if (value == NULL || value->kind != RAW_TEXT)
                continue;
            road.span = value->span;
            road.object = pods->text;
            road.text = value->text;
            is_reported |= judge_road(check, &road);
        }
    }
    return is_reported;
}

static const struct scene_pods *
pods_of(const struct scene *scene, const struct workload *workload)
{
    for (size_t i = 0; i < scene->pods.count; i++) {
        const struct scene_pods *pods =
            *(struct scene_pods **)vec_at(&scene->pods, i);
        if (pods->workload == workload && !pods->is_migration)
            return pods;
    }
    return NULL;
}

static void
judge_settings(struct check *check, const struct scene *scene)
{
    const struct environment *environment = scene->environment;
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        const struct scene_pods *from = pods_of(scene, workload);
        assert(from != NULL); /* a scene holds the pods of each workload */
        for (size_t j = 0; j < workload->config_count; j++) {
            const struct value *value = workload->config[j]->value;
            if (!is_value_known(value) || value->kind != VALUE_TEXT)
                continue;
            struct road road = {
                .scene = scene,
                .from = from,
                .span = value->span,
                .object = workload_object(check, workload),
                .text = value->text,
                .is_host = workload->config[j]->key->type == TYPE_HOST,
            };
            judge_road(check, &road);
        }
    }
}

/* ---- names, and the world ----------------------------------------------- */

static bool
judge_names(struct check *check, const struct scene *scene,
            const struct scene_pods *pods)
{
    if (is_open_to_dns(scene, pods))
        return false;
    struct diag *diag =
        raw_report(check, DIAG_W04, pods->span, pods->raw->use,
                   STRS(pods->text, STR("kube-system/kube-dns")));
    diag_label(diag, "no policy lets it ask for names", NO_STRS);
    diag_help(diag, "open port 53, UDP and TCP, to `kube-system`", NO_STRS);
    return true;
}

static bool
judge_backend(struct check *check, const struct raw_use *use,
              const struct scene *scene, const struct raw *name)
{
    const struct scene_service *service =
        name == NULL ? NULL : map_find(&scene->services, name->text);
    const struct scene_pods *to =
        service == NULL ? NULL : service_pods(scene, service);
    if (to == NULL || is_open_to_ingress(scene, to, only_port(service)))
        return false;
    struct diag *diag =
        raw_report(check, DIAG_W04, name->span, use, STRS(use->text, to->text));
    diag_label(diag, "no policy lets the ingress controller in", NO_STRS);
    diag_note(diag, to->span, "`{}` stands here", STRS(to->text));
    if (to->workload != NULL)
        diag_help(diag, "write `host` in `{}` instead: that opens the way",
                  STRS(to->workload->service->name));
    else
        diag_help(
            diag,
            "write a NetworkPolicy that lets the controller's namespace in",
            NO_STRS);
    return true;
}

static bool
judge_ingress(struct check *check, const struct raw_use *use,
              const struct scene *scene)
{
    const struct raw *rules = raw_find(use->spec, STR("rules"));
    bool is_reported = judge_backend(
        check, use, scene, raw_at(use->spec, "defaultBackend.service.name"));
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        const struct raw *paths = raw_at(rules->entries[i].value, "http.paths");
        for (size_t j = 0; j < raw_item_count(paths); j++)
            is_reported |= judge_backend(
                check, use, scene,
                raw_at(paths->entries[j].value, "backend.service.name"));
    }
    return is_reported;
}
