/*
 * The table of services and the search in it.
 */
#include "ir/delivery.h"

#include "ir/domain.h"

#define AMAZON "amazon.com amazontrust.com awstrust.com amazonaws.com"

static const struct delivery deliveries[] = {
#define DELIVERY(suffix, name, issuers, is_claimable)                          \
    {STR_INIT(suffix), name, issuers, is_claimable},
#include "ir/deliveries.def"
#undef DELIVERY
};

const struct delivery *
delivery_find(struct str host)
{
    const struct delivery *best = NULL;
    for (size_t i = 0; i < sizeof deliveries / sizeof *deliveries; i++) {
        const struct delivery *delivery = &deliveries[i];
        if (is_domain_inside(host, delivery->suffix) &&
            (best == NULL || delivery->suffix.len > best->suffix.len))
            best = delivery;
    }
    return best;
}
