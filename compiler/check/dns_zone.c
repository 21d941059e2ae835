/*
 * What a zone says as a whole: its SOA, its name servers, its mail.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"
#include "ir/quantity.h"

enum {
    SECOND = 1000,
    REFRESH_MIN = 1200 * SECOND, /* RFC 1912 2.2 */
    REFRESH_MAX = 43200 * SECOND,
    EXPIRE_MIN = 1209600 * SECOND,
    MINIMUM_MIN = 300 * SECOND, /* RFC 2308 5 */
    MINIMUM_MAX = 3600 * SECOND,
    NAME_SERVERS_MIN = 2, /* RFC 2182 5 */
};
static const int64_t EXPIRE_MAX = 2419200LL * SECOND;

static void judge_soa(struct check *check, const struct zone *zone);
static void judge_bounds(struct check *check, const struct zone *zone,
                         const char *name, const struct value *time,
                         int64_t min, int64_t max);
static void report_soa(struct check *check, const struct zone *zone,
                       const char *name, const struct value *time,
                       struct str fault);
static void judge_name_servers(struct check *check, const struct zone *zone);
static void report_name_servers(struct check *check, const struct zone *zone,
                                enum severity severity, struct span span,
                                const char *number, const char *label);
static void judge_mailbox(struct check *check, const struct zone *zone);
static void judge_mail(struct check *check, const struct zone *zone);
static bool receives_mail(const struct owners *owners);
static void judge_policy(struct check *check, const struct owners *owners,
                         struct str owner_name, is_record_meant *is_meant,
                         const char *what, const char *help);
static bool has_text(const struct owner *owner, is_record_meant *is_meant);
static is_record_meant is_report_policy;
static const struct value *mailbox_find(const struct ir *ir,
                                        const struct zone *zone);
static bool is_mailbox_of(const struct value *email, const struct zone *zone);

void
check_soa_fields(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_soa(check, &check->ir->zones[i]);
}

/* RFC 1035 3.3.13: RNAME. */
void
check_zone_contact(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        if (zone->contact != NULL) {
            judge_mailbox(check, zone);
            continue;
        }
        struct diag *diag =
            diag_add(check->sink, DIAG_D17, zone->span, STRS(zone->name));
        diag_label(diag, "its SOA record must name somebody", NO_STRS);
        diag_help(diag, "add `contact` with an e-mail address", NO_STRS);
        diag_about(diag, zone->name);
    }
}

/* A master file writes the mailbox as a name: an `@` in it is a second one, and
 * one label alone has no domain behind it. */
static void
judge_mailbox(struct check *check, const struct zone *zone)
{
    if (!zone->is_foreign)
        return;
    struct str domain = mailbox_domain(zone->contact->text);
    if (domain.len > 0 && !has_byte(domain, '@'))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D17, zone->contact->span, STRS(zone->name));
    diag_label(diag, "expected a mailbox, a dot for its `@`, and its domain",
               NO_STRS);
    diag_help(diag, "write it like `hostmaster.{}.`", STRS(zone->name));
    diag_about(diag, zone->name);
}

void
check_name_server_count(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_name_servers(check, &check->ir->zones[i]);
}

/* RFC 4592: a wildcard answers for all that nobody has declared. One that
 * previews stand below is meant to. */
void
check_wildcard_record(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++) {
            const struct record *record = &zone->records[k];
            if (!is_wildcard(record->owner) || record->workload != NULL ||
                record->type == RECORD_NS || record->type == RECORD_DNAME)
                continue;
            struct diag *diag = diag_add(
                check->sink, DIAG_D26, record->owner_span, STRS(record->owner));
            diag_help(diag, "declare each name that is meant", NO_STRS);
            diag_about(diag, zone->name);
        }
    }
}

/* The MX, SPF (RFC 7208) and DMARC (RFC 7489) records that mail needs. */
void
check_mail(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_mail(check, &check->ir->zones[i]);
}

/* One message a field; what must be compared with a field that is wrong in
 * itself is not compared. */
static void
judge_soa(struct check *check, const struct zone *zone)
{
    judge_bounds(check, zone, "refresh", zone->refresh, REFRESH_MIN,
                 REFRESH_MAX);
    judge_bounds(check, zone, "expire", zone->expire, EXPIRE_MIN, EXPIRE_MAX);
    judge_bounds(check, zone, "minimum", zone->minimum, MINIMUM_MIN,
                 MINIMUM_MAX);
    if (!is_value_known(zone->retry) || !is_value_known(zone->refresh) ||
        zone->refresh->number < REFRESH_MIN ||
        zone->retry->number < zone->refresh->number)
        return;
    report_soa(
        check, zone, "retry", zone->retry,
        arena_format(check->arena, "not below its refresh of {}",
                     STRS(duration_text(check->arena, zone->refresh->number))));
}

static void
judge_bounds(struct check *check, const struct zone *zone, const char *name,
             const struct value *time, int64_t min, int64_t max)
{
    struct arena *arena = check->arena;
    if (!is_value_known(time) || (time->number >= min && time->number <= max))
        return;
    report_soa(check, zone, name, time,
               arena_format(
                   arena, "outside {} to {}",
                   STRS(duration_text(arena, min), duration_text(arena, max))));
}

