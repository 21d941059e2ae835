/*
 * W11 for Ingresses that somebody wrote by hand: a host and a path lead to one
 * place alone, and a host to one environment.
 */
#include "base/buf.h"
#include "base/map.h"
#include "check/raw_values.h"
#include "check/scene.h"

#define GROUP "networking.k8s.io"
#define KIND "Ingress"

/* Who answers a host, or a path of it. */
struct answer {
    const struct environment *environment;
    struct span span;
    struct str text; /* as messages call it */
};

struct answers {
    struct check *check;
    struct map hosts; /* host -> struct answer, the first */
    struct map paths; /* environment, host and path -> the same */
};

static void collect_served(struct answers *answers,
                           const struct environment *environment);
static void judge_host(struct answers *answers, const struct raw_use *use,
                       const struct environment *environment,
                       const struct raw *rule);

/* W11, with check_host_duplicate */
void
check_raw_host_duplicate(struct check *check)
{
    struct answers answers = {.check = check};
    if (check->raw->use_count == 0)
        return;
    map_init(&answers.hosts, check->arena);
    map_init(&answers.paths, check->arena);
    for (size_t i = 0; i < check->ir->environment_count; i++)
        collect_served(&answers, check->ir->environments[i]);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        const struct raw *rules = raw_find(use->spec, STR("rules"));
        for (size_t j = 0; is_raw_of(use, GROUP, KIND) &&
                           j < raw_item_count(rules) * use->environment_count;
             j++)
            judge_host(&answers, use,
                       use->environments[j % use->environment_count],
                       rules->entries[j / use->environment_count].value);
    }
}

/* ---- what is served already --------------------------------------------- */

static struct str
host_key(struct check *check, struct str host)
{
    struct buf key;
    buf_init(&key, check->arena);
    for (size_t i = 0; i < host.len; i++)
        buf_byte(&key, ascii_lower(host.at[i]));
    return buf_str(&key);
}

static struct str
path_key(struct check *check, const struct environment *environment,
         struct str host, struct str path)
{
    while (path.len > 1 && has_suffix(path, STR("/")))
        path = str_slice(path, 0, path.len - 1);
    return arena_format(check->arena, "{} {} {}",
                        STRS(environment->name, host, path));
}

/* Gives the one that was there before, or NULL. */
static const struct answer *
put_answer(struct check *check, struct map *map, struct str key,
           struct answer answer)
{
    const struct answer *first = map_find(map, key);
    if (first != NULL)
        return first;
    struct answer *kept = arena_new(check->arena, sizeof *kept);
    *kept = answer;
    map_put(map, key, kept);
    return NULL;
}

static void
collect_route(struct answers *answers, const struct workload *workload,
              const struct route *route)
{
    struct check *check = answers->check;
    for (size_t i = 0; route->hosts != NULL && i < route->hosts->item_count;
         i++) {
        const struct value *host = &route->hosts->items[i];
        if (!is_value_known(host))
            continue;
        struct answer answer = {workload->environment, host->span,
                                workload_object(check, workload)};
        struct str key = host_key(check, host->text);
        put_answer(check, &answers->hosts, key, answer);
        for (size_t j = 0; route->paths != NULL && j < route->paths->item_count;
             j++) {
            if (is_value_known(&route->paths->items[j]))
                put_answer(check, &answers->paths,
                           path_key(check, workload->environment, key,
                                    route->paths->items[j].text),
                           answer);
        }
    }
}

static void
collect_served(struct answers *answers, const struct environment *environment)
{
    struct check *check = answers->check;
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t j = 0; j < workload->route_count; j++)
            collect_route(answers, workload, &workload->routes[j]);
    }
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        if (!is_value_known(redirect->from))
            continue;
        struct answer answer = {environment, redirect->from->span,
                                environment->name};
        struct str key = host_key(check, redirect->from->text);
        put_answer(check, &answers->hosts, key, answer);
        put_answer(check, &answers->paths,
                   path_key(check, environment, key, STR("/")), answer);
    }
}

/* ---- what is served again ----------------------------------------------- */

static void
report_answer(struct check *check, const struct raw_use *use,
              const struct raw *guilty, struct str what,
              const struct answer *first)
{
    bool is_itself = first->span.start == guilty->span.start;
    struct diag *diag =
        raw_report(check, DIAG_W11, guilty->span, use, STRS(what));
    if (is_itself) {
        diag_label(diag, "each environment would serve it", NO_STRS);
        diag_help(diag, "name the file in one environment, or a host for each",
                  NO_STRS);
        return;
    }
    diag_label(diag, "`{}` serves it", STRS(use->text));
    diag_note(diag, first->span, "`{}` serves it too", STRS(first->text));
    diag_help(diag, "leave it to one of them, or name another host", NO_STRS);
}

static void
judge_path(struct answers *answers, const struct raw_use *use,
           const struct environment *environment, struct str host,
           const struct raw *path)
{
    struct check *check = answers->check;
    struct answer answer = {environment, path->span, use->text};
    const struct answer *first =
        put_answer(check, &answers->paths,
                   path_key(check, environment, host, path->text), answer);
    if (first != NULL && first->span.start != path->span.start)
        report_answer(
            check, use, path,
            arena_format(check->arena, "{}{}", STRS(host, path->text)), first);
}

static void
judge_host(struct answers *answers, const struct raw_use *use,
           const struct environment *environment, const struct raw *rule)
{
    struct check *check = answers->check;
    const struct raw *host = raw_find(rule, STR("host"));
    const struct raw *paths = raw_at(rule, "http.paths");
    if (host == NULL || is_str_empty(host->text))
        return;
    struct answer answer = {environment, host->span, use->text};
    struct str key = host_key(check, host->text);
    const struct answer *first =
        put_answer(check, &answers->hosts, key, answer);
    if (first != NULL && first->environment != environment) {
        report_answer(check, use, host, host->text, first);
        return;
    }
    for (size_t i = 0; i < raw_item_count(paths); i++) {
        const struct raw *path = raw_find(paths->entries[i].value, STR("path"));
        if (path != NULL)
            judge_path(answers, use, environment, key, path);
    }
}
