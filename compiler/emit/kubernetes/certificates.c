#include "emit/kubernetes/certificates.h"

#include "emit/kubernetes/gateway.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/edge.h"
#include "ir/issuer.h"

#define CERT_MANAGER "cert-manager.io"

static void emit_issuer_spec(struct yaml *yaml, const struct ir *ir,
                             const struct environment *environment);
static void emit_solvers(struct yaml *yaml, const struct ir *ir,
                         const struct environment *environment);

/* ---- Certificate -------------------------------------------------------- */

static void
emit_private_key(struct yaml *yaml)
{
    yaml_map(yaml, "privateKey");
    yaml_word(yaml, "algorithm", "ECDSA");
    yaml_number(yaml, "size", 256);
    yaml_word(yaml, "rotationPolicy", "Always");
    yaml_end(yaml);
}

static void
emit_issuer_reference(struct yaml *yaml, const struct ir *ir)
{
    yaml_map(yaml, "issuerRef");
    yaml_word(yaml, "group", CERT_MANAGER);
    yaml_word(yaml, "kind",
              is_issuer_of_cluster(ir) ? "ClusterIssuer" : "Issuer");
    yaml_text(yaml, "name", issuer_object_name(ir));
    yaml_end(yaml);
}

/* In percent; a third when the program does not know yet. */
static int64_t
renew_share(const struct ir *ir)
{
    return ir->tls != NULL && is_value_known(ir->tls->renew)
               ? ir->tls->renew->number / 1000
               : 33;
}

/* Renewal by a share of the lifetime: days would go wrong when the issuer
 * shortens it. */
void
emit_certificate(struct yaml *yaml, const struct instance *instance)
{
    const struct ir *ir = instance->plan->ir;
    struct arena *arena = instance->plan->arena;
    const struct certificate *certificate =
        certificate_find(ir, instance->environment);
    object_start(yaml, instance, CERT_MANAGER "/v1", "Certificate",
                 name_certificate(arena, ir));
    yaml_map(yaml, "spec");
    yaml_text(yaml, "secretName", name_certificate_secret(arena, ir));
    yaml_list(yaml, "dnsNames");
    for (size_t i = 0; i < certificate->name_count; i++) {
        if (is_value_known(certificate->names[i]))
            yaml_item_text(yaml, certificate->names[i]->text);
        else
            emit_waiting(yaml, STR("a name"), certificate->names[i]);
    }
    yaml_end(yaml);
    if (ir->tls != NULL)
        emit_issuer_reference(yaml, ir);
    emit_private_key(yaml);
    yaml_number(yaml, "renewBeforePercentage", renew_share(ir));
    yaml_number(yaml, "revisionHistoryLimit", 1);
    yaml_end(yaml);
}

/* ---- Issuer ------------------------------------------------------------- */

void
emit_issuer(struct yaml *yaml, const struct instance *instance)
{
    const struct ir *ir = instance->plan->ir;
    object_start(yaml, instance, CERT_MANAGER "/v1", "Issuer",
                 issuer_object_name(ir));
    emit_issuer_spec(yaml, ir, instance->environment);
}

void
emit_cluster_issuer(struct yaml *yaml, const struct ir *ir)
{
    yaml_word(yaml, "apiVersion", CERT_MANAGER "/v1");
    yaml_word(yaml, "kind", "ClusterIssuer");
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", issuer_object_name(ir));
    yaml_map(yaml, "labels");
    yaml_text(yaml, "app.kubernetes.io/part-of", ir->project->name);
    yaml_word(yaml, "app.kubernetes.io/managed-by", "broxc");
    yaml_word(yaml, LABEL_APPLIED_BY, APPLIED_BY_ADMINISTRATOR);
    yaml_end(yaml);
    yaml_end(yaml);
    emit_issuer_spec(yaml, ir, NULL);
}

static struct str
acme_directory(const struct value *issuer)
{
    if (is_value_known(issuer) &&
        is_str_equal(issuer->text, STR("lets-encrypt-staging")))
        return STR("https://acme-staging-v02.api.letsencrypt.org/directory");
    return STR("https://acme-v02.api.letsencrypt.org/directory");
}

static void
emit_issuer_spec(struct yaml *yaml, const struct ir *ir,
                 const struct environment *environment)
{
    yaml_map(yaml, "spec");
    yaml_map(yaml, "acme");
    yaml_text(yaml, "server", acme_directory(ir->tls->issuer));
    emit_value(yaml, "email", ir->tls->contact);
    yaml_map(yaml, "privateKeySecretRef");
    yaml_text(
        yaml, "name",
        arena_format(yaml->arena, "{}-account", STRS(issuer_object_name(ir))));
    yaml_end(yaml);
    emit_solvers(yaml, ir, environment);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_azure_solver(struct yaml *yaml, const struct ir *ir,
                  const struct zone *zone)
{
    yaml_map(yaml, "azureDNS");
    yaml_word(yaml, "environment", "AzurePublicCloud");
    emit_value(yaml, "subscriptionID", ir->project->subscription);
    emit_value(yaml, "resourceGroupName", ir->tls->group);
    yaml_text(yaml, "hostedZoneName", zone->name);
    yaml_map(yaml, "managedIdentity");
    emit_value(yaml, "clientID", ir->tls->identity);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Who serves a zone says how it is written to. */
static void
emit_dns_solver(struct yaml *yaml, const struct ir *ir, const struct zone *zone)
{
    enum dns_solver solver = dns_solver_of(ir, zone);
    yaml_item(yaml);
    yaml_map(yaml, "selector");
    yaml_list(yaml, "dnsZones");
    yaml_item_text(yaml, zone->name);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_map(yaml, "dns01");
    if (solver == DNS_SOLVER_AZURE) {
        emit_azure_solver(yaml, ir, zone);
    } else if (solver == DNS_SOLVER_ROUTE53) {
        /* The controller's own role, and the region that it runs in. */
        yaml_plain_named(yaml, STR("route53"), STR("{}"));
    } else {
        emit_waiting(yaml, STR("the DNS service"),
                     is_value_known(zone->provider) ? ir->project->cloud
                                                    : zone->provider);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Its route is for one host and one path, and so goes before a redirect. */
static void
emit_gateway_solver(struct yaml *yaml, const struct ir *ir,
                    const struct environment *environment)
{
    yaml_map(yaml, "gatewayHTTPRoute");
    yaml_list(yaml, "parentRefs");
    emit_parent(yaml, ir, environment, STR("http"));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_ingress_solver(struct yaml *yaml, const struct environment *environment)
{
    yaml_map(yaml, "ingress");
    if (environment != NULL && environment->ingress != NULL)
        emit_value(yaml, "ingressClassName", environment->ingress->class_name);
    yaml_end(yaml);
}

static void
emit_http_solver(struct yaml *yaml, const struct ir *ir,
                 const struct environment *environment)
{
    yaml_item(yaml);
    yaml_map(yaml, "http01");
    if (environment != NULL && has_gateway(environment))
        emit_gateway_solver(yaml, ir, environment);
    else
        emit_ingress_solver(yaml, environment);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_solvers(struct yaml *yaml, const struct ir *ir,
             const struct environment *environment)
{
    yaml_list(yaml, "solvers");
    if (ir->tls->proof == PROOF_HTTP)
        emit_http_solver(yaml, ir, environment);
    for (size_t i = 0; ir->tls->proof == PROOF_DNS && i < ir->zone_count; i++) {
        if (is_zone_certified(ir, &ir->zones[i]))
            emit_dns_solver(yaml, ir, &ir->zones[i]);
    }
    yaml_end(yaml);
}
