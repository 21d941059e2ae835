/*
 * Derived records: name servers, issuers, and the hosts of the environments.
 */
#include "resolve/zone_records.h"

#include "base/map.h"
#include "base/vec.h"
#include "ir/delivery.h"
#include "ir/issuer.h"

/* The zones while their records grow. */
struct derivation {
    struct arena *arena;
    const struct ir *ir;
    struct vec *records; /* of struct record, one list a zone */
    struct map placed;   /* owner -> record: has an address or a CNAME */
};

static void add_declared(struct derivation *derivation, size_t zone_index);
static void add_name_servers(struct derivation *derivation, size_t zone_index);
static void add_issuers(struct derivation *derivation, size_t zone_index);
static void add_used_issuers(struct derivation *derivation, size_t zone_index,
                             const struct value *word);
static void add_issuer(struct derivation *derivation, size_t zone_index,
                       struct map *seen, const struct value *word,
                       struct str domain);
static void add_caa(struct derivation *derivation, size_t zone_index,
                    const char *tag, const struct value *text);
static const struct value *field_new(struct arena *arena, enum value_kind kind,
                                     const char *text,
                                     const struct value *from);
static void add_environment(struct derivation *derivation,
                            const struct environment *environment);
static void add_address(struct derivation *derivation, size_t zone_index,
                        const struct environment *environment,
                        const struct served_host *host,
                        const struct value *address);
static void add_host(struct derivation *derivation,
                     const struct environment *environment,
                     const struct served_host *host);
static struct record *record_add(struct derivation *derivation,
                                 size_t zone_index, enum record_type type,
                                 struct span span);
static int64_t zone_ttl(const struct zone *zone);
static bool is_ipv6_value(const struct value *address);
static bool is_usable(const struct value *value);

void
resolve_zone_records(struct arena *arena, struct ir *ir)
{
    struct derivation derivation = {.arena = arena, .ir = ir};
    map_init(&derivation.placed, arena);
    derivation.records =
        arena_array(arena, ir->zone_count, sizeof *derivation.records);
    for (size_t i = 0; i < ir->zone_count; i++) {
        vec_init(&derivation.records[i], arena, sizeof(struct record));
        add_name_servers(&derivation, i);
        add_issuers(&derivation, i);
        add_declared(&derivation, i);
    }
    for (size_t i = 0; i < ir->environment_count; i++)
        add_environment(&derivation, ir->environments[i]);

    struct zone *zones = arena_array(arena, ir->zone_count, sizeof *zones);
    for (size_t i = 0; i < ir->zone_count; i++) {
        zones[i] = ir->zones[i];
        zones[i].records = derivation.records[i].items;
        zones[i].record_count = derivation.records[i].count;
    }
    ir->zones = zones;
}

static void
add_declared(struct derivation *derivation, size_t zone_index)
{
    const struct zone *zone = &derivation->ir->zones[zone_index];
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        struct record *copy = vec_add(&derivation->records[zone_index]);
        *copy = *record;
        if (is_address_record(record) || record->type == RECORD_CNAME)
            map_put(&derivation->placed, record->owner, record);
    }
}

static void
add_name_servers(struct derivation *derivation, size_t zone_index)
{
    const struct zone *zone = &derivation->ir->zones[zone_index];
    const struct value *list = zone->nameservers;
    for (size_t i = 0; list != NULL && i < list->item_count; i++) {
        const struct value *host = &list->items[i];
        if (!is_usable(host))
            continue;
        struct record *record =
            record_add(derivation, zone_index, RECORD_NS, host->span);
        record->fields[0] = host;
        if (is_value_known(zone->nameservers_ttl))
            record->ttl_seconds = zone->nameservers_ttl->number;
    }
}

static void
add_issuers(struct derivation *derivation, size_t zone_index)
{
    const struct zone *zone = &derivation->ir->zones[zone_index];
    if (zone->caa == NULL)
        return;
    for (size_t i = 0; i < zone->caa->item_count; i++) {
        const struct value *issuer = &zone->caa->items[i];
        if (is_value_known(issuer) && is_str_equal(issuer->text, STR("used")))
            add_used_issuers(derivation, zone_index, issuer);
        else
            add_caa(derivation, zone_index, "issue", issuer);
    }
    if (!is_usable(zone->report))
        return;
    struct value *report = arena_new(derivation->arena, sizeof *report);
    *report = *zone->report;
    if (report->kind == VALUE_TEXT)
        report->text =
            arena_format(derivation->arena, "mailto:{}", STRS(report->text));
    add_caa(derivation, zone_index, "iodef", report);
}

/* Those that certificates come from, and those of the services that names of
 * the zone lead to. */
