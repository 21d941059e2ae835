/*
 * Families A and W: the probes and hooks of containers that somebody wrote by
 * hand, and the ports that they are about.
 */
#include "check/raw_values.h"
#include "check/scene.h"

enum { GRACE_SECONDS = 30 }; /* terminationGracePeriodSeconds, when not said */

static raw_pod_visit judge_ready;
static raw_container_visit judge_equal, judge_ports, judge_drain;

/* A14, with check_ready_missing */
void
check_raw_ready(struct check *check)
{
    each_raw_pod(check, judge_ready);
}

/* A15, with check_probes_equal */
void
check_raw_probes_equal(struct check *check)
{
    each_raw_container(check, judge_equal);
}

/* A16 */
void
check_raw_probe_ports(struct check *check)
{
    each_raw_container(check, judge_ports);
}

/* A18, with check_drain */
void
check_raw_drain(struct check *check)
{
    each_raw_container(check, judge_drain);
}

/* ---- A14 ---------------------------------------------------------------- */

/* A port that somebody may call; NULL when it has none. */
static const struct raw *
first_port(const struct raw_container *container)
{
    const struct raw *ports = raw_find(container->raw, STR("ports"));
    return raw_item_count(ports) == 0 ? NULL : ports->entries[0].value;
}

/* One container that says when it is ready answers for the pod. */
static void
judge_ready(struct check *check, const struct raw_pod *pod)
{
    const struct raw_container *guilty = NULL;
    if (!is_raw_in_production(pod->use) || !has_raw_replicas(pod))
        return;
    for (size_t i = 0; i < pod->container_count; i++) {
        const struct raw_container *container = raw_container_at(check, pod, i);
        if (raw_find(container->raw, STR("readinessProbe")) != NULL)
            return;
        if (guilty == NULL && container->kind == RAW_CONTAINER_MAIN &&
            first_port(container) != NULL)
            guilty = container;
    }
    if (guilty == NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_A14, guilty->span, pod->use,
                                   STRS(pod->use->text));
    diag_label(diag, "it gets traffic before it can answer", NO_STRS);
    diag_note(diag, first_port(guilty)->span, "it serves this port", NO_STRS);
    diag_help(diag, "write a `readinessProbe`", NO_STRS);
}

/* ---- A15 ---------------------------------------------------------------- */

static void
judge_equal(struct check *check, const struct raw_container *container)
{
    const struct raw_entry *live =
        raw_entry_find(container->raw, STR("livenessProbe"));
    const struct raw_entry *ready =
        raw_entry_find(container->raw, STR("readinessProbe"));
    if (live == NULL || ready == NULL ||
        !is_raw_equal(live->value, ready->value))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A15, live->key_span, container->pod->use,
                   STRS(live->key, ready->key));
    diag_label(diag, "too busy to serve, it is killed as well", NO_STRS);
    diag_note(diag, ready->key_span, "the same question here", NO_STRS);
    diag_help(diag, "ask `livenessProbe` elsewhere, or more patiently",
              NO_STRS);
}

/* ---- A16 ---------------------------------------------------------------- */

static bool
is_port_of(const struct raw *ports, const struct raw *wanted)
{
    const char *key = wanted->kind == RAW_TEXT ? "name" : "containerPort";
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *found =
            raw_find(ports->entries[i].value, str_from(key));
        if (found != NULL && is_str_equal(found->text, wanted->text))
            return true;
    }
    return false;
}

/* A number may be open without being said, where none is said. */
static void
judge_port(struct check *check, const struct raw_container *container,
           const struct raw *port)
{
    const struct raw *ports = raw_find(container->raw, STR("ports"));
    if (port == NULL || is_port_of(ports, port) ||
        (port->kind != RAW_TEXT && raw_item_count(ports) == 0))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A16, port->span, container->pod->use,
                   STRS(container->text, port->text));
    diag_label(diag, "no port of this container's", NO_STRS);
    if (raw_item_count(ports) > 0)
        diag_note(diag, ports->entries[0].value->span, "its ports begin here",
                  NO_STRS);
    diag_help(diag, "name one of its `ports`, or add this one", NO_STRS);
}

static void
judge_ports(struct check *check, const struct raw_container *container)
{
    static const char *const paths[] = {
        "livenessProbe.httpGet.port",       "livenessProbe.tcpSocket.port",
        "livenessProbe.grpc.port",          "readinessProbe.httpGet.port",
        "readinessProbe.tcpSocket.port",    "readinessProbe.grpc.port",
        "startupProbe.httpGet.port",        "startupProbe.tcpSocket.port",
        "startupProbe.grpc.port",           "lifecycle.preStop.httpGet.port",
        "lifecycle.postStart.httpGet.port",
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        judge_port(check, container, raw_at(container->raw, paths[i]));
}

/* ---- A18 ---------------------------------------------------------------- */

static void
judge_drain(struct check *check, const struct raw_container *container)
{
    const struct raw *sleep =
        raw_at(container->raw, "lifecycle.preStop.sleep.seconds");
    const struct raw *said =
        raw_find(container->pod->spec, STR("terminationGracePeriodSeconds"));
    int64_t grace = GRACE_SECONDS;
    int64_t drain;
    if (!raw_to_number(sleep, &drain) ||
        (said != NULL && !raw_to_number(said, &grace)) || drain < grace)
        return;
    struct diag *diag =
        raw_report(check, DIAG_A18, sleep->span, container->pod->use,
                   STRS(container->text,
                        arena_format(check->arena, "{}s", STRS(sleep->text)),
                        arena_format(check->arena, "{}s",
                                     STRS(arena_number(check->arena, grace)))));
    diag_label(diag, "nothing is left to end in", NO_STRS);
    if (said != NULL)
        diag_note(diag, said->span, "it has this long in all", NO_STRS);
    diag_help(diag,
              "sleep for less than half of `terminationGracePeriodSeconds`",
              NO_STRS);
}
