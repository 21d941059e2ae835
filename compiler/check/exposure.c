/*
 * Family W, of what broxc writes itself: how it is seen from outside, and what
 * its policies open.
 */
#include "check/check.h"
#include "check/walk.h"
#include "ir/address.h"
#include "ir/edge.h"

#include <assert.h>

enum { PORT_SSH = 22, PORT_PRIVILEGED_MAX = 1023 };

static bool
is_exposed_as(const struct workload *workload, const char *how)
{
    const struct value *value = workload->exposure.how;
    return workload->service->kind != SERVICE_JOB && workload->port_count > 0 &&
           is_value_known(value) && is_str_equal(value->text, str_from(how));
}

/* ---- W07 ---------------------------------------------------------------- */

/* Whoever names the clients, the whole world included, has asked for it. */
static void
judge_open(struct check *check, const struct workload *workload)
{
    const struct exposure *exposure = &workload->exposure;
    if (workload->environment->tier != TIER_PRODUCTION)
        return;
    bool is_node = is_exposed_as(workload, "node");
    bool is_balanced = is_exposed_as(workload, "load-balancer") &&
                       exposure->sources == NULL && !exposure->is_internal;
    if (!is_node && !is_balanced)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_W07, exposure->span, STRS(object));
    if (is_node)
        diag_label(diag, "a port on every node of the cluster", NO_STRS);
    else
        diag_label(diag, "an address of its own, for everybody", NO_STRS);
    diag_help(diag,
              is_node ? "serve it as a `host`, or by a load balancer"
                      : "name its clients with `sources`, or write "
                        "`internal`",
              NO_STRS);
    diag_about(diag, object);
}

void
check_service_open(struct check *check)
{
    each_workload(check, judge_open);
}

/* ---- W10 ---------------------------------------------------------------- */

static void
judge_host_target(struct check *check, const struct workload *workload)
{
    bool has_service =
        workload->service->kind != SERVICE_JOB && workload->port_count > 0;
    if (has_service || workload->hosts == NULL ||
        workload->hosts->item_count == 0 ||
        !is_value_known(&workload->hosts->items[0]))
        return;
    struct str object = workload_object(check, workload);
    const struct value *host = &workload->hosts->items[0];
    struct diag *diag =
        diag_add(check->sink, DIAG_W10, host->span, STRS(host->text, object));
    diag_label(diag, "`{}` listens on no port", STRS(workload->service->name));
    diag_help(diag, "give it a `port`, or the host to another service",
              NO_STRS);
    diag_about(diag, object);
}

void
check_host_target(struct check *check)
{
    each_workload(check, judge_host_target);
}

/* ---- W13 ---------------------------------------------------------------- */

static void
report_plain(struct check *check, const struct environment *environment,
             struct span span, const char *what, const char *help)
{
    struct diag *diag = diag_add(check->sink, DIAG_W13, span,
                                 STRS(environment->name, str_from(what)));
    diag_help(diag, "{}", STRS(str_from(help)));
    diag_about(diag, environment->name);
}

/* ingress-nginx tells browsers by itself; of other classes, and of a Gateway
 * that is somebody else's, nothing is known. */
static void
judge_plain(struct check *check, const struct environment *environment)
{
    const struct ingress *edge = environment->ingress;
    if (environment->tier != TIER_PRODUCTION || environment->host_count == 0 ||
        edge == NULL || !is_https(check->ir, environment))
        return;
    if (serves_http(environment))
        report_plain(check, environment, edge->http->span,
                     "also answers plain HTTP",
                     "leave `http serve` out: it is redirected then");
    if (has_own_gateway(environment) && edge->hsts == NULL)
        report_plain(check, environment, edge->span,
                     "never tells browsers to stay with HTTPS",
                     "write `hsts 1d`, and more once it works");
}

void
check_plain_http(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_plain(check, check->ir->environments[i]);
}

/* ---- W14 ---------------------------------------------------------------- */