static void
add_used_issuers(struct derivation *derivation, size_t zone_index,
                 const struct value *word)
{
    const struct ir *ir = derivation->ir;
    const struct zone *zone = &ir->zones[zone_index];
    struct map seen;
    map_init(&seen, derivation->arena);
    if (ir->tls != NULL)
        add_issuer(derivation, zone_index, &seen, word,
                   issuer_domain(ir->tls->issuer));
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type != RECORD_CNAME || !is_value_known(record->fields[0]))
            continue;
        const struct delivery *delivery =
            delivery_find(record->fields[0]->text);
        if (delivery == NULL)
            continue;
        struct str issuers = str_from(delivery->issuers);
        add_issuer(derivation, zone_index, &seen, word, str_cut(&issuers, ' '));
    }
}

static void
add_issuer(struct derivation *derivation, size_t zone_index, struct map *seen,
           const struct value *word, struct str domain)
{
    if (is_str_empty(domain) || map_find(seen, domain) != NULL)
        return;
    struct value *issuer = arena_new(derivation->arena, sizeof *issuer);
    *issuer = *word;
    issuer->text = domain;
    map_put(seen, domain, issuer);
    add_caa(derivation, zone_index, "issue", issuer);
}

static void
add_caa(struct derivation *derivation, size_t zone_index, const char *tag,
        const struct value *text)
{
    if (!is_usable(text))
        return;
    struct record *record =
        record_add(derivation, zone_index, RECORD_CAA, text->span);
    record->fields[0] = field_new(derivation->arena, VALUE_NUMBER, "", text);
    record->fields[1] = field_new(derivation->arena, VALUE_TEXT, tag, text);
    record->fields[2] = text;
}

/* A field that follows from what stands at `from`; a number is 0. */
static const struct value *
field_new(struct arena *arena, enum value_kind kind, const char *text,
          const struct value *from)
{
    struct value *value = arena_new(arena, sizeof *value);
    value->kind = kind;
    value->type = kind == VALUE_NUMBER ? TYPE_COUNT : TYPE_TEXT;
    value->text = str_from(text);
    value->span = from->span;
    value->origin = from->origin;
    return value;
}

static void
add_environment(struct derivation *derivation,
                const struct environment *environment)
{
    if (environment->ingress == NULL ||
        !is_usable(environment->ingress->address))
        return;
    for (size_t i = 0; i < environment->host_count; i++) {
        if (is_value_known(environment->hosts[i].name))
            add_host(derivation, environment, &environment->hosts[i]);
    }
}

static void
add_host(struct derivation *derivation, const struct environment *environment,
         const struct served_host *host)
{
    const struct ir *ir = derivation->ir;
    const struct value *name = host->name;
    const struct zone *zone = zone_find(ir, name->text);
    if (zone == NULL || zone->is_external ||
        map_find(&derivation->placed, name->text) != NULL)
        return;
    size_t zone_index = (size_t)(zone - ir->zones);
    add_address(derivation, zone_index, environment, host,
                environment->ingress->address);
    if (is_usable(environment->ingress->second_address))
        add_address(derivation, zone_index, environment, host,
                    environment->ingress->second_address);
    map_put(&derivation->placed, name->text, host);
}

static struct record *
add_record(struct derivation *derivation, size_t zone_index,
           const struct environment *environment,
           const struct served_host *host, const struct value *address)
{
    struct record *record = record_add(
        derivation, zone_index, is_ipv6_value(address) ? RECORD_AAAA : RECORD_A,
        host->name->span);
    record->owner = host->name->text;
    record->fields[0] = address;
    record->workload = host->workload;
    record->environment = environment;
    return record;
}

/* Below a host that previews take there are those of pull requests, which
 * nobody can list: `pr-7.HOST`. */
static void
add_address(struct derivation *derivation, size_t zone_index,
            const struct environment *environment,
            const struct served_host *host, const struct value *address)
{
    const struct preview *preview = derivation->ir->preview;
    add_record(derivation, zone_index, environment, host, address);
    if (preview == NULL || preview->from != environment ||
        host->workload == NULL)
        return;
    struct record *below =
        add_record(derivation, zone_index, environment, host, address);
    below->owner =
        arena_format(derivation->arena, "*.{}", STRS(host->name->text));
}

/* A record of the zone's own name, with its TTL. */
static struct record *
record_add(struct derivation *derivation, size_t zone_index,
           enum record_type type, struct span span)
{
    const struct zone *zone = &derivation->ir->zones[zone_index];
    struct record *record = vec_add(&derivation->records[zone_index]);
    *record = (struct record){.owner = zone->name,
                              .type = type,
                              .ttl_seconds = zone_ttl(zone),
                              .span = span,
                              .owner_span = span};
    return record;
}

/* A zone whose TTL is not known yet has no file either; see emit_zones. */
static int64_t
zone_ttl(const struct zone *zone)
{
    return is_value_known(zone->ttl) ? zone->ttl->number : 0;
}

static bool
is_ipv6_value(const struct value *address)
{
    return address->type == TYPE_IPV6 ||
           (address->kind == VALUE_TEXT && has_byte(address->text, ':'));
}

/* Something, or something to wait for. */
static bool
is_usable(const struct value *value)
{
    return value != NULL && !is_value_poison(value);
}
