/*
 * Who may issue for a zone's names (RFC 8659), and who has to.
 */
#include "check/check.h"
#include "ir/delivery.h"
#include "ir/issuer.h"
#include "check/owners.h"
#include "ir/domain.h"

static const struct owner *caa_set_find(const struct check *check,
                                        struct str name);
static const struct record *caa_record_at(const struct owner *set, size_t index,
                                          struct str tag);
static bool may_issue(const struct owner *set, struct str domain,
                      bool is_wildcard);
static const struct record *first_issuer(const struct owner *set,
                                         bool is_wildcard);
static void judge_names(struct check *check, const struct owners *owners,
                        const struct certificate *certificate);
static void report_issuer(struct check *check, const struct owners *owners,
                          const struct owner *set, struct str domain,
                          bool is_wildcard);
static struct span issuers_span(const struct owners *owners,
                                const struct owner *set,
                                const struct record *first);
static void judge_delivery(struct check *check, const struct owners *owners,
                           const struct record *record);

/* RFC 8659 4.3: without `issuewild`, `issue` governs wildcards, too. */
void
check_caa_issuer(struct check *check)
{
    const struct ir *ir = check->ir;
    if (ir->tls == NULL || is_str_empty(issuer_domain(ir->tls->issuer)))
        return;
    for (size_t i = 0; i < ir->zone_count; i++) {
        const struct owners *owners = owners_of(check, &ir->zones[i]);
        for (size_t k = 0; k < ir->certificate_count; k++)
            judge_names(check, owners, &ir->certificates[k]);
    }
}

void
check_caa_missing(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        const struct owner *set = caa_set_find(check, zone->name);
        bool has_hosts = !is_domain_inside(zone->name, STR("arpa"));
        if (!has_hosts || has_value_poison(zone->caa) ||
            (set != NULL && first_issuer(set, false) != NULL))
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
        const struct owners *owners = owners_of(check, zone);
        for (size_t k = 0; k < zone->record_count; k++)
            judge_delivery(check, owners, &zone->records[k]);
    }
}

/* RFC 8659 3: the nearest name, upwards, that has CAA records, also in the
 * zones above; or NULL. */
static const struct owner *
caa_set_find(const struct check *check, struct str name)
{
    while (!is_str_empty(name)) {
        const struct zone *zone = zone_find(check->ir, name);
        if (zone == NULL)
            return NULL;
        const struct owner *owner = owner_find(owners_of(check, zone), name);
        if (owner != NULL && owner_record_find(owner, RECORD_CAA) != NULL)
            return owner;
        name = domain_parent(name);
    }
    return NULL;
}

/* Record `index` of the set, when it is a CAA record of that tag; a tag that
 * is not known yet may be it. */
static const struct record *
caa_record_at(const struct owner *set, size_t index, struct str tag)
{
    const struct record *record = owner_record_at(set, index);
    if (record->type != RECORD_CAA)
        return NULL;
    const struct value *found = record->fields[1];
    return !is_value_known(found) || is_str_equal(found->text, tag) ? record
                                                                    : NULL;
}

static bool
may_issue(const struct owner *set, struct str domain, bool is_wildcard)
{
    struct str tag = is_wildcard ? STR("issuewild") : STR("issue");
    bool is_limited = false;
    for (size_t i = 0; i < owner_record_count(set); i++) {
        const struct record *record = caa_record_at(set, i, tag);
        if (record == NULL)
            continue;
        is_limited = true;
        /* An issuer that is not known yet may be the one. */
        if (!is_value_known(record->fields[2]))
            return true;
        struct str rest = record->fields[2]->text;
        if (is_str_equal_nocase(str_trim(str_cut(&rest, ';')), domain))
            return true;
    }
    if (is_wildcard && !is_limited)
        return may_issue(set, domain, false);
    return !is_limited;
}

/* The first record that says who may, or NULL when nobody says it. */
static const struct record *
first_issuer(const struct owner *set, bool is_wildcard)
{
    struct str tag = is_wildcard ? STR("issuewild") : STR("issue");
    for (size_t i = 0; i < owner_record_count(set); i++) {
        const struct record *record = caa_record_at(set, i, tag);
        if (record != NULL)
            return record;
    }
    return is_wildcard ? first_issuer(set, false) : NULL;
}

/* One message a set of CAA records, whatever names it governs. */
static void
judge_names(struct check *check, const struct owners *owners,
            const struct certificate *certificate)
{
    struct str domain = issuer_domain(check->ir->tls->issuer);
    struct map reported;
    map_init(&reported, check->arena);
    for (size_t i = 0; i < certificate->name_count; i++) {
        struct str name = certificate->names[i]->text;
        bool is_wild = is_wildcard(name);
        if (is_wild)
            name = domain_parent(name);
        if (zone_find(check->ir, name) != owners->zone)
            continue;
        const struct owner *set = caa_set_find(check, name);
        if (set == NULL || may_issue(set, domain, is_wild) ||
            map_find(&reported, set->name) != NULL)
            continue;
        map_put(&reported, set->name, set);
        report_issuer(check, owners, set, domain, is_wild);
    }
}

static void
report_issuer(struct check *check, const struct owners *owners,
              const struct owner *set, struct str domain, bool is_wildcard)
{
    const struct record *first = first_issuer(set, is_wildcard);
    struct diag *diag =
        diag_add(check->sink, DIAG_D23, issuers_span(owners, set, first),
                 STRS(set->name, domain));
    diag_label(diag, "only these may", NO_STRS);
    diag_note(diag, check->ir->tls->issuer->span, "certificates come from here",
              NO_STRS);
    if (is_str_equal(first->fields[1]->text, STR("issuewild")))
        diag_help(diag, "add an `issuewild` record of `{}`", STRS(domain));
    else
        diag_help(diag, "add `{}` to `caa`", STRS(domain));
    diag_about(diag, owners->zone->name);
}

/* The zone's list, where the set comes from it. */
static struct span
issuers_span(const struct owners *owners, const struct owner *set,
             const struct record *first)
{
    bool is_apex = is_str_equal(set->name, owners->zone->name);
    return is_apex && owners->zone->caa != NULL ? owners->zone->caa->span
                                                : first->fields[2]->span;
}

/* A CAA search climbs from the name; the service's own records come second,
 * and only where it has some (RFC 8659 3). */
static void
judge_delivery(struct check *check, const struct owners *owners,
               const struct record *record)
{
    if (record->type != RECORD_CNAME || !is_value_known(record->fields[0]))
        return;
    const struct delivery *delivery = delivery_find(record->fields[0]->text);
    const struct owner *set = caa_set_find(check, record->owner);
    const struct record *first = set == NULL ? NULL : first_issuer(set, false);
    if (delivery == NULL || first == NULL)
        return;
    struct str issuers = str_from(delivery->issuers);
    if (is_str_empty(issuers))
        return;
    for (struct str rest = issuers; !is_str_empty(rest);) {
        if (may_issue(set, str_cut(&rest, ' '), false))
            return;
    }
    struct diag *diag = diag_add(check->sink, DIAG_D25, record->fields[0]->span,
                                 STRS(record->owner, str_from(delivery->name)));
    diag_note(diag, issuers_span(owners, set, first), "only these may issue",
              NO_STRS);
    diag_help(diag, "add `{}` to `caa`", STRS(str_cut(&issuers, ' ')));
    diag_about(diag, owners->zone->name);
}
