#include "ir/edge.h"

#include "base/map.h"
#include "base/vec.h"

bool
has_gateway(const struct environment *environment)
{
    return environment->ingress != NULL && environment->ingress->is_gateway;
}

bool
has_own_gateway(const struct environment *environment)
{
    return has_gateway(environment) && environment->ingress->gateway == NULL;
}

static bool
is_word(const struct value *value, const char *word)
{
    return is_value_known(value) && is_str_equal(value->text, str_from(word));
}

bool
serves_http(const struct environment *environment)
{
    return environment->ingress != NULL &&
           is_word(environment->ingress->http, "serve");
}

bool
is_tls_elsewhere(const struct environment *environment)
{
    const struct ingress *edge = environment->ingress;
    return edge != NULL &&
           (edge->gateway != NULL || is_word(edge->tls, "elsewhere"));
}

bool
is_https(const struct ir *ir, const struct environment *environment)
{
    return is_tls_elsewhere(environment) ||
           certificate_find(ir, environment) != NULL;
}

bool
redirects_http(const struct ir *ir, const struct environment *environment)
{
    return has_own_gateway(environment) && !serves_http(environment) &&
           certificate_find(ir, environment) != NULL;
}

/* ---- hosts that are routed alike ---------------------------------------- */

/* A group while it grows. */
struct growing {
    struct vec hosts;  /* of const struct value * */
    struct vec routes; /* of const struct route * */
};

/* Host -> struct vec of its routes. */
static struct map
routes_by_host(struct arena *arena, const struct workload *workload)
{
    struct map map;
    map_init(&map, arena);
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct value *hosts = workload->routes[i].hosts;
        for (size_t k = 0; hosts != NULL && k < hosts->item_count; k++) {
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

/* The places of the routes: equal keys, equal routes. */
static struct str
routes_key(struct arena *arena, const struct workload *workload,
           const struct vec *routes)
{
    struct buf key;
    buf_init(&key, arena);
    for (size_t i = 0; i < routes->count; i++) {
        const struct route *const *route = vec_at(routes, i);
        buf_number(&key, *route - workload->routes);
        buf_byte(&key, ' ');
    }
    return buf_str(&key);
}

static struct growing *
group_for(struct vec *list, struct map *open, struct arena *arena,
          struct str key, const struct vec *routes)
{
    struct growing *group = map_find(open, key);
    if (group != NULL && group->hosts.count < ROUTE_HOSTS_MAX)
        return group;
    group = arena_new(arena, sizeof *group);
    vec_init(&group->hosts, arena, sizeof(const struct value *));
    group->routes = *routes;
    vec_add_pointer(list, group);
    map_put(open, key, group);
    return group;
}

struct route_groups
route_groups_of(struct arena *arena, const struct workload *workload)
{
    struct map by_host = routes_by_host(arena, workload);
    const struct value *hosts = workload->hosts;
    struct map open;
    struct vec list;
    map_init(&open, arena);
    vec_init(&list, arena, sizeof(struct growing *));
    for (size_t i = 0; hosts != NULL && i < hosts->item_count; i++) {
        const struct value *host = &hosts->items[i];
        if (!is_value_known(host))
            continue;
        const struct vec *routes = map_find(&by_host, host->text);
        struct str key = routes_key(arena, workload, routes);
        vec_add_pointer(&group_for(&list, &open, arena, key, routes)->hosts,
                        host);
    }
    struct route_group *groups = arena_array(arena, list.count, sizeof *groups);
    for (size_t i = 0; i < list.count; i++) {
        struct growing **group = vec_at(&list, i);
        groups[i] = (struct route_group){
            (*group)->hosts.items, (*group)->hosts.count,
            (*group)->routes.items, (*group)->routes.count};
    }
    return (struct route_groups){groups, list.count};
}

struct str
route_group_name(struct arena *arena, const struct workload *workload,
                 size_t index)
{
    struct str service = workload->service->name;
    if (index == 0)
        return service;
    return arena_format(arena, "{}.{}",
                        STRS(service, arena_number(arena, (int64_t)index + 1)));
}