static void
judge_port_numbers(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        if (!is_value_known(port->number) ||
            port->number->number > PORT_PRIVILEGED_MAX)
            continue;
        struct str object = workload_object(check, workload);
        struct diag *diag = diag_add(check->sink, DIAG_W14, port->number->span,
                                     STRS(object, port->number->text));
        if (port->number->number == PORT_SSH)
            diag_label(diag, "the port of SSH", NO_STRS);
        else
            diag_label(diag, "not as root, a process cannot open it everywhere",
                       NO_STRS);
        diag_help(diag,
                  "listen on a port above 1023; `as {}` lets the Service "
                  "keep the number",
                  STRS(port->number->text));
        diag_about(diag, object);
    }
}

void
check_port_numbers(struct check *check)
{
    each_workload(check, judge_port_numbers);
}

/* ---- W23 ---------------------------------------------------------------- */

/* What `reach` takes as a block was read as one. */
static void
read_block(struct str text, struct address *address, int64_t *bits)
{
    struct str rest = text;
    struct str head = str_cut(&rest, '/');
    bool is_read = address_read(head, address) && str_to_number(rest, bits);
    assert(is_read);
    (void)is_read;
}

/* The API takes what lies inside and is smaller. */
static bool
is_block_inside(struct str inner, struct str outer)
{
    struct address a;
    struct address b;
    int64_t a_bits = 0;
    int64_t b_bits = 0;
    read_block(inner, &a, &a_bits);
    read_block(outer, &b, &b_bits);
    if (a.is_ipv6 != b.is_ipv6 || a_bits <= b_bits)
        return false;
    for (int64_t bit = 0; bit < b_bits; bit++) {
        unsigned mask = 0x80U >> (unsigned)(bit % 8);
        if ((a.bytes[bit / 8] & mask) != (b.bytes[bit / 8] & mask))
            return false;
    }
    return true;
}

static void
report_except(struct check *check, const struct workload *workload,
              const struct reach *reach, const struct value *block)
{
    struct str object = workload_object(check, workload);
    struct diag *diag = diag_add(check->sink, DIAG_W23, block->span,
                                 STRS(block->text, reach->target->text));
    diag_label(diag,
               reach->is_block ? "not a smaller block within it"
                               : "a host has no blocks",
               NO_STRS);
    diag_help(diag, "leave it out, or name a block that lies inside", NO_STRS);
    diag_about(diag, object);
}

static void
judge_excepts(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->reach_count; i++) {
        const struct reach *reach = &workload->reaches[i];
        for (size_t k = 0;
             reach->except != NULL && k < reach->except->item_count; k++) {
            const struct value *block = &reach->except->items[k];
            if (is_value_known(block) && is_value_known(reach->target) &&
                (!reach->is_block ||
                 !is_block_inside(block->text, reach->target->text)))
                report_except(check, workload, reach, block);
        }
    }
}

void
check_reach_except(struct check *check)
{
    each_workload(check, judge_excepts);
}

/* ---- W24 ---------------------------------------------------------------- */

/* `aks` is known; whoever writes an annotation for the Service knows better. */
static void
judge_internal(struct check *check, const struct workload *workload)
{
    const struct cluster *cluster = workload->environment->cluster;
    if (!workload->exposure.is_internal ||
        workload->service_annotation_count > 0 ||
        (cluster != NULL &&
         (!is_value_known(cluster->provider) ||
          is_str_equal(cluster->provider->text, STR("aks")))))
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_W24, workload->exposure.span, STRS(object));
    diag_note(diag,
              cluster != NULL ? cluster->span : workload->environment->span,
              "the cluster of `{}`", STRS(workload->environment->name));
    diag_help(diag,
              "add the annotation of its cloud: `service-annotation KEY "
              "VALUE`",
              NO_STRS);
    diag_about(diag, object);
}

void
check_internal_way(struct check *check)
{
    each_workload(check, judge_internal);
}
