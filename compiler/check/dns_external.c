/*
 * D29: names that external-dns writes, and that the zone holds as well.
 *
 * kubernetes-sigs.github.io/external-dns, "The TXT registry": beside the record
 * of a host stands a TXT record of the same name with the record's type before
 * it, and a prefix before both.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"

static const char *const registry_kinds[] = {"", "a-", "aaaa-", "cname-"};

static void
report(struct check *check, const struct zone *zone,
       const struct record *record, struct str host, const char *label,
       const char *help)
{
    struct diag *diag = diag_add(check->sink, DIAG_D29, record->owner_span,
                                 STRS(record->owner, host));
    diag_label(diag, label, NO_STRS);
    diag_note(diag, zone->span, "`external-dns` is said in this zone", NO_STRS);
    diag_help(diag, help, NO_STRS);
    diag_about(diag, record->owner);
}

static void
judge_host_records(struct check *check, const struct owners *owners,
                   struct str host)
{
    const struct owner *owner = owner_find(owners, host);
    for (size_t i = 0; owner != NULL && i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (!is_address_record(record) && record->type != RECORD_CNAME)
            continue;
        report(check, owners->zone, record, host,
               "external-dns writes this name, too",
               "take the record out: the host makes it");
        return;
    }
}

/* A CNAME stands alone at its name, and so without the registry's TXT. */
static void
judge_registry(struct check *check, const struct owners *owners,
               struct str host)
{
    const struct value *prefix = owners->zone->external_prefix;
    struct str before = is_value_known(prefix) ? prefix->text : STR("");
    for (size_t i = 0; i < sizeof registry_kinds / sizeof *registry_kinds;
         i++) {
        struct str name =
            arena_format(check->arena, "{}{}{}",
                         STRS(before, str_from(registry_kinds[i]), host));
        const struct owner *owner = owner_find(owners, name);
        const struct record *cname =
            owner == NULL || is_str_equal(name, host)
                ? NULL
                : owner_record_find(owner, RECORD_CNAME);
        if (cname != NULL)
            report(
                check, owners->zone, cname, host,
                "its registry has a TXT record here",
                "choose another `prefix` for it, here and in the controller");
    }
}

static void
judge_hosts(struct check *check, const struct owners *owners,
            const struct environment *environment)
{
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *host = environment->hosts[i].name;
        if (!is_value_known(host) ||
            zone_find(check->ir, host->text) != owners->zone)
            continue;
        judge_host_records(check, owners, host->text);
        judge_registry(check, owners, host->text);
    }
}

void
check_external_dns(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (!ir->zones[i].is_external)
            continue;
        const struct owners *owners = owners_of(check, &ir->zones[i]);
        for (size_t k = 0; k < ir->environment_count; k++)
            judge_hosts(check, owners, ir->environments[k]);
    }
}
