/*
 * D37: addresses that have no name back. Other mail servers ask for one of a
 * mail host (RFC 1912 2.1); where the program has the reverse zone, of every
 * address in it.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/address.h"

static bool
has_pointer(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        for (size_t k = 0; k < ir->zones[i].record_count; k++) {
            const struct record *record = &ir->zones[i].records[k];
            bool leads = record->type == RECORD_PTR ||
                         record->type == RECORD_CNAME ||
                         record->type == RECORD_NS;
            if (leads && is_str_equal(record->owner, name))
                return true;
        }
    }
    return false;
}

static bool
is_mail_host(const struct zone *zone, struct str name)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type == RECORD_MX && is_value_known(record->fields[1]) &&
            is_str_equal(record->fields[1]->text, name))
            return true;
    }
    return false;
}

static void
judge_address(struct check *check, const struct zone *zone,
              const struct record *record)
{
    struct address address;
    if (!is_address_record(record) || !is_value_known(record->fields[0]) ||
        !address_read(record->fields[0]->text, &address))
        return;
    struct str name = address_reverse(check->arena, &address);
    const struct zone *reverse = zone_find(check->ir, name);
    if ((reverse == NULL && !is_mail_host(zone, record->owner)) ||
        has_pointer(check->ir, name))
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
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++)
            judge_address(check, zone, &zone->records[k]);
    }
}
