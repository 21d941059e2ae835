/*
 * Who may issue for a zone's names (RFC 8659), and who has to.
 */
#include "check/check.h"
#include "check/deliveries.h"
#include "check/issuers.h"
#include "ir/domain.h"

static bool has_issuers(const struct zone *zone);
static bool has_issuer(const struct zone *zone, struct str domain);
static bool has_some_issuer(const struct zone *zone, struct str domains);
static bool is_zone_certified(const struct ir *ir, const struct zone *zone);
static void judge_delivery(struct check *check, const struct zone *zone,
                           const struct record *record);

void
check_caa_issuer(struct check *check)
{
    const struct tls *tls = check->ir->tls;
    if (tls == NULL)
        return;
    struct str domain = issuer_domain(tls->issuer);
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        if (is_str_empty(domain) || !has_issuers(zone) ||
            has_issuer(zone, domain) || !is_zone_certified(check->ir, zone))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_D23, zone->caa->span,
                                     STRS(zone->name, domain));
        diag_label(diag, "only these may", NO_STRS);
        diag_note(diag, tls->issuer->span, "certificates come from here",
                  NO_STRS);
        diag_help(diag, "add `{}` to `caa`", STRS(domain));
        diag_about(diag, zone->name);
    }
}

void
check_caa_missing(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        if (zone->caa != NULL &&
            (is_value_poison(zone->caa) || has_issuers(zone)))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_D24, zone->span, STRS(zone->name));
        diag_label(diag, "every authority may", NO_STRS);
        diag_help(diag, "add `caa` with the authorities that you use", NO_STRS);
        diag_about(diag, zone->name);
    }
}

void
check_caa_delivery(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; has_issuers(zone) && k < zone->record_count; k++)
            judge_delivery(check, zone, &zone->records[k]);
    }
}

/* The issuers of `caa` stand one by one among the zone's records too; the list
 * is what the user wrote. */
static bool
has_issuers(const struct zone *zone)
{
    return zone->caa != NULL && zone->caa->item_count > 0;
}

/* An issuer that is not known yet may be the one. */
static bool
has_issuer(const struct zone *zone, struct str domain)
{
    for (size_t i = 0; i < zone->caa->item_count; i++) {
        const struct value *issuer = &zone->caa->items[i];
        if (!is_value_known(issuer) ||
            is_str_equal_nocase(issuer->text, domain))
            return true;
    }
    return false;
}

static bool
has_some_issuer(const struct zone *zone, struct str domains)
{
    while (!is_str_empty(domains)) {
        if (has_issuer(zone, str_cut(&domains, ' ')))
            return true;
    }
    return false;
}

static bool
is_zone_certified(const struct ir *ir, const struct zone *zone)
{
    for (size_t i = 0; i < ir->certificate_count; i++) {
        const struct certificate *certificate = &ir->certificates[i];
        for (size_t k = 0; k < certificate->name_count; k++) {
            struct str name = certificate->names[k]->text;
            if (is_wildcard(name))
                name = domain_parent(name);
            if (zone_find(ir, name) == zone)
                return true;
        }
    }
    return false;
}

/* A CAA search climbs from the name; the service's own records come second,
 * and only where it has some (RFC 8659 3). */
static void
judge_delivery(struct check *check, const struct zone *zone,
               const struct record *record)
{
    if (record->type != RECORD_CNAME || !is_value_known(record_target(record)))
        return;
    const struct delivery *delivery =
        delivery_find(record_target(record)->text);
    if (delivery == NULL || is_str_empty(str_from(delivery->issuers)) ||
        has_some_issuer(zone, str_from(delivery->issuers)))
        return;
    struct str issuers = str_from(delivery->issuers);
    struct diag *diag =
        diag_add(check->sink, DIAG_D25, record_target(record)->span,
                 STRS(record->owner, str_from(delivery->name)));
    diag_note(diag, zone->caa->span, "only these may issue", NO_STRS);
    diag_help(diag, "add `{}` to `caa`", STRS(str_cut(&issuers, ' ')));
    diag_about(diag, zone->name);
}
