/*
 * Where a zone's records lead: chains, targets, addresses, services.
 */
#include "check/check.h"
#include "ir/delivery.h"
#include "check/owners.h"
#include "ir/address.h"
#include "ir/domain.h"

#include <assert.h>

typedef void judge_target(struct check *check, const struct owners *owners,
                          const struct record *record);

static void each_target(struct check *check, judge_target *judge);
static judge_target judge_alias, judge_presence, judge_glue, judge_service;
static bool is_missing_host(const struct check *check, struct str target);
static bool is_dot_meant(struct check *check, const struct owners *owners,
                         const struct record *record);
static struct str relative_name(struct str name, struct str zone);
static bool is_host_found(const struct owners *owners,
                          const struct record *record);
static void judge_zone_addresses(struct check *check, const struct zone *zone);
static void judge_address(struct check *check, const struct zone *zone,
                          const struct value *value);
static const char *special_use(const struct address *address);

/* RFC 2181 10.2 and 10.3, RFC 2782. */
void
check_target_is_cname(struct check *check)
{
    each_target(check, judge_alias);
}

void
check_target_missing(struct check *check)
{
    each_target(check, judge_presence);
}

/* RFC 1034 4.2.1: nobody can ask a name server for its own address. */
void
check_glue_missing(struct check *check)
{
    each_target(check, judge_glue);
}

/* A service that one leaves gives the name to whoever asks for it next. */
void
check_dangling_cname(struct check *check)
{
    each_target(check, judge_service);
}

/* IANA special-purpose registries. */
void
check_address_scope(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_zone_addresses(check, &check->ir->zones[i]);
}

/* Each record whose target is a host that is known. */
static void
each_target(struct check *check, judge_target *judge)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        const struct owners *owners = owners_of(check, zone);
        for (size_t k = 0; k < zone->record_count; k++) {
            const struct record *record = &zone->records[k];
            const struct value *host = record_field(record, FIELD_HOST);
            if (is_value_known(host) && !is_str_empty(host->text))
                judge(check, owners, record);
        }
    }
}

static void
judge_alias(struct check *check, const struct owners *owners,
            const struct record *record)
{
    struct str target = record_target(record)->text;
    const struct owner *owner = owner_find(owners, target);
    bool wants_host = record->type == RECORD_MX || record->type == RECORD_NS ||
                      record->type == RECORD_SRV || record->type == RECORD_PTR;
    if (!wants_host || owner == NULL)
        return;
    const struct record *cname = owner_record_find(owner, RECORD_CNAME);
    if (cname == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D08, record_target(record)->span,
                 STRS(record_name(check->arena, record), target));
    diag_label(diag, "must be a name that has an address of its own", NO_STRS);
    diag_note(diag, cname->owner_span, "the CNAME is here", NO_STRS);
    if (is_value_known(record_target(cname)))
        diag_help(diag, "name `{}` itself", STRS(record_target(cname)->text));
    diag_about(diag, owners->zone->name);
}

static void
judge_presence(struct check *check, const struct owners *owners,
               const struct record *record)
{
    struct str target = record_target(record)->text;
    bool is_here = zone_find(check->ir, target) == owners->zone;
    if (record->type == RECORD_DNAME ||
        (record->is_dot_missing && is_dot_meant(check, owners, record)))
        return;
    if (record->type == RECORD_NS || !is_here ||
        is_host_found(owners, record) || is_missing_host(check, target))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D09, record_target(record)->span,
                 STRS(record_name(check->arena, record), target));
    diag_label(diag, "`{}` has no such record", STRS(owners->zone->name));
    diag_help(diag, "add `record {} A …`, or correct the name",
              STRS(relative_name(target, owners->zone->name)));
    diag_about(diag, owners->zone->name);
}

/* What it lacks, its environment lacks, and that is D30. */
static bool
is_missing_host(const struct check *check, struct str target)
{
    return host_environment_find(check->ir, target) != NULL &&
           !is_allowed(check, DIAG_D30, target);
}

/* A host with dots and none at its end is absolute in a program, and relative
 * in a master file. Where only the other reading leads anywhere, that one is
 * meant. True after the message. */
