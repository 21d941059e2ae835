/*
 * D28: what whoever serves a zone cannot hold.
 *
 * learn.microsoft.com/azure/dns/dns-zones-records and /azure/azure-resource-
 * manager/management/azure-subscription-service-limits; docs.aws.amazon.com/
 * Route53: ResourceRecordTypes, DNSLimitations.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"

struct provider {
    const char *word;
    const char *name;
    const char *types; /* parted by spaces; NULL: all */
    size_t set_max;    /* records of one set; 0: no bound */
    size_t text_max;
};

enum { AZURE, ROUTE53, PROVIDER_COUNT, BATCH_MAX = 500 };

static const struct provider providers[PROVIDER_COUNT] = {
    {"azure", "Azure DNS", "A AAAA CAA CNAME DS MX NS PTR SRV TLSA TXT", 20,
     4096},
    {"route53", "Route 53",
     "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SRV SSHFP SVCB TLSA TXT", 400,
     4000},
};

/* Where the program is asked for a file of its own; or NULL. */
static const struct value *
also_find(const struct zone *zone, const struct provider *provider)
{
    struct str word = str_from(provider->word);
    for (size_t i = 0; zone->also != NULL && i < zone->also->item_count; i++) {
        if (is_str_equal(zone->also->items[i].text, word))
            return &zone->also->items[i];
    }
    return NULL;
}

/* Where the program says that it serves the zone, or is asked for that file;
 * NULL when it does not. */
static const struct value *
mention_find(const struct zone *zone, const struct provider *provider)
{
    if (is_value_known(zone->provider) &&
        is_str_equal(zone->provider->text, str_from(provider->word)))
        return zone->provider;
    return also_find(zone, provider);
}

static bool
has_word(const char *words, struct str word)
{
    struct str rest = str_from(words);
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, ' '), word))
            return true;
    }
    return false;
}

static void
report(struct check *check, const struct zone *zone,
       const struct provider *provider, const struct record *record,
       struct str what)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_D28, record->owner_span,
                 STRS(str_from(provider->name), what, record->owner));
    diag_note(diag, mention_find(zone, provider)->span,
              "it is to have the zone", NO_STRS);
    diag_help(diag, "do without it, or let others serve the zone", NO_STRS);
    diag_about(diag, zone->name);
}

static void
judge_record(struct check *check, const struct zone *zone,
             const struct provider *provider, const struct record *record)
{
    struct arena *arena = check->arena;
    struct str type = record_name(arena, record);
    const struct value *text = record_field(record, FIELD_STRINGS);
    if (!has_word(provider->types, type))
        report(check, zone, provider, record,
               arena_format(arena, "records of type {}", STRS(type)));
    else if (text != NULL && text->text.len > provider->text_max)
        report(check, zone, provider, record,
               arena_format(
                   arena, "texts of over {} bytes",
                   STRS(arena_number(arena, (int64_t)provider->text_max))));
}

/* The first record that is too much in its set. */
static void
judge_sets(struct check *check, const struct zone *zone,
           const struct provider *provider)
{
    const struct owners *owners = owners_of(check, zone);
    for (size_t i = 0; i < owner_count(owners); i++) {
        const struct owner *owner = owner_at(owners, i);
        size_t counts[RECORD_TYPE_COUNT] = {0};
        for (size_t k = 0; k < owner_record_count(owner); k++) {
            const struct record *record = owner_record_at(owner, k);
            if (++counts[record->type] != provider->set_max + 1)
                continue;
            report(
                check, zone, provider, record,
                arena_format(check->arena, "over {} records in one set",
                             STRS(arena_number(check->arena,
                                               (int64_t)provider->set_max))));
        }
    }
}

static void
judge_zone(struct check *check, const struct zone *zone,
           const struct provider *provider)
{
    for (size_t i = 0; i < zone->record_count; i++)
        judge_record(check, zone, provider, &zone->records[i]);
    judge_sets(check, zone, provider);
}

/* A change batch has 1000 records, and each that is put counts twice. The
 * zone's own name servers are not put (emit/zone_route53.c). */
static void
judge_batch(struct check *check, const struct zone *zone)
{
    const struct provider *provider = &providers[ROUTE53];
    size_t count = 0;
    if (also_find(zone, provider) == NULL)
        return;
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        bool is_put = record->type != RECORD_NS ||
                      !is_str_equal(record->owner, zone->name);
        if (is_put && ++count == BATCH_MAX + 1)
            report(check, zone, provider, record,
                   STR("over 500 records in one change"));
    }
}

void
check_provider(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < PROVIDER_COUNT; k++) {
            if (mention_find(zone, &providers[k]) != NULL)
                judge_zone(check, zone, &providers[k]);
        }
        judge_batch(check, zone);
    }
}
