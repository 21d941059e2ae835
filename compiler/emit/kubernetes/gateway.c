#include "emit/kubernetes/gateway.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/edge.h"
#include "ir/quantity.h"

#define GATEWAY_API "gateway.networking.k8s.io/v1"
#define LISTENER_HTTP "http"

enum { PORT_HTTP = 80, PORT_HTTPS = 443, PERMANENT = 301, TEMPORARY = 302 };

static struct str listener_name(struct arena *arena, struct str host);

/* ---- the Gateway -------------------------------------------------------- */

/* Routes of the environment's own namespace alone. */
static void
emit_allowed_routes(struct yaml *yaml)
{
    yaml_map(yaml, "allowedRoutes");
    yaml_map(yaml, "namespaces");
    yaml_word(yaml, "from", "Same");
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_http_listener(struct yaml *yaml)
{
    yaml_item(yaml);
    yaml_word(yaml, "name", LISTENER_HTTP);
    yaml_number(yaml, "port", PORT_HTTP);
    yaml_word(yaml, "protocol", "HTTP");
    emit_allowed_routes(yaml);
    yaml_end(yaml);
}

static void
emit_https_listener(struct yaml *yaml, const struct instance *instance,
                    struct str host)
{
    struct arena *arena = instance->plan->arena;
    yaml_item(yaml);
    yaml_text(yaml, "name", listener_name(arena, host));
    yaml_text(yaml, "hostname", host);
    yaml_number(yaml, "port", PORT_HTTPS);
    yaml_word(yaml, "protocol", "HTTPS");
    yaml_map(yaml, "tls");
    yaml_word(yaml, "mode", "Terminate");
    yaml_list(yaml, "certificateRefs");
    yaml_item(yaml);
    yaml_word(yaml, "kind", "Secret");
    yaml_text(yaml, "name", name_certificate_secret(arena, instance->plan->ir));
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    emit_allowed_routes(yaml);
    yaml_end(yaml);
}

void
emit_gateway(struct yaml *yaml, const struct instance *instance)
{
    const struct environment *environment = instance->environment;
    const struct ir *ir = instance->plan->ir;
    object_start(yaml, instance, GATEWAY_API, "Gateway", ir->project->name);
    yaml_map(yaml, "spec");
    emit_value(yaml, "gatewayClassName", environment->ingress->class_name);
    yaml_list(yaml, "listeners");
    emit_http_listener(yaml);
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *host = environment->hosts[i].name;
        if (!is_value_known(host))
            emit_waiting(yaml, STR("a host"), host);
        else if (certificate_find(ir, environment) != NULL)
            emit_https_listener(yaml, instance, host->text);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

/* The host itself: a listener's name is a DNS name (GEP-1713). One label alone
 * might be called as the other listener is. */
static struct str
listener_name(struct arena *arena, struct str host)
{
    return has_byte(host, '.') ? host
                               : arena_format(arena, "https-{}", STRS(host));
}

/* ---- routes ------------------------------------------------------------- */

void
emit_parent(struct yaml *yaml, const struct ir *ir,
            const struct environment *environment, struct str listener)
{
    const struct ingress *edge = environment->ingress;
    yaml_item(yaml);
    if (edge->gateway != NULL) {
        emit_value(yaml, "name", edge->gateway);
        emit_value(yaml, "namespace", edge->gateway_namespace);
        if (edge->listener != NULL)
            emit_value(yaml, "sectionName", edge->listener);
    } else {
        yaml_text(yaml, "name", ir->project->name);
        yaml_text(yaml, "sectionName", listener);
    }
    yaml_end(yaml);
}

/* The listeners of these hosts; of a Gateway elsewhere there is one entry. */
static void
emit_parents(struct yaml *yaml, const struct instance *instance,
             const struct value *const *hosts, size_t count)
{
    const struct environment *environment = instance->environment;
    const struct ir *ir = instance->plan->ir;
    bool is_own = has_own_gateway(environment);
    bool has_https = is_own && certificate_find(ir, environment) != NULL;
    yaml_list(yaml, "parentRefs");
    if (!has_https || serves_http(environment))
        emit_parent(yaml, ir, environment, STR(LISTENER_HTTP));
    for (size_t i = 0; has_https && i < count; i++)
        emit_parent(yaml, ir, environment,
                    listener_name(instance->plan->arena, hosts[i]->text));
    yaml_end(yaml);
}

static void
emit_hostnames(struct yaml *yaml, const struct value *const *hosts,
               size_t count)
{
    yaml_list(yaml, "hostnames");
    for (size_t i = 0; i < count; i++)
        yaml_item_text(yaml, hosts[i]->text);
    yaml_end(yaml);
}

static void
emit_matches(struct yaml *yaml, const struct route *route)
{
    yaml_list(yaml, "matches");
    for (size_t i = 0; i < route->paths->item_count; i++) {
        const struct value *path = &route->paths->items[i];
        if (!is_value_known(path)) {
            emit_waiting(yaml, STR("a path"), path);
            continue;
        }
        yaml_item(yaml);
        yaml_map(yaml, "path");
        yaml_word(yaml, "type", route->is_exact ? "Exact" : "PathPrefix");
        yaml_text(yaml, "value", path->text);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* RFC 6797 6.1. */
static void
emit_hsts(struct yaml *yaml, const struct value *hsts)
{
    struct arena *arena = yaml->arena;
    if (!is_value_known(hsts)) {
        emit_waiting(yaml, STR("hsts"), hsts);
        return;
    }
    int64_t seconds = duration_seconds(hsts->number);
    yaml_list(yaml, "filters");
    yaml_item(yaml);
    yaml_word(yaml, "type", "ResponseHeaderModifier");
    yaml_map(yaml, "responseHeaderModifier");
    yaml_list(yaml, "set");
    yaml_item(yaml);
    yaml_word(yaml, "name", "Strict-Transport-Security");
    yaml_text(
        yaml, "value",
        arena_format(arena, "max-age={}", STRS(arena_number(arena, seconds))));
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_backend(struct yaml *yaml, const struct workload *workload,
             const struct port *port)
{
    const struct value *number = port->as != NULL ? port->as : port->number;
    if (!is_value_known(number)) {
        emit_waiting(yaml, port->name, number);
        return;
    }
    yaml_list(yaml, "backendRefs");
    yaml_item(yaml);
    yaml_text(yaml, "name", workload->service->name);
    yaml_number_from(yaml, "port", number->number, number->text);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_rule(struct yaml *yaml, const struct instance *instance,
          const struct route *route)
{
    const struct ingress *edge = instance->environment->ingress;
    if (!is_value_known(route->paths) && route->paths->item_count == 0) {
        emit_waiting(yaml, STR("a path"), route->paths);
        return;
    }
    yaml_item(yaml);
    emit_matches(yaml, route);
    if (edge->hsts != NULL)
        emit_hsts(yaml, edge->hsts);
    emit_backend(yaml, instance->workload, route->port);
    yaml_end(yaml);
}

static void
emit_route(struct yaml *yaml, const struct instance *instance,
           const struct route_group *group, struct str name)
{
    struct instance own = *instance;
    own.extra = instance->workload->edge_annotations;
    own.extra_count = instance->workload->edge_annotation_count;
    object_start(yaml, &own, GATEWAY_API, "HTTPRoute", name);
    yaml_map(yaml, "spec");
    emit_parents(yaml, instance, group->hosts, group->host_count);
    emit_hostnames(yaml, group->hosts, group->host_count);
    yaml_list(yaml, "rules");
    for (size_t i = 0; i < group->route_count; i++)
        emit_rule(yaml, instance, group->routes[i]);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_routes(struct yaml *yaml, const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    struct route_groups groups = route_groups_of(arena, instance->workload);
    for (size_t i = 0; i < groups.count; i++) {
        if (i > 0)
            yaml_document(yaml);
        emit_route(yaml, instance, &groups.at[i],
                   route_group_name(arena, instance->workload, i));
    }
}

/* ---- redirects ---------------------------------------------------------- */

/* `host` is empty where it stays as it is. */
static void
emit_redirect_rule(struct yaml *yaml, struct str host, bool has_scheme,
                   int64_t code)
{
    yaml_list(yaml, "rules");
    yaml_item(yaml);
    yaml_list(yaml, "filters");
    yaml_item(yaml);
    yaml_word(yaml, "type", "RequestRedirect");
    yaml_map(yaml, "requestRedirect");
    if (has_scheme)
        yaml_word(yaml, "scheme", "https");
    if (!is_str_empty(host))
        yaml_text(yaml, "hostname", host);
    yaml_number(yaml, "statusCode", code);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Without hostnames, so that all that names one goes before it. */
static void
emit_https_redirect(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, GATEWAY_API, "HTTPRoute",
                 STR("https.redirect"));
    yaml_map(yaml, "spec");
    yaml_list(yaml, "parentRefs");
    emit_parent(yaml, instance->plan->ir, instance->environment,
                STR(LISTENER_HTTP));
    yaml_end(yaml);
    emit_redirect_rule(yaml, STR(""), true, PERMANENT);
    yaml_end(yaml);
}

/* It takes plain HTTP, too: one step instead of two. */
static void
emit_host_redirect(struct yaml *yaml, const struct instance *instance,
                   const struct redirect *redirect)
{
    const struct environment *environment = instance->environment;
    const struct ir *ir = instance->plan->ir;
    struct arena *arena = instance->plan->arena;
    object_start(yaml, instance, GATEWAY_API, "HTTPRoute",
                 redirect_name(arena, redirect));
    yaml_map(yaml, "spec");
    yaml_list(yaml, "parentRefs");
    emit_parent(yaml, ir, environment, STR(LISTENER_HTTP));
    if (has_own_gateway(environment) &&
        certificate_find(ir, environment) != NULL)
        emit_parent(yaml, ir, environment,
                    listener_name(arena, redirect->from->text));
    yaml_end(yaml);
    emit_hostnames(yaml, &redirect->from, 1);
    emit_redirect_rule(yaml, redirect->to->text, is_https(ir, environment),
                       redirect->is_temporary ? TEMPORARY : PERMANENT);
    yaml_end(yaml);
}

void
emit_redirect_routes(struct yaml *yaml, const struct instance *instance)
{
    const struct environment *environment = instance->environment;
    bool is_first = true;
    if (redirects_http(instance->plan->ir, environment)) {
        emit_https_redirect(yaml, instance);
        is_first = false;
    }
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        if (!is_value_known(redirect->from) || !is_value_known(redirect->to))
            continue;
        if (!is_first)
            yaml_document(yaml);
        is_first = false;
        emit_host_redirect(yaml, instance, redirect);
    }
}
