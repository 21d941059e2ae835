/*
 * Probes, of four kinds.
 */
#include "resolve/probes.h"

#include "resolve/node.h"
#include "resolve/ports.h"
#include "resolve/shared.h"

static enum probe_kind
probe_kind_of(const struct value *method)
{
    if (method != NULL && is_str_equal(method->text, STR("TCP")))
        return PROBE_TCP;
    if (method != NULL && is_str_equal(method->text, STR("GRPC")))
        return PROBE_GRPC;
    if (method != NULL && is_str_equal(method->text, STR("EXEC")))
        return PROBE_EXEC;
    return PROBE_HTTP;
}

static void
report_path(const struct scope *scope, struct scope_node at, const char *method,
            const char *takes, const char *example)
{
    struct diag *diag = diag_add(scope->resolver->sink, DIAG_L28, at.node->span,
                                 STRS(str_from(method), str_from(takes)));
    diag_help(diag, "write it like `{} {}`",
              STRS(str_from(at.node->word->name), str_from(example)));
}

/* L28, L03: GET asks for a path, EXEC for a command, the others for none. */
static void
check_path(const struct scope *scope, struct scope_node at,
           const struct probe *probe)
{
    const struct value *path = probe->path;
    switch (probe->kind) {
    case PROBE_HTTP:
        if (path == NULL)
            report_path(scope, at, "GET", "a path", "GET /health");
        else if (is_value_known(path) && !has_prefix(path->text, STR("/")))
            diag_add(scope->resolver->sink, DIAG_L03, path->span,
                     STRS(str_from(type_name(TYPE_PATH)), path->text));
        return;
    case PROBE_EXEC:
        if (path == NULL)
            report_path(scope, at, "EXEC", "a command", "EXEC \"pg_isready\"");
        return;
    case PROBE_TCP:
        if (path != NULL)
            report_path(scope, at, "TCP", "no path", "TCP");
        return;
    case PROBE_GRPC:
        if (path != NULL)
            report_path(scope, at, "GRPC", "no path", "GRPC");
        return;
    }
}

static const struct probe *
make_probe(const struct scope *scope, struct scope_node at,
           const struct port *ports, size_t port_count)
{
    struct scope inside = scope_inside(scope, at);
    struct probe *probe = arena_new(scope->resolver->arena, sizeof *probe);
    probe->kind = probe_kind_of(scope_argument(scope, at, 0));
    probe->path = scope_argument(scope, at, 1);
    probe->port = bind_port(scope, ports, port_count,
                            scope_value(&inside, WORD_PROBE_PORT));
    probe->every = scope_value(&inside, WORD_EVERY);
    probe->timeout = scope_value(&inside, WORD_TIMEOUT);
    probe->failures = scope_value(&inside, WORD_FAILURES);
    probe->start = scope_value(&inside, WORD_START);
    probe->span = at.node->span;
    if (at.node->cells[0].syntax != NULL)
        check_path(scope, at, probe);
    return probe;
}

static const struct probe *
resolve_probe(const struct scope *scope, enum word_id id,
              const struct port *ports, size_t port_count)
{
    struct scope_node at = scope_find(scope, id);
    if (at.node == NULL)
        return NULL;
    const struct probe *probe = shared_find(scope->resolver, at.node, ports);
    if (probe == NULL) {
        probe = make_probe(scope, at, ports, port_count);
        shared_add(scope->resolver, at.node, ports, probe);
    }
    return probe;
}

/* `start` of the liveness probe: a probe of its own, which asks as often and
 * gives up only when that time has passed. */
static const struct probe *
implied_startup(struct resolver *resolver, const struct probe *live)
{
    if (live == NULL || live->start == NULL)
        return NULL;
    struct probe *probe = arena_new(resolver->arena, sizeof *probe);
    *probe = *live;
    return probe;
}

static const struct endpoint *
resolve_metrics(const struct scope *scope, const struct workload *workload)
{
    struct scope_node at = scope_find(scope, WORD_METRICS);
    if (at.node == NULL)
        return NULL;
    struct endpoint *endpoint =
        arena_new(scope->resolver->arena, sizeof *endpoint);
    endpoint->path = scope_argument(scope, at, 1);
    endpoint->port = workload_port(workload);
    endpoint->span = at.node->span;
    return endpoint;
}

void
resolve_probes(const struct scope *scope, struct workload *workload)
{
    const struct port *ports = workload->ports;
    size_t count = workload->port_count;
    workload->ready = resolve_probe(scope, WORD_READY, ports, count);
    workload->live = resolve_probe(scope, WORD_LIVE, ports, count);
    workload->startup = resolve_probe(scope, WORD_STARTUP, ports, count);
    if (workload->startup == NULL)
        workload->startup = implied_startup(scope->resolver, workload->live);
    workload->metrics = resolve_metrics(scope, workload);
}

void
resolve_container_probes(const struct scope *scope, struct container *container)
{
    const struct port *ports = container->ports;
    size_t count = container->port_count;
    container->ready = resolve_probe(scope, WORD_READY, ports, count);
    container->live = resolve_probe(scope, WORD_LIVE, ports, count);
    container->startup = resolve_probe(scope, WORD_STARTUP, ports, count);
    if (container->startup == NULL)
        container->startup = implied_startup(scope->resolver, container->live);
}
