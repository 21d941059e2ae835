/*
 * The environments' hosts against the zones' addresses, both ways.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"

static void judge_environment(struct check *check,
                              const struct environment *environment);
static bool is_judged(const struct ir *ir, const struct value *host);
static bool is_host_answered(const struct check *check, struct str host);
static void report_host(struct check *check,
                        const struct environment *environment,
                        const struct value *host);
static struct map served_hosts(struct check *check);
static const struct environment *ingress_owner_find(
    struct check *check, const struct record *record);
static bool is_address_of(struct check *check, const struct record *record,
                          const struct environment *environment);
static void judge_record(struct check *check, const struct record *record,
                         const struct map *served);
static void report_unserved(struct check *check, const struct record *record,
                            const struct environment *environment);
static void report_crossed(struct check *check, const struct record *record,
                           const struct served_host *host,
                           const struct environment *environment);

/* A program without zones keeps its DNS elsewhere. */
void
check_host_without_record(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; ir->zone_count > 0 && i < ir->environment_count; i++)
        judge_environment(check, ir->environments[i]);
}

void
check_host_records(struct check *check)
{
    struct map served = served_hosts(check);
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++)
            judge_record(check, &zone->records[k], &served);
    }
}

/* An environment without an address has one fault, however many hosts; who
 * allows it for one host has said nothing of the others. */
static void
judge_environment(struct check *check, const struct environment *environment)
{
    bool is_reported = false;
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *host = environment->hosts[i].name;
        if (!is_judged(check->ir, host) || is_host_answered(check, host->text))
            continue;
        bool is_inside = zone_find(check->ir, host->text) != NULL;
        if (!is_inside || !is_reported)
            report_host(check, environment, host);
        is_reported = is_reported ||
                      (is_inside && !is_allowed(check, DIAG_D30, host->text));
    }
}

/* Where a proof by DNS has no zone to write to, T01 speaks of the host. */
static bool
is_judged(const struct ir *ir, const struct value *host)
{
    bool is_unproved = ir->tls != NULL && ir->tls->proof == PROOF_DNS;
    return is_value_known(host) &&
           (zone_find(ir, host->text) != NULL || !is_unproved);
}

static bool
is_host_answered(const struct check *check, struct str host)
{
    const struct zone *zone = zone_find(check->ir, host);
    if (zone == NULL)
        return false;
    if (zone->is_external)
        return true;
    const struct owners *owners = owners_of(check, zone);
    const struct owner *owner = owner_find(owners, host);
    return owner != NULL ? has_owner_address(owner)
                         : is_owner_answered(owners, host);
}

static void
report_host(struct check *check, const struct environment *environment,
            const struct value *host)
{
    const struct zone *zone = zone_find(check->ir, host->text);
    struct diag *diag =
        diag_add(check->sink, DIAG_D30, host->span, STRS(host->text));
    diag_label(diag, "served in `{}`", STRS(environment->name));
    if (zone != NULL) {
        diag_note(diag, zone->span, "its zone would hold the record", NO_STRS);
        diag_help(diag, "give the ingress of `{}` its `address`",
                  STRS(environment->name));
    } else {
        diag_help(diag, "add a zone that the host lies in", NO_STRS);
    }
    diag_about(diag, host->text);
}

/* Name -> the first environment that serves it. */
static struct map
served_hosts(struct check *check)
{
    const struct ir *ir = check->ir;
    struct map served;
    map_init(&served, check->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t k = 0; k < environment->host_count; k++) {
            const struct served_host *host = &environment->hosts[k];
            if (is_value_known(host->name) &&
                map_find(&served, host->name->text) == NULL)
                map_put(&served, host->name->text, host);
        }
    }
    return served;
}

/* D31 for a name that nobody serves, D32 for one that another serves. */
static void
judge_record(struct check *check, const struct record *record,
             const struct map *served)
{
    bool is_address = is_address_record(record);
    if (!is_address || record->environment != NULL ||
        is_wildcard(record->owner))
        return;
    const struct environment *environment = ingress_owner_find(check, record);
    const struct served_host *host = map_find(served, record->owner);
    if (environment == NULL)
        return;
    if (host == NULL)
        report_unserved(check, record, environment);
    else if (!is_address_of(check, record, host->environment))
        report_crossed(check, record, host, environment);
}

/* The first environment whose ingress the record leads to, or NULL. */
static const struct environment *
ingress_owner_find(struct check *check, const struct record *record)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (is_address_of(check, record, environment))
            return environment;
    }
    return NULL;
}

static bool
is_address_of(struct check *check, const struct record *record,
              const struct environment *environment)
{
    if (environment->ingress == NULL || environment->ingress->address == NULL)
        return false;
    const struct ingress *ingress = environment->ingress;
    struct str key = address_key(check->arena, record_target(record));
    return !is_str_empty(key) &&
           (is_str_equal(key, address_key(check->arena, ingress->address)) ||
            (ingress->second_address != NULL &&
             is_str_equal(key,
                          address_key(check->arena, ingress->second_address))));
}

static void
report_unserved(struct check *check, const struct record *record,
                const struct environment *environment)
{
    struct diag *diag = diag_add(check->sink, DIAG_D31, record->owner_span,
                                 STRS(record->owner, environment->name));
    diag_note(diag, environment->ingress->address->span,
              "the ingress has this address", NO_STRS);
    diag_help(diag, "let a service of `{}` have it as a `host`, or remove it",
              STRS(environment->name));
    diag_about(diag, record->owner);
}

static void
report_crossed(struct check *check, const struct record *record,
               const struct served_host *host,
               const struct environment *environment)
{
    struct diag *diag = diag_add(
        check->sink, DIAG_D32, record_target(record)->span,
        STRS(record->owner, host->environment->name, environment->name));
    diag_label(diag, "the address of `{}`", STRS(environment->name));
    diag_note(diag, host->span, "served by this", NO_STRS);
    diag_help(diag, "remove the record: it follows from the host", NO_STRS);
    diag_about(diag, record->owner);
}
