/*
 * What may stand together in a zone: sets of records, names, texts, TTLs.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"
#include "ir/field.h"

enum {
    TTL_SHORT = 60,
    TTL_LONG = 86400,
    TEXT_LONG = 4096,
};

typedef void judge_owner(struct check *check, const struct zone *zone,
                         const struct owner *owner);
typedef void judge_record(struct check *check, const struct zone *zone,
                          const struct record *record);

static void each_owner(struct check *check, judge_owner *judge);
static void each_record(struct check *check, judge_record *judge);
static judge_owner judge_apex, judge_company, judge_cnames, judge_duplicates,
    judge_ttls;
static judge_record judge_name, judge_record_ttl, judge_text;
static const struct record *other_find(const struct owner *owner);
static void report_doubled(struct check *check, const struct zone *zone,
                           struct str name, struct span span);
static void judge_soa_names(struct check *check, const struct zone *zone);
static bool is_doubled(struct str name, struct str zone);
static void report_ttl(struct check *check, const struct zone *zone,
                       int64_t ttl, struct span span);
static struct diag *report_text(struct check *check, enum severity severity,
                                const struct zone *zone,
                                const struct record *record, const char *fault,
                                size_t number);

/* RFC 1034 3.6.2, RFC 1912 2.4: the SOA and the NS records are at the apex. */
void
check_cname_at_apex(struct check *check)
{
    each_owner(check, judge_apex);
}

/* RFC 2181 10.1. */
void
check_cname_and_other_data(struct check *check)
{
    each_owner(check, judge_company);
}

/* RFC 2181 10.1. */
void
check_multiple_cname(struct check *check)
{
    each_owner(check, judge_cnames);
}

/* RFC 2181 5. */
void
check_duplicate_record(struct check *check)
{
    each_owner(check, judge_duplicates);
}

/* RFC 2181 5.2. */
void
check_rrset_ttl(struct check *check)
{
    each_owner(check, judge_ttls);
}

/* The slip of a name that was written whole where a relative one is meant. */
void
check_doubled_origin(struct check *check)
{
    each_record(check, judge_name);
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        if (check->ir->zones[i].is_foreign)
            judge_soa_names(check, &check->ir->zones[i]);
    }
}

/* RFC 1912 2.2. What has over 31 bits (RFC 2181 8) is no number here. */
void
check_ttl_range(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        if (is_value_known(zone->ttl))
            report_ttl(check, zone, zone->ttl->number, zone->ttl->span);
    }
    each_record(check, judge_record_ttl);
}

/* RFC 1035 3.3.14. */
void
check_text_size(struct check *check)
{
    each_record(check, judge_text);
}

static void
each_owner(struct check *check, judge_owner *judge)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        const struct owners *owners = owners_of(check, zone);
        for (size_t k = 0; k < owner_count(owners); k++)
            judge(check, zone, owner_at(owners, k));
    }
}

static void
each_record(struct check *check, judge_record *judge)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++)
            judge(check, zone, &zone->records[k]);
    }
}

static void
judge_apex(struct check *check, const struct zone *zone,
           const struct owner *owner)
{
    const struct record *cname = owner_record_find(owner, RECORD_CNAME);
    if (cname == NULL || !is_str_equal(owner->name, zone->name))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D04, cname->owner_span, STRS(zone->name));
    diag_label(diag, "the zone's own name holds its SOA and NS records",
               NO_STRS);
    diag_help(diag, "give it an A record, or move the CNAME to `www`", NO_STRS);
    diag_about(diag, zone->name);
}

static void
judge_company(struct check *check, const struct zone *zone,
              const struct owner *owner)
{
    const struct record *cname = owner_record_find(owner, RECORD_CNAME);
    const struct record *other = other_find(owner);
    if (cname == NULL || other == NULL || is_str_equal(owner->name, zone->name))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D05, cname->owner_span, STRS(owner->name));
    diag_label(diag, "a CNAME stands alone at its name", NO_STRS);
    diag_note(diag, other->owner_span, "here it has a record of type {}",
              STRS(record_name(check->arena, other)));
    diag_help(diag, "keep one of the two, or give the other its own name",
              NO_STRS);
    diag_about(diag, zone->name);
}

/* The first record that is no CNAME, or NULL. */
static const struct record *
other_find(const struct owner *owner)
{
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (record->type != RECORD_CNAME)
            return record;
    }
    return NULL;
}

static void
judge_cnames(struct check *check, const struct zone *zone,
             const struct owner *owner)
{
    const struct record *first = owner_record_find(owner, RECORD_CNAME);
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (record->type != RECORD_CNAME || record == first ||
            !is_value_known(record_target(record)) ||
            !is_value_known(record_target(first)) ||
            is_str_equal(record_target(record)->text,
                         record_target(first)->text))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_D06, record_target(record)->span,
                     STRS(owner->name));
        diag_label(diag, "leads elsewhere", NO_STRS);
        diag_note(diag, record_target(first)->span, "the first one leads here",
                  NO_STRS);
        diag_help(diag, "keep one: a name has one canonical name", NO_STRS);
        diag_about(diag, zone->name);
        return;
    }
}

static void
judge_duplicates(struct check *check, const struct zone *zone,
                 const struct owner *owner)
{
    struct map seen;
    if (owner_record_count(owner) < 2)
        return;
    map_init(&seen, check->arena);
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        struct str says = record_key(check->arena, record);
        struct str key = arena_format(
            check->arena, "{} {}",
            STRS(arena_number(check->arena, record->ttl_seconds), says));
        const struct record *first = map_find(&seen, key);
        if (is_str_empty(says))
            continue;
        if (first == NULL) {
            map_put(&seen, key, record);
            continue;
        }
        struct diag *diag =
            diag_add(check->sink, DIAG_D14, record->owner_span,
                     STRS(owner->name, record_name(check->arena, record)));
        diag_label(diag, "says what is already said", NO_STRS);
        diag_note(diag, first->owner_span, "first said here", NO_STRS);
        diag_help(diag, "remove one of the two", NO_STRS);
        diag_about(diag, zone->name);
    }
}

