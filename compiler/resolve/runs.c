#include "resolve/runs.h"

#include "resolve/bind.h"
#include "resolve/lanes.h"
#include "resolve/node.h"
#include "resolve/volumes.h"
#include "resolve/workloads.h"

/* A service in an environment. */
struct run {
    const struct environment_entry *environment;
    struct service_entry *service;
    struct span span;
    struct workload *workload;
    const struct value *secrets; /* names, or NULL */
    bool has_secret_files;
};

/* Its own `run` line, or that of the environment it is like. */
static const struct node *
find_run_of(const struct environment_entry *entry, struct str service)
{
    const struct node *run = map_find(&entry->runs, service);
    if (run == NULL && entry->like != NULL)
        run = map_find(&entry->like->runs, service);
    return run;
}

static void
bind_runs(struct resolver *resolver, const struct environment_entry *entry)
{
    for (size_t i = 0; i < entry->node->child_count; i++) {
        const struct node *child = entry->node->children[i];
        if (child->word->id == WORD_RUN)
            bind_service(resolver, child->cells[0].value);
    }
}

static void
add_runs(struct resolver *resolver, const struct environment_entry *entry,
         struct vec *runs)
{
    bind_runs(resolver, entry);
    for (size_t i = 0; i < resolver->service_list.count; i++) {
        struct service_entry **service = vec_at(&resolver->service_list, i);
        const struct node *run = find_run_of(entry, (*service)->result->name);
        if (run == NULL)
            continue;
        (*service)->is_used = true;
        *(struct run *)vec_add(runs) =
            (struct run){.environment = entry,
                         .service = *service,
                         .span = run->cells[0].syntax->span};
    }
}

static void
resolve_run(struct resolver *resolver, void *things, size_t index)
{
    struct run *run = (struct run *)things + index;
    struct scope scope =
        scope_of_workload(resolver, run->environment, run->service);
    check_without(&scope);
    run->workload = resolve_workload(&scope, run->span);
    run->secrets = scope_value(&scope, WORD_SECRET);
    run->has_secret_files = scope_has(&scope, WORD_SECRET_FILE);
}

static void
bind_secrets(struct resolver *resolver, const struct value *names,
             struct workload *workload)
{
    size_t count = names == NULL ? 0 : names->item_count;
    const struct secret **secrets =
        arena_array(resolver->arena, count, sizeof *secrets);
    workload->secrets = secrets;
    for (size_t i = 0; i < count; i++) {
        if (names->items[i].kind == VALUE_TEXT)
            secrets[workload->secret_count++] =
                bind_secret(resolver, &names->items[i]);
    }
}

/* The first that names a secret declares it: so this is done in order. */
static void
bind_run_secrets(struct resolver *resolver, const struct run *run)
{
    if (run->has_secret_files) {
        struct scope scope =
            scope_of_workload(resolver, run->environment, run->service);
        resolve_secret_files(&scope, run->workload);
    }
    bind_secrets(resolver, run->secrets, run->workload);
}

static void
file_workloads(struct resolver *resolver, struct environment *environment,
               const struct vec *runs, size_t first, size_t count)
{
    const struct workload **by_service = arena_array(
        resolver->arena, resolver->service_list.count, sizeof *by_service);
    const struct workload **list =
        arena_array(resolver->arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const struct run *run = vec_at(runs, first + i);
        list[i] = run->workload;
        by_service[list[i]->service->index] = list[i];
    }
    environment->by_service = by_service;
    environment->workloads = list;
    environment->workload_count = count;
}

void
resolve_runs(struct resolver *resolver)
{
    struct vec runs;
    size_t environment_count = resolver->environment_list.count;
    size_t *first =
        arena_array(resolver->arena, environment_count + 1, sizeof *first);
    vec_init(&runs, resolver->arena, sizeof(struct run));
    for (size_t i = 0; i < environment_count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        add_runs(resolver, *entry, &runs);
        first[i + 1] = runs.count;
    }
    work_in_lanes(resolver, &(struct work){.things = runs.items,
                                           .count = runs.count,
                                           .one = resolve_run});
    for (size_t i = 0; i < runs.count; i++)
        bind_run_secrets(resolver, vec_at(&runs, i));
    for (size_t i = 0; i < environment_count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        file_workloads(resolver, (*entry)->result, &runs, first[i],
                       first[i + 1] - first[i]);
    }
}
