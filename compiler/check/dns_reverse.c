/*
 * D37: addresses that have no name back. Other mail servers ask for one of a
 * mail host (RFC 1912 2.1); where the program has the reverse zone, of every
 * address in it.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/address.h"
#include "ir/domain.h"

/* In any zone: a CNAME leads on, and so do the servers of a smaller block. */
static bool
has_pointer(const struct check *check, struct str name)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct owner *owner =
            owner_find(owners_of(check, &check->ir->zones[i]), name);
        if (owner != NULL && (owner_record_find(owner, RECORD_PTR) != NULL ||
                              owner_record_find(owner, RECORD_CNAME) != NULL ||
                              owner_record_find(owner, RECORD_NS) != NULL))
            return true;
    }
    return false;
}

static struct map
mail_hosts_of(struct check *check, const struct zone *zone)
{
    struct map hosts;
    map_init(&hosts, check->arena);
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type == RECORD_MX && is_value_known(record->fields[1]))
            map_put(&hosts, record->fields[1]->text, record);
    }
    return hosts;
}

static bool
has_reverse_zone(const struct ir *ir)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (is_domain_inside(ir->zones[i].name, STR("arpa")))
            return true;
    }
    return false;
}

static void
judge_address(struct check *check, const struct record *record,
              bool is_mail_host)
{
    struct address address;
    if (!is_value_known(record->fields[0]) ||
        !address_read(record->fields[0]->text, &address))
        return;
    struct str name = address_reverse(check->arena, &address);
    const struct zone *reverse = zone_find(check->ir, name);
    if ((reverse == NULL && !is_mail_host) || has_pointer(check, name))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D37, record->fields[0]->span,
                                 STRS(record->fields[0]->text, record->owner));
    if (reverse == NULL)
        diag_label(diag, "others refuse mail from such a host", NO_STRS);
    if (reverse != NULL)
        diag_help(diag, "add `pointers` to the zone `{}`", STRS(reverse->name));
    else
        diag_help(diag, "ask who gave you the address for a PTR record to `{}`",
                  STRS(record->owner));
    diag_about(diag, record->owner);
}

void
check_reverse_names(struct check *check)
{
    bool has_reverse = has_reverse_zone(check->ir);
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        struct map mail_hosts = mail_hosts_of(check, zone);
        for (size_t k = 0; k < zone->record_count; k++) {
            const struct record *record = &zone->records[k];
            bool is_mail_host = map_find(&mail_hosts, record->owner) != NULL;
            if (is_address_record(record) && (has_reverse || is_mail_host))
                judge_address(check, record, is_mail_host);
        }
    }
}