static void
judge_ttls(struct check *check, const struct zone *zone,
           const struct owner *owner)
{
    const struct record *firsts[RECORD_TYPE_COUNT] = {NULL};
    bool is_reported[RECORD_TYPE_COUNT] = {false};
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        const struct record *first = firsts[record->type];
        if (first == NULL)
            firsts[record->type] = record;
        if (first == NULL || is_reported[record->type] ||
            first->ttl_seconds == record->ttl_seconds ||
            first->type_number != record->type_number)
            continue;
        is_reported[record->type] = true;
        struct arena *arena = check->arena;
        struct diag *diag =
            diag_add(check->sink, DIAG_D13, record->owner_span,
                     STRS(record_name(check->arena, record), owner->name));
        diag_label(diag, "{} seconds",
                   STRS(arena_number(arena, record->ttl_seconds)));
        diag_note(diag, first->owner_span, "{} seconds",
                  STRS(arena_number(arena, first->ttl_seconds)));
        diag_help(diag, "give all of them one `ttl`", NO_STRS);
        diag_about(diag, zone->name);
    }
}

static void
judge_name(struct check *check, const struct zone *zone,
           const struct record *record)
{
    if (is_doubled(record->owner, zone->name))
        report_doubled(check, zone, record->owner, record->owner_span);
    const struct value *host = record_field(record, FIELD_HOST);
    /* Of a master file, the missing dot (D10) says it. */
    bool is_said = zone->is_foreign && record->is_dot_missing;
    if (!is_said && is_value_known(host) && is_doubled(host->text, zone->name))
        report_doubled(check, zone, host->text, host->span);
}

/* In a program they are written whole. */
static void
judge_soa_names(struct check *check, const struct zone *zone)
{
    struct str primary = zone->primary->text;
    struct str domain = mailbox_domain(zone->contact->text);
    if (is_doubled(primary, zone->name))
        report_doubled(check, zone, primary, zone->primary->span);
    if (is_doubled(domain, zone->name))
        report_doubled(check, zone, domain, zone->contact->span);
}

static bool
is_doubled(struct str name, struct str zone)
{
    return name.len > zone.len && is_domain_inside(name, zone) &&
           is_domain_inside(str_slice(name, 0, name.len - zone.len - 1), zone);
}

static void
report_doubled(struct check *check, const struct zone *zone, struct str name,
               struct span span)
{
    struct str meant = str_slice(name, 0, name.len - zone->name.len - 1);
    struct diag *diag = diag_add(check->sink, DIAG_D11, span, STRS(name));
    diag_label(diag, "a name is relative to its zone", NO_STRS);
    diag_help(diag, "if `{}` is meant, write `{}.` with a dot at its end",
              STRS(meant, meant));
    diag_about(diag, zone->name);
}

/* What has the zone's TTL is the zone's fault. */
static void
judge_record_ttl(struct check *check, const struct zone *zone,
                 const struct record *record)
{
    bool is_own =
        is_value_known(zone->ttl) && record->ttl_seconds != zone->ttl->number;
    if (is_own)
        report_ttl(check, zone, record->ttl_seconds, record->span);
}

static void
report_ttl(struct check *check, const struct zone *zone, int64_t ttl,
           struct span span)
{
    if (ttl >= TTL_SHORT && ttl <= TTL_LONG)
        return;
    struct diag *diag =
        diag_add_as(check->sink, DIAG_D12,
                    ttl < 1 ? SEVERITY_ERROR : SEVERITY_WARNING, span,
                    STRS(arena_number(check->arena, ttl),
                         ttl < TTL_SHORT ? STR("short") : STR("long")));
    diag_label(diag,
               ttl < TTL_SHORT ? "resolvers ask again each time"
                               : "a change is seen only after days",
               NO_STRS);
    diag_help(diag, "choose 60 to 86400 seconds", NO_STRS);
    diag_about(diag, zone->name);
}

static void
judge_text(struct check *check, const struct zone *zone,
           const struct record *record)
{
    const struct value *strings = record_field(record, FIELD_STRINGS);
    if (!is_value_known(strings))
        return;
    struct str text = strings->text;
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x80)
            continue;
        struct diag *diag = report_text(check, SEVERITY_ERROR, zone, record,
                                        "is not ASCII from byte {} on", i + 1);
        diag_help(diag, "no reader of TXT records agrees with another on it",
                  NO_STRS);
        return;
    }
    if (text.len > TEXT_LONG) {
        struct diag *diag = report_text(check, SEVERITY_WARNING, zone, record,
                                        "has {} bytes", text.len);
        diag_help(diag, "answers over 4096 bytes are often lost", NO_STRS);
    } else if (text.len > CHARACTER_STRING_MAX) {
        report_text(
            check, SEVERITY_INFO, zone, record, "is written in {} strings",
            (text.len + CHARACTER_STRING_MAX - 1) / CHARACTER_STRING_MAX);
    }
}

static struct diag *
report_text(struct check *check, enum severity severity,
            const struct zone *zone, const struct record *record,
            const char *fault, size_t number)
{
    struct str shown = arena_format(
        check->arena, fault, STRS(arena_number(check->arena, (int64_t)number)));
    struct diag *diag = diag_add_as(check->sink, DIAG_D21, severity,
                                    record_field(record, FIELD_STRINGS)->span,
                                    STRS(record->owner, shown));
    diag_about(diag, zone->name);
    return diag;
}
