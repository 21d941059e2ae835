/*
 * Names that a record's type has no room for: hosts of master files, which
 * nobody has read as hosts (a program's are judged in resolve/), and wildcards
 * that hand over what nobody has declared.
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"

static void judge_cut(struct check *check, const struct owner *owner,
                      enum record_type type);
static bool is_hosts(enum record_type type);
static bool leads_to_host(enum record_type type);
static void judge_name(struct check *check, const struct zone *zone,
                       struct str name, struct span span);
static bool is_host_label(struct str label);

/* RFC 952, RFC 1123 2.1: D02 and D03. What is served already may go on: it is
 * refused when it becomes a program. */
void
check_served_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; zone->is_foreign && k < zone->record_count; k++) {
            const struct record *record = &zone->records[k];
            const struct value *target = record_field(record, FIELD_HOST);
            if (is_hosts(record->type))
                judge_name(check, zone, record->owner, record->owner_span);
            if (leads_to_host(record->type) && is_value_known(target))
                judge_name(check, zone, target->text, target->span);
        }
    }
}

/* RFC 4592 4.2 and 4.4: what a cut at a wildcard means, nothing says. */
void
check_wildcard_cut(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct owners *owners = owners_of(check, &check->ir->zones[i]);
        for (size_t k = 0; k < owner_count(owners); k++) {
            judge_cut(check, owner_at(owners, k), RECORD_NS);
            judge_cut(check, owner_at(owners, k), RECORD_DNAME);
        }
    }
}

static void
judge_cut(struct check *check, const struct owner *owner, enum record_type type)
{
    const struct record *record = owner_record_find(owner, type);
    if (record == NULL || !is_wildcard(owner->name))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D50, record->owner_span,
                 STRS(record_name(check->arena, record), owner->name));
    diag_help(diag, "hand over each name that is meant", NO_STRS);
    diag_about(diag, owner->name);
}

static bool
is_hosts(enum record_type type)
{
    return type == RECORD_A || type == RECORD_AAAA;
}

static bool
leads_to_host(enum record_type type)
{
    return type == RECORD_MX || type == RECORD_NS || type == RECORD_SRV;
}

static void
judge_name(struct check *check, const struct zone *zone, struct str name,
           struct span span)
{
    struct str rest = is_wildcard(name) ? domain_parent(name) : name;
    while (!is_str_empty(rest)) {
        struct str label = str_cut(&rest, '.');
        if (is_host_label(label))
            continue;
        struct diag *diag =
            diag_add_as(check->sink, has_byte(label, '_') ? DIAG_D03 : DIAG_D02,
                        SEVERITY_WARNING, span, STRS(name));
        diag_help(diag, "a host has letters, digits and hyphens inside",
                  NO_STRS);
        diag_about(diag, zone->name);
        return;
    }
}

static bool
is_host_label(struct str label)
{
    if (has_prefix(label, STR("-")) || has_suffix(label, STR("-")))
        return false;
    for (size_t i = 0; i < label.len; i++) {
        char byte = label.at[i];
        bool is_letter = byte >= 'a' && byte <= 'z';
        if (!is_letter && !is_ascii_digit(byte) && byte != '-')
            return false;
    }
    return true;
}
