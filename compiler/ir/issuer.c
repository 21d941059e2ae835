/*
 * letsencrypt.org/docs/caa, letsencrypt.org/docs/staging-environment
 */
#include "ir/issuer.h"

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
