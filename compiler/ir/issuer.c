/*
 * letsencrypt.org/docs/caa, letsencrypt.org/docs/staging-environment
 */
#include "ir/issuer.h"

#include "ir/domain.h"

static bool is_word(const struct value *value, const char *word);

struct str
issuer_domain(const struct value *issuer)
{
    return is_value_known(issuer) &&
                   has_prefix(issuer->text, STR("lets-encrypt"))
               ? STR("letsencrypt.org")
               : STR("");
}

bool
is_issuer_untrusted(const struct value *issuer)
{
    return is_value_known(issuer) &&
           is_str_equal(issuer->text, STR("lets-encrypt-staging"));
}

struct str
issuer_object_name(const struct ir *ir)
{
    const struct value *issuer = ir->tls->issuer;
    return is_value_known(issuer) ? issuer->text : STR("lets-encrypt");
}

bool
is_issuer_of_cluster(const struct ir *ir)
{
    return ir->tls != NULL && ir->tls->proof == PROOF_DNS;
}

struct str
certificate_secret_name(struct arena *arena, const struct ir *ir)
{
    return arena_format(arena, "{}-tls", STRS(ir->project->name));
}

enum dns_solver
dns_solver_of(const struct ir *ir, const struct zone *zone)
{
    if (is_word(zone->provider, "route53"))
        return DNS_SOLVER_ROUTE53;
    return is_word(ir->project->cloud, "azure") ? DNS_SOLVER_AZURE
                                                : DNS_SOLVER_NONE;
}

bool
is_zone_certified(const struct ir *ir, const struct zone *zone)
{
    for (size_t i = 0; i < ir->certificate_count; i++) {
        const struct certificate *certificate = &ir->certificates[i];
        for (size_t k = 0; k < certificate->name_count; k++) {
            const struct value *name = certificate->names[k];
            if (is_value_known(name) &&
                zone_find(ir, is_wildcard(name->text)
                                  ? domain_parent(name->text)
                                  : name->text) == zone)
                return true;
        }
    }
    return false;
}

bool
has_certificate(const struct ir *ir, const struct environment *environment)
{
    const struct certificate *certificate = certificate_find(ir, environment);
    return certificate != NULL && certificate->name_count > 0;
}

bool
has_own_issuer(const struct ir *ir, const struct environment *environment)
{
    return ir->tls != NULL && !is_issuer_of_cluster(ir) &&
           has_certificate(ir, environment);
}

static bool
is_word(const struct value *value, const char *word)
{
    return is_value_known(value) && is_str_equal(value->text, str_from(word));
}
