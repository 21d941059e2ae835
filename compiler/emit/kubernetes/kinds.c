/*
 * The table of kinds, and when each exists.
 */
#include "emit/kubernetes/kinds.h"

#include "emit/kubernetes/access.h"
#include "emit/kubernetes/certificates.h"
#include "emit/kubernetes/config.h"
#include "emit/kubernetes/environment.h"
#include "emit/kubernetes/files.h"
#include "emit/kubernetes/monitors.h"
#include "emit/kubernetes/gateway.h"
#include "emit/kubernetes/jobs.h"
#include "emit/kubernetes/network.h"
#include "emit/kubernetes/scale.h"
#include "emit/kubernetes/rollout.h"
#include "emit/kubernetes/stateful.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"
#include "ir/edge.h"
#include "ir/issuer.h"

static bool has_workloads(const struct subject *subject);
static bool is_closed(const struct subject *subject);
static bool has_vault(const struct subject *subject);
static bool has_issuer(const struct subject *subject);
static bool is_certified(const struct subject *subject);
static bool has_accesses(const struct subject *subject);
static bool needs_gateway(const struct subject *subject);
static bool has_gateway_pods(const struct subject *subject);
static bool has_redirect_routes(const struct subject *subject);
static bool has_routes(const struct subject *subject);
static bool has_redirects(const struct subject *subject);
static bool has_config(const struct subject *subject);
static bool has_external_secret(const struct subject *subject);
static bool has_secret_files(const struct subject *subject);
static bool has_files(const struct subject *subject);
static bool has_peers(const struct subject *subject);
static bool is_stateful_set(const struct subject *subject);
static bool has_service(const struct subject *subject);
static bool has_preview(const struct subject *subject);
static bool has_stable(const struct subject *subject);
static bool has_rollout_kind(const struct subject *subject);
static bool has_analyses(const struct subject *subject);
static bool has_migration(const struct subject *subject);
static bool has_pod_monitor(const struct subject *subject);
static bool has_service_monitor(const struct subject *subject);
static bool has_ingress(const struct subject *subject);
static bool has_cron_job(const struct subject *subject);
static bool has_deployment(const struct subject *subject);
static bool has_autoscaler(const struct subject *subject);
static bool has_budget(const struct subject *subject);

static bool has_known_redirect(const struct environment *environment);

static const struct kind rows[] = {
#define KIND(id, ...) [KIND_##id] = {__VA_ARGS__},
#include "emit/kubernetes/kinds.def"
#undef KIND
};

const struct kind *
kind_row(enum kind_id id)
{
    return &rows[id];
}

bool
kind_exists(const struct kind *kind, struct subject subject)
{
    return kind->exists == NULL || kind->exists(&subject);
}

static bool
has_workloads(const struct subject *subject)
{
    return subject->environment->workload_count > 0;
}

static bool
is_closed(const struct subject *subject)
{
    return !is_network_open(subject->ir);
}

static bool
has_vault(const struct subject *subject)
{
    return subject->environment->vault != NULL;
}

static bool
has_issuer(const struct subject *subject)
{
    return has_own_issuer(subject->ir, subject->environment);
}

static bool
is_certified(const struct subject *subject)
{
    return has_certificate(subject->ir, subject->environment);
}

/* Whatever a group may do, it may view. */
static bool
has_accesses(const struct subject *subject)
{
    return has_access(subject->environment, ACCESS_VIEW);
}

static bool
needs_gateway(const struct subject *subject)
{
    return has_own_gateway(subject->environment) &&
           subject->environment->host_count > 0;
}

static bool
has_gateway_pods(const struct subject *subject)
{
    return needs_gateway(subject) && has_own_gateway_pods(subject->environment);
}

static bool
has_redirect_routes(const struct subject *subject)
{
    const struct environment *environment = subject->environment;
    return (needs_gateway(subject) &&
            redirects_http(subject->ir, environment)) ||
           (has_gateway(environment) && has_known_redirect(environment));
}

static bool
has_routes(const struct subject *subject)
{
    return has_gateway(subject->environment) && has_ports(subject->workload) &&
           has_hosts(subject->workload);
}

static bool
has_redirects(const struct subject *subject)
{
    return !has_gateway(subject->environment) &&
           has_known_redirect(subject->environment);
}

static bool
has_known_redirect(const struct environment *environment)
{
    for (size_t i = 0; i < environment->redirect_count; i++) {
        if (is_value_known(environment->redirects[i].from) &&
            is_value_known(environment->redirects[i].to))
            return true;
    }
    return false;
}

static bool
has_config(const struct subject *subject)
{
    return subject->workload->config_count > 0;
}

static bool
has_external_secret(const struct subject *subject)
{
    return subject->workload->secret_count > 0 && has_vault(subject);
}

static bool
has_secret_files(const struct subject *subject)
{
    return subject->workload->secret_file_count > 0 && has_vault(subject);
}

static bool
has_files(const struct subject *subject)
{
    return subject->workload->file_count > 0;
}

static bool
has_peers(const struct subject *subject)
{
    return is_stateful(subject->workload);
}

static bool
is_stateful_set(const struct subject *subject)
{
    return is_stateful(subject->workload);
}

static bool
has_service(const struct subject *subject)
{
    return has_ports(subject->workload);
}

static bool
has_preview(const struct subject *subject)
{
    return strategy_of(subject->workload) != STRATEGY_ROLLING;
}

static bool
has_stable(const struct subject *subject)
{
    return has_rollout(subject->workload) &&
           strategy_of(subject->workload) == STRATEGY_CANARY;
}

static bool
has_rollout_kind(const struct subject *subject)
{
    return has_rollout(subject->workload);
}

static bool
has_analyses(const struct subject *subject)
{
    const struct environment *environment = subject->environment;
    const struct deploy *deploy = environment->deploy;
    if (!has_rollouts(environment))
        return false;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (has_analysis(environment, &deploy->steps[i]))
            return true;
    }
    return false;
}

static bool
has_migration(const struct subject *subject)
{
    return subject->workload->migration != NULL;
}

static bool
has_monitor(const struct subject *subject)
{
    return subject->workload->metrics != NULL && has_ports(subject->workload) &&
           has_operator(subject->ir);
}

static bool
has_pod_monitor(const struct subject *subject)
{
    return has_monitor(subject) && !has_service_monitor(subject);
}

/* Two Services of one that has two colours may lead to the same pods. */
static bool
has_service_monitor(const struct subject *subject)
{
    return has_monitor(subject) && is_scraped_by_service(subject->ir) &&
           strategy_of(subject->workload) == STRATEGY_ROLLING;
}

static bool
has_ingress(const struct subject *subject)
{
    return !has_gateway(subject->environment) && has_ports(subject->workload) &&
           has_hosts(subject->workload);
}

static bool
has_cron_job(const struct subject *subject)
{
    return is_job(subject->workload);
}

static bool
has_deployment(const struct subject *subject)
{
    return !is_job(subject->workload) && !is_stateful(subject->workload);
}

static bool
has_autoscaler(const struct subject *subject)
{
    return !is_job(subject->workload) &&
           is_value_known(subject->workload->scale);
}

static bool
has_budget(const struct subject *subject)
{
    return !is_job(subject->workload) && count_min(subject->workload) >= 2;
}
