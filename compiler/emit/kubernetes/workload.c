/*
 * Arithmetic over one workload. No object and no text is made here.
 */
#include "emit/kubernetes/workload.h"

#include "ir/quantity.h"

enum {
    DEADLINE_SECONDS_MIN = 600, /* the default of Kubernetes */
    PERIOD_SECONDS = 10,        /* of a probe, where it is not known */
};

/* By provider: `aks` is the one that `cluster` knows so far (Azure's manual of
 * internal load balancers). */
static const struct value is_true = {
    .kind = VALUE_TEXT, .type = TYPE_TEXT, .text = STR_INIT("true")};

static const struct {
    struct str provider;
    struct pair pair;
} internal_annotations[] = {
    {STR_INIT("aks"),
     {STR_INIT("service.beta.kubernetes.io/azure-load-balancer-internal"),
      &is_true,
      {0, 0}}},
};

const struct pair *
internal_annotation(const struct workload *workload)
{
    const struct cluster *cluster = workload->environment->cluster;
    if (!workload->exposure.is_internal || cluster == NULL ||
        !is_value_known(cluster->provider))
        return NULL;
    for (size_t i = 0;
         i < sizeof internal_annotations / sizeof internal_annotations[0];
         i++) {
        if (is_str_equal(internal_annotations[i].provider,
                         cluster->provider->text))
            return &internal_annotations[i].pair;
    }
    return NULL;
}

bool
is_job(const struct workload *workload)
{
    return !runs_steadily(workload->service);
}

bool
is_stateful(const struct workload *workload)
{
    return workload->service->kind == SERVICE_STATEFUL;
}

const struct value *
fixed_count(const struct workload *workload)
{
    if (workload->scale != NULL || strategy_of(workload) != STRATEGY_ROLLING)
        return NULL;
    return workload->count;
}

int64_t
count_min(const struct workload *workload)
{
    if (is_value_known(workload->scale))
        return range_low(workload->scale)->number;
    return is_value_known(workload->count) ? workload->count->number : 0;
}

int64_t
count_max(const struct workload *workload)
{
    if (is_value_known(workload->scale))
        return range_high(workload->scale)->number;
    return is_value_known(workload->count) ? workload->count->number : 0;
}

int64_t
stop_seconds(const struct workload *workload)
{
    if (!is_value_known(workload->stop))
        return 0;
    return duration_seconds(workload->stop->number);
}

int64_t
pre_stop_seconds(const struct workload *workload)
{
    const struct value *drain = workload->drain;
    if (!has_ports(workload) || !is_value_known(drain) ||
        workload->process.before_stop != NULL)
        return 0;
    int64_t seconds = duration_seconds(drain->number);
    bool is_default = drain->origin->layer == LAYER_DEFAULT;
    return is_default && stop_seconds(workload) / 2 < seconds ? 0 : seconds;
}

int64_t
startup_failures(const struct probe *startup)
{
    int64_t period = PERIOD_SECONDS;
    if (is_value_known(startup->every))
        period = duration_seconds(startup->every->number);
    if (startup->start == NULL)
        return is_value_known(startup->failures) ? startup->failures->number
                                                 : 1;
    if (!is_value_known(startup->start) || period == 0)
        return 1;
    int64_t start = duration_seconds(startup->start->number);
    return start <= period ? 1 : 1 + (start - 1) / period;
}

int64_t
deadline_seconds(const struct workload *workload)
{
    int64_t start = 0;
    if (is_value_known(workload->update.progress))
        return duration_seconds(workload->update.progress->number);
    if (workload->startup != NULL && is_value_known(workload->startup->start))
        start = duration_seconds(workload->startup->start->number);
    int64_t needed = 2 * start + stop_seconds(workload);
    return needed > DEADLINE_SECONDS_MIN ? needed : DEADLINE_SECONDS_MIN;
}

bool
is_port_equal(const struct port *a, const struct port *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return is_str_equal(a->name, b->name) &&
           is_value_equal(a->number, b->number) &&
           is_value_equal(a->protocol, b->protocol) &&
           is_value_equal(a->as, b->as);
}

bool
has_ports(const struct workload *workload)
{
    return !is_job(workload) && workload->port_count > 0;
}

bool
has_known_port(const struct workload *workload)
{
    for (size_t i = 0; has_ports(workload) && i < workload->port_count; i++) {
        if (is_value_known(workload->ports[i].number))
            return true;
    }
    return false;
}

bool
has_hosts(const struct workload *workload)
{
    const struct value *hosts = workload->hosts;
    for (size_t i = 0; hosts != NULL && i < hosts->item_count; i++) {
        if (is_value_known(&hosts->items[i]))
            return true;
    }
    return false;
}

const struct value *
range_low(const struct value *range)
{
    return range->kind == VALUE_RANGE ? &range->items[0] : range;
}

const struct value *
range_high(const struct value *range)
{
    return range->kind == VALUE_RANGE ? &range->items[1] : range;
}