static bool
is_dot_meant(struct check *check, const struct owners *owners,
             const struct record *record)
{
    struct str zone = owners->zone->name;
    struct str target = record_target(record)->text;
    bool is_inside = is_domain_inside(target, zone);
    bool is_foreign = owners->zone->is_foreign;
    struct str other =
        is_foreign ? source_text(check->map, record_target(record)->span)
                   : arena_format(check->arena, "{}.{}", STRS(target, zone));
    bool leads_nowhere =
        is_foreign ? is_inside && !is_owner_answered(owners, target)
                   : !is_inside && zone_find(check->ir, target) == NULL &&
                         owner_find(owners, other) != NULL;
    if (!leads_nowhere)
        return false;
    struct diag *diag =
        diag_add(check->sink, DIAG_D10, record_target(record)->span,
                 STRS(record_name(check->arena, record), target));
    if (is_foreign)
        diag_help(diag, "if `{}` is meant, write `{}.` with a dot at its end",
                  STRS(other, other));
    else
        diag_help(diag, "write `{}`; or `{}.`, if that is meant",
                  STRS(other, target));
    diag_about(diag, zone);
    return true;
}

static struct str
relative_name(struct str name, struct str zone)
{
    return name.len == zone.len ? STR("@")
                                : str_slice(name, 0, name.len - zone.len - 1);
}

/* A CNAME or a NAPTR may lead to any record; mail and services need an
 * address. */
static bool
is_host_found(const struct owners *owners, const struct record *record)
{
    const struct owner *owner = owner_find(owners, record_target(record)->text);
    return owner != NULL && record->type != RECORD_CNAME &&
                   record->type != RECORD_NAPTR
               ? has_owner_address(owner)
               : is_owner_answered(owners, record_target(record)->text);
}

static void
judge_glue(struct check *check, const struct owners *owners,
           const struct record *record)
{
    struct str target = record_target(record)->text;
    if (record->type != RECORD_NS ||
        zone_find(check->ir, target) != owners->zone)
        return;
    const struct owner *owner = owner_find(owners, target);
    if (owner != NULL && has_owner_address(owner))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D20,
                                 record_target(record)->span, STRS(target));
    diag_label(diag, "lies in the zone that it serves", NO_STRS);
    diag_help(diag, "add its A record to the zone", NO_STRS);
    diag_about(diag, owners->zone->name);
}

static void
judge_service(struct check *check, const struct owners *owners,
              const struct record *record)
{
    const struct delivery *delivery =
        delivery_find(record_target(record)->text);
    if (record->type != RECORD_CNAME || delivery == NULL ||
        !delivery->is_claimable ||
        is_domain_inside(record_target(record)->text, owners->zone->name))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D27, record_target(record)->span,
                 STRS(record->owner, str_from(delivery->name)));
    diag_label(diag, "is it yours, and stays yours as long as the record?",
               NO_STRS);
    diag_help(diag, "if it is: `allow D27 on {} \"…\"`", STRS(record->owner));
    diag_about(diag, record->owner);
}

/* One message an address, however many hosts have it. */
static void
judge_zone_addresses(struct check *check, const struct zone *zone)
{
    struct map seen;
    const struct value *last = NULL; /* the hosts of one ingress share it */
    map_init(&seen, check->arena);
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        const struct value *target =
            is_address_record(record) ? record_target(record) : NULL;
        if (!is_value_known(target) || target == last)
            continue;
        last = target;
        struct str key = address_key(check->arena, target);
        if (map_find(&seen, key) != NULL)
            continue;
        map_put(&seen, key, record);
        judge_address(check, zone, target);
    }
}

static void
judge_address(struct check *check, const struct zone *zone,
              const struct value *value)
{
    struct address address;
    if (!address_read(value->text, &address))
        return;
    const char *use = special_use(&address);
    if (use == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D15, value->span,
                                 STRS(value->text, STR("a public address")));
    diag_label(diag, "{}", STRS(str_from(use)));
    diag_note(diag, zone->span, "`{}` shows it to the world", STRS(zone->name));
    diag_help(diag, "write the address that clients reach", NO_STRS);
    diag_about(diag, zone->name);
}

static const char *
special_use(const struct address *address)
{
    static const struct {
        struct str block;
        unsigned bits;
        const char *use;
    } blocks[] = {
#define BLOCK(block, bits, use) {STR_INIT(block), bits, use},
#include "check/addresses.def"
#undef BLOCK
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct address block;
        bool is_read = address_read(blocks[i].block, &block);
        assert(is_read);
        (void)is_read;
        if (is_address_inside(address, &block, blocks[i].bits))
            return blocks[i].use;
    }
    return NULL;
}
