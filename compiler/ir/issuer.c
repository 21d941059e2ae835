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