static void
report_soa(struct check *check, const struct zone *zone, const char *name,
           const struct value *time, struct str fault)
{
    struct str shown = duration_text(check->arena, time->number);
    struct diag *diag = diag_add(check->sink, DIAG_D16, time->span,
                                 STRS(str_from(name), shown, fault));
    diag_help(diag, "without `{}`, the zone takes a time that fits",
              STRS(str_from(name)));
    diag_about(diag, zone->name);
}

static void
judge_name_servers(struct check *check, const struct zone *zone)
{
    const struct record *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type == RECORD_NS &&
            is_str_equal(record->owner, zone->name)) {
            last = record;
            count++;
        }
    }
    /* One that could not be read may be another. */
    if (has_value_poison(zone->nameservers))
        return;
    if (count == 0)
        report_name_servers(check, zone, SEVERITY_ERROR, zone->span,
                            "no name server", "nobody answers for it");
    else if (count < NAME_SERVERS_MIN)
        report_name_servers(check, zone, SEVERITY_WARNING, last->span,
                            "one name server only",
                            "when it is down, so is the zone");
}

static void
report_name_servers(struct check *check, const struct zone *zone,
                    enum severity severity, struct span span,
                    const char *number, const char *label)
{
    struct diag *diag = diag_add_as(check->sink, DIAG_D19, severity, span,
                                    STRS(zone->name, str_from(number)));
    diag_label(diag, label, NO_STRS);
    diag_help(diag, "name in `nameservers` all that serve the zone", NO_STRS);
    diag_about(diag, zone->name);
}

static void
judge_mail(struct check *check, const struct zone *zone)
{
    const struct owners *owners = owners_of(check, zone);
    if (receives_mail(owners)) {
        judge_policy(check, owners, zone->name, is_mail_policy, "an SPF record",
                     "add a TXT record at `@`: \"v=spf1 … -all\"");
        judge_policy(check, owners,
                     arena_format(check->arena, "_dmarc.{}", STRS(zone->name)),
                     is_report_policy, "a DMARC record",
                     "add a TXT record at `_dmarc`: \"v=DMARC1; p=…\"");
        return;
    }
    const struct value *mailbox = mailbox_find(check->ir, zone);
    if (mailbox == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D33, mailbox->span,
                                 STRS(zone->name, STR("an MX record")));
    diag_label(diag, "mail to this address has nowhere to go", NO_STRS);
    diag_note(diag, zone->span, "the zone is written here", NO_STRS);
    diag_help(diag, "add `record @ MX 10 HOST` to the zone", NO_STRS);
    diag_about(diag, zone->name);
}

/* An MX whose target is the root refuses all mail (RFC 7505). */
static bool
receives_mail(const struct owners *owners)
{
    const struct owner *apex = owner_find(owners, owners->zone->name);
    const struct record *mx =
        apex != NULL ? owner_record_find(apex, RECORD_MX) : NULL;
    return mx != NULL && (!is_value_known(record_target(mx)) ||
                          !is_str_empty(record_target(mx)->text));
}

static void
judge_policy(struct check *check, const struct owners *owners,
             struct str owner_name, is_record_meant *is_meant, const char *what,
             const char *help)
{
    const struct owner *apex = owner_find(owners, owners->zone->name);
    const struct owner *owner = owner_find(owners, owner_name);
    if (owner != NULL && has_text(owner, is_meant))
        return;
    const struct record *mx = owner_record_find(apex, RECORD_MX);
    struct diag *diag = diag_add(check->sink, DIAG_D33, mx->span,
                                 STRS(owners->zone->name, str_from(what)));
    diag_label(diag, "others may write in its name", NO_STRS);
    diag_help(diag, help, NO_STRS);
    diag_about(diag, owners->zone->name);
}

/* A text that is not known yet may be the one. */
static bool
has_text(const struct owner *owner, is_record_meant *is_meant)
{
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (record->type == RECORD_CNAME ||
            (record->type == RECORD_TXT &&
             (!is_value_known(record_field(record, FIELD_STRINGS)) ||
              is_meant(record))))
            return true;
    }
    return false;
}

/* Of a TXT record: RFC 7489 6.3, where capitals count. */
static bool
is_report_policy(const struct record *record)
{
    return has_prefix(record_field(record, FIELD_STRINGS)->text,
                      STR("v=DMARC1"));
}

/* An address in the zone that somebody is told to write to, or NULL. */
static const struct value *
mailbox_find(const struct ir *ir, const struct zone *zone)
{
    if (is_mailbox_of(zone->contact, zone))
        return zone->contact;
    if (is_mailbox_of(zone->report, zone))
        return zone->report;
    if (ir->tls != NULL && is_mailbox_of(ir->tls->contact, zone))
        return ir->tls->contact;
    for (size_t i = 0; i < ir->project->contact_count; i++) {
        if (is_mailbox_of(ir->project->contacts[i].email, zone))
            return ir->project->contacts[i].email;
    }
    return NULL;
}

static bool
is_mailbox_of(const struct value *email, const struct zone *zone)
{
    return is_value_known(email) &&
           is_str_equal_nocase(mailbox_domain(email->text), zone->name);
}
