#include "resolve/routes.h"

#include "resolve/node.h"
#include "resolve/ports.h"

static struct route resolve_route(const struct scope *scope,
                                  const struct workload *workload,
                                  struct scope_node at);
static const struct value *join_hosts(struct arena *arena,
                                      const struct workload *workload);

/* The strongest layer that names a host names them all. */
void
resolve_routes(const struct scope *scope, struct workload *workload)
{
    struct arena *arena = scope->resolver->arena;
    struct scope_node at = scope_find(scope, WORD_HOST);
    struct vec routes;
    vec_init(&routes, arena, sizeof(struct route));
    for (; at.node != NULL; at.node = at.node->next_same) {
        struct route *route = vec_add(&routes);
        *route = resolve_route(scope, workload, at);
    }
    workload->routes = routes.items;
    workload->route_count = routes.count;
    workload->hosts = routes.count > 1 ? join_hosts(arena, workload)
                                       : scope_value(scope, WORD_HOST);
}

static struct route
resolve_route(const struct scope *scope, const struct workload *workload,
              struct scope_node at)
{
    struct scope inside = scope_inside(scope, at);
    const struct value *port_name = scope_value(&inside, WORD_HOST_PORT);
    return (struct route){
        .hosts = scope_argument(scope, at, 0),
        .paths = scope_value(&inside, WORD_HOST_PATH),
        .port_name = port_name,
        .port =
            bind_port(scope, workload->ports, workload->port_count, port_name),
        .is_exact = node_child(at.node, WORD_HOST_EXACT) != NULL,
        .span = at.node->span,
    };
}

/* ---- several statements, one list --------------------------------------- */

static void
add_names(struct vec *names, struct map *seen, const struct value *hosts)
{
    for (size_t i = 0; hosts != NULL && i < hosts->item_count; i++) {
        const struct value *host = &hosts->items[i];
        if (is_value_known(host) && map_find(seen, host->text) != NULL)
            continue;
        if (is_value_known(host))
            map_put(seen, host->text, host);
        struct value *name = vec_add(names);
        *name = *host;
    }
}

/* Each name once, in the order of the program; a statement whose list is not
 * known yet gives none. */
static const struct value *
join_hosts(struct arena *arena, const struct workload *workload)
{
    struct vec names;
    struct map seen;
    vec_init(&names, arena, sizeof(struct value));
    map_init(&seen, arena);
    for (size_t i = 0; i < workload->route_count; i++)
        add_names(&names, &seen, workload->routes[i].hosts);
    struct value *list = arena_new(arena, sizeof *list);
    if (workload->routes[0].hosts != NULL)
        *list = *workload->routes[0].hosts;
    list->kind = VALUE_LIST;
    list->items = names.items;
    list->item_count = (uint32_t)names.count;
    return list;
}

/* ---- of an environment -------------------------------------------------- */

/* As hosts, redirects of a stronger layer replace those of a weaker one. */
void
resolve_redirects(const struct scope *scope, struct environment *environment)
{
    struct scope_node at = scope_find(scope, WORD_REDIRECT);
    struct vec redirects;
    vec_init(&redirects, scope->resolver->arena, sizeof(struct redirect));
    for (; at.node != NULL; at.node = at.node->next_same) {
        const struct value *hosts = scope_argument(scope, at, 0);
        if (hosts == NULL || hosts->kind != VALUE_LIST)
            continue;
        struct redirect *redirect = vec_add(&redirects);
        *redirect = (struct redirect){
            .from = &hosts->items[0],
            .to = &hosts->items[1],
            .is_temporary =
                node_child(at.node, WORD_REDIRECT_TEMPORARY) != NULL,
            .span = at.node->span,
        };
    }
    environment->redirects = redirects.items;
    environment->redirect_count = redirects.count;
}

static void
add_served(struct vec *served, struct map *seen, struct served_host host)
{
    if (is_value_known(host.name)) {
        if (map_find(seen, host.name->text) != NULL)
            return;
        map_put(seen, host.name->text, host.name);
    }
    struct served_host *added = vec_add(served);
    *added = host;
}

static void
add_hosts_of(struct vec *served, struct map *seen,
             const struct workload *workload)
{
    const struct value *hosts = workload->hosts;
    for (size_t i = 0; hosts != NULL && i < hosts->item_count; i++)
        add_served(served, seen,
                   (struct served_host){&hosts->items[i], workload->environment,
                                        workload, workload->span});
}

void
resolve_served_hosts(struct arena *arena, struct environment *environment)
{
    struct vec served;
    struct map seen;
    vec_init(&served, arena, sizeof(struct served_host));
    map_init(&seen, arena);
    for (size_t i = 0; i < environment->workload_count; i++)
        add_hosts_of(&served, &seen, environment->workloads[i]);
    for (size_t i = 0; i < environment->redirect_count; i++)
        add_served(&served, &seen,
                   (struct served_host){environment->redirects[i].from,
                                        environment, NULL,
                                        environment->redirects[i].span});
    environment->hosts = served.items;
    environment->host_count = served.count;
}
