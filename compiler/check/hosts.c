/*
 * W11: a host and a path lead to one place alone.
 */
#include "base/map.h"
#include "check/check.h"
#include "check/places.h"

/* Who answers a host, or a path of it. */
struct serving {
    const struct environment *environment;
    const struct workload *workload; /* NULL: a redirect */
    struct span span;
};

struct serving_maps {
    struct check *check;
    struct map hosts;  /* host -> who serves it first */
    struct map paths;  /* host and path -> the same, in one environment */
    struct map abroad; /* host -> the environment that was told of it last */
};

static void judge_environment(struct serving_maps *maps,
                              const struct environment *environment);
static void judge_route(struct serving_maps *maps,
                        const struct workload *workload,
                        const struct route *route);
static void judge_redirect(struct serving_maps *maps,
                           const struct environment *environment,
                           const struct redirect *redirect);
static void judge_host(struct serving_maps *maps, struct str host,
                       struct serving serving);
static void judge_path(struct serving_maps *maps, struct str host,
                       const struct value *path, bool is_exact,
                       struct serving serving);

void
check_host_duplicate(struct check *check)
{
    struct serving_maps maps = {.check = check};
    map_init(&maps.hosts, check->arena);
    map_init(&maps.abroad, check->arena);
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_environment(&maps, check->ir->environments[i]);
}

static void
judge_environment(struct serving_maps *maps,
                  const struct environment *environment)
{
    map_init(&maps->paths, maps->check->arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t k = 0; k < workload->route_count; k++)
            judge_route(maps, workload, &workload->routes[k]);
    }
    for (size_t i = 0; i < environment->redirect_count; i++)
        judge_redirect(maps, environment, &environment->redirects[i]);
}

static void
judge_route(struct serving_maps *maps, const struct workload *workload,
            const struct route *route)
{
    for (size_t i = 0; route->hosts != NULL && i < route->hosts->item_count;
         i++) {
        const struct value *host = &route->hosts->items[i];
        struct serving serving = {workload->environment, workload, host->span};
        if (!is_value_known(host))
            continue;
        judge_host(maps, host->text, serving);
        for (size_t k = 0; route->paths != NULL && k < route->paths->item_count;
             k++)
            judge_path(maps, host->text, &route->paths->items[k],
                       route->is_exact, serving);
    }
}

/* It stands for all that is below the host. */
static void
judge_redirect(struct serving_maps *maps, const struct environment *environment,
               const struct redirect *redirect)
{
    static const struct value all = {
        .kind = VALUE_TEXT, .type = TYPE_PATH, .text = STR_INIT("/")};
    if (!is_value_known(redirect->from))
        return;
    struct serving serving = {environment, NULL, redirect->from->span};
    judge_host(maps, redirect->from->text, serving);
    judge_path(maps, redirect->from->text, &all, false, serving);
}

static struct str
serving_object(struct check *check, const struct serving *serving)
{
    return serving->workload != NULL ? workload_object(check, serving->workload)
                                     : serving->environment->name;
}

static void
report_duplicate(struct check *check, struct str what,
                 const struct serving *serving, const struct serving *first)
{
    const char *verbs[] = {"`{}` redirects it", "`{}` serves it",
                           "`{}` redirects it too", "`{}` serves it too"};
    struct str object = serving_object(check, serving);
    struct diag *diag =
        diag_add(check->sink, DIAG_W11, serving->span, STRS(what));
    diag_label(diag, verbs[serving->workload != NULL], STRS(object));
    diag_note(diag,
              place_apart(first->span, serving->span,
                          first->workload != NULL ? first->workload->span
                                                  : first->environment->span),
              verbs[2 + (first->workload != NULL)],
              STRS(serving_object(check, first)));
    if (serving->environment == first->environment)
        diag_help(diag, "leave it to one of them, name another host, or give \
each its own `path`",
                  NO_STRS);
    else
        diag_help(diag, "leave it to one of them, or name another host",
                  NO_STRS);
    diag_about(diag, object);
}

static const struct serving *
keep_serving(struct check *check, struct map *map, struct str key,
             struct serving serving)
{
    const struct serving *first = map_find(map, key);
    if (first != NULL)
        return first;
    struct serving *kept = arena_new(check->arena, sizeof *kept);
    *kept = serving;
    map_put(map, key, kept);
    return NULL;
}

/* Whichever cluster: a host's name leads to one address. Said once for each
 * environment. */
static void
judge_host(struct serving_maps *maps, struct str host, struct serving serving)
{
    const struct serving *first =
        keep_serving(maps->check, &maps->hosts, host, serving);
    if (first == NULL || first->environment == serving.environment ||
        map_find(&maps->abroad, host) == serving.environment)
        return;
    map_put(&maps->abroad, host, serving.environment);
    report_duplicate(maps->check, host, &serving, first);
}

/* `/api/` and `/api` are one prefix. */
static struct str
path_key(struct str path, bool is_exact)
{
    while (!is_exact && path.len > 1 && has_suffix(path, STR("/")))
        path = str_slice(path, 0, path.len - 1);
    return path;
}

static void
judge_path(struct serving_maps *maps, struct str host, const struct value *path,
           bool is_exact, struct serving serving)
{
    struct arena *arena = maps->check->arena;
    if (!is_value_known(path))
        return;
    struct str plain = path_key(path->text, is_exact);
    bool is_all = is_str_equal(plain, STR("/"));
    struct str key = arena_format(
        arena, "{} {}{}", STRS(host, is_exact ? STR("=") : STR(""), plain));
    if (!is_all)
        serving.span = path->span;
    const struct serving *first =
        keep_serving(maps->check, &maps->paths, key, serving);
    if (first == NULL)
        return;
    struct str what =
        is_all ? host : arena_format(arena, "{}{}", STRS(host, path->text));
    report_duplicate(maps->check, what, &serving, first);
}
