/*
 * Ingresses: one a workload with hosts, one a host that redirects.
 */
#include "emit/kubernetes/network.h"

#include "base/map.h"
#include "base/vec.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/controller.h"
#include "ir/edge.h"

#define NGINX "nginx.ingress.kubernetes.io/"

static bool is_nginx(const struct environment *environment);
static void add_edge_annotations(struct instance *instance);
static void emit_class(struct yaml *yaml, const struct instance *instance);
static void emit_tls(struct yaml *yaml, const struct instance *instance,
                     const struct value *hosts, size_t count);
static struct map routes_by_host(struct arena *arena,
                                 const struct workload *workload);
static void emit_rule(struct yaml *yaml, const struct workload *workload,
                      struct str host, const struct vec *routes);
static void emit_path(struct yaml *yaml, const struct workload *workload,
                      const struct route *route, const struct value *path);
static void emit_backend(struct yaml *yaml, const struct workload *workload,
                         const struct port *port);

void
emit_ingress(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct value *hosts = workload->hosts;
    struct map routes = routes_by_host(instance->plan->arena, workload);
    struct instance own = *instance;
    add_edge_annotations(&own);
    object_start(yaml, &own, "networking.k8s.io/v1", "Ingress",
                 workload->service->name);
    yaml_map(yaml, "spec");
    emit_class(yaml, instance);
    emit_tls(yaml, instance, hosts->items, hosts->item_count);
    yaml_list(yaml, "rules");
    for (size_t i = 0; i < hosts->item_count; i++) {
        const struct value *host = &hosts->items[i];
        if (is_value_known(host))
            emit_rule(yaml, workload, host->text,
                      map_find(&routes, host->text));
        else
            emit_waiting(yaml, STR("a host"), host);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

static bool
is_nginx(const struct environment *environment)
{
    const struct ingress *edge = environment->ingress;
    const struct controller *controller =
        edge != NULL && is_value_known(edge->class_name)
            ? controller_find(edge->class_name->text)
            : NULL;
    return controller != NULL && controller->family == CONTROLLER_NGINX;
}

/* ingress-nginx redirects by itself where there is TLS. */
static void
add_edge_annotations(struct instance *instance)
{
    static const struct value is_false = {
        .kind = VALUE_TEXT, .type = TYPE_TEXT, .text = STR_INIT("false")};
    const struct workload *workload = instance->workload;
    struct pair *pairs =
        arena_array(instance->plan->arena, workload->edge_annotation_count + 1,
                    sizeof *pairs);
    for (size_t i = 0; i < workload->edge_annotation_count; i++)
        pairs[i] = workload->edge_annotations[i];
    instance->extra = pairs;
    instance->extra_count = workload->edge_annotation_count;
    if (is_nginx(instance->environment) && serves_http(instance->environment))
        pairs[instance->extra_count++] =
            (struct pair){STR(NGINX "ssl-redirect"), &is_false, {0, 0}};
}

static void
emit_class(struct yaml *yaml, const struct instance *instance)
{
    const struct ingress *ingress = instance->environment->ingress;
    if (ingress != NULL)
        emit_value(yaml, "ingressClassName", ingress->class_name);
}

static void
emit_tls(struct yaml *yaml, const struct instance *instance,
         const struct value *hosts, size_t count)
{
    const struct ir *ir = instance->plan->ir;
    if (certificate_find(ir, instance->environment) == NULL)
        return;
    yaml_list(yaml, "tls");
    yaml_item(yaml);
    yaml_text(yaml, "secretName",
              name_certificate_secret(instance->plan->arena, ir));
    yaml_list(yaml, "hosts");
    for (size_t i = 0; i < count; i++) {
        if (is_value_known(&hosts[i]))
            yaml_item_text(yaml, hosts[i].text);
        else
            emit_waiting(yaml, STR("a host"), &hosts[i]);
    }
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- rules -------------------------------------------------------------- */

/* Host -> struct vec of const struct route *. */
static struct map
routes_by_host(struct arena *arena, const struct workload *workload)
{
    struct map map;
    map_init(&map, arena);
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct value *hosts = workload->routes[i].hosts;
        for (size_t k = 0; k < hosts->item_count; k++) {
            struct vec *list = map_find(&map, hosts->items[k].text);
            if (list == NULL) {
                list = arena_new(arena, sizeof *list);
                vec_init(list, arena, sizeof(const struct route *));
                map_put(&map, hosts->items[k].text, list);
            }
            vec_add_pointer(list, &workload->routes[i]);
        }
    }
    return map;
}

static void
emit_rule(struct yaml *yaml, const struct workload *workload, struct str host,
          const struct vec *routes)
{
    yaml_item(yaml);
    yaml_text(yaml, "host", host);
    yaml_map(yaml, "http");
    yaml_list(yaml, "paths");
    for (size_t i = 0; i < routes->count; i++) {
        const struct route *const *route = vec_at(routes, i);
        const struct value *paths = (*route)->paths;
        if (paths->kind != VALUE_LIST)
            emit_waiting(yaml, STR("a path"), paths);
        for (size_t k = 0; k < paths->item_count; k++)
            emit_path(yaml, workload, *route, &paths->items[k]);
    }
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_path(struct yaml *yaml, const struct workload *workload,
          const struct route *route, const struct value *path)
{
    if (!is_value_known(path)) {
        emit_waiting(yaml, STR("a path"), path);
        return;
    }
    yaml_item(yaml);
    yaml_text(yaml, "path", path->text);
    yaml_word(yaml, "pathType", route->is_exact ? "Exact" : "Prefix");
    emit_backend(yaml, workload, route->port);
    yaml_end(yaml);
}

static void
emit_backend(struct yaml *yaml, const struct workload *workload,
             const struct port *port)
{
    yaml_map(yaml, "backend");
    yaml_map(yaml, "service");
    yaml_text(yaml, "name", workload->service->name);
    yaml_map(yaml, "port");
    yaml_text(yaml, "name", port->name);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- redirects ---------------------------------------------------------- */

/* Who stands behind a redirect, which the controller answers itself: whoever
 * serves its target, so that nothing leads nowhere. */
static const struct workload *
backend_find(const struct environment *environment, struct str target)
{
    const struct workload *found = NULL;
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct served_host *host = &environment->hosts[i];
        if (host->workload == NULL || !is_value_known(host->name) ||
            host->workload->port_count == 0)
            continue;
        if (is_str_equal(host->name->text, target))
            return host->workload;
        found = found == NULL ? host->workload : found;
    }
    return found;
}

/* The annotations of ingress-nginx; `$request_uri` is its own variable. */
static void
emit_redirect_annotations(struct yaml *yaml, const struct redirect *redirect,
                          bool has_tls)
{
    struct str target = arena_format(
        yaml->arena, "{}://{}$request_uri",
        STRS(has_tls ? STR("https") : STR("http"), redirect->to->text));
    yaml_map(yaml, "annotations");
    yaml_text(yaml,
              redirect->is_temporary ? NGINX "temporal-redirect"
                                     : NGINX "permanent-redirect",
              target);
    yaml_end(yaml);
}

static void
emit_redirect(struct yaml *yaml, const struct instance *instance,
              const struct redirect *redirect)
{
    const struct workload *backend =
        backend_find(instance->environment, redirect->to->text);
    bool has_tls = is_https(instance->plan->ir, instance->environment);
    object_open(yaml, instance, APPLIER_PIPELINE, "networking.k8s.io/v1",
                "Ingress", redirect_name(instance->plan->arena, redirect));
    emit_redirect_annotations(yaml, redirect, has_tls);
    yaml_end(yaml);
    yaml_map(yaml, "spec");
    emit_class(yaml, instance);
    emit_tls(yaml, instance, redirect->from, 1);
    yaml_list(yaml, "rules");
    yaml_item(yaml);
    yaml_text(yaml, "host", redirect->from->text);
    if (backend != NULL) {
        yaml_map(yaml, "http");
        yaml_list(yaml, "paths");
        yaml_item(yaml);
        yaml_text(yaml, "path", STR("/"));
        yaml_word(yaml, "pathType", "Prefix");
        emit_backend(yaml, backend, &backend->ports[0]);
        yaml_end(yaml);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_redirects(struct yaml *yaml, const struct instance *instance)
{
    const struct environment *environment = instance->environment;
    bool is_first = true;
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        if (!is_value_known(redirect->from) || !is_value_known(redirect->to))
            continue;
        if (!is_first)
            yaml_document(yaml);
        is_first = false;
        emit_redirect(yaml, instance, redirect);
    }
}
