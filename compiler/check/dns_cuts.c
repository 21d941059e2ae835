/*
 * Where a zone ends: delegations (RFC 1034 4.2.1) and DNAMEs (RFC 6672 2.4).
 */
#include "check/check.h"
#include "check/owners.h"
#include "ir/domain.h"

/* ---- D38 ---------------------------------------------------------------- */

static bool
names_server(const struct zone *zone, struct str owner, struct str host)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        const struct value *target = record->fields[0];
        if (record->type == RECORD_NS && is_str_equal(record->owner, owner) &&
            (!is_value_known(target) || is_str_equal(target->text, host)))
            return true;
    }
    return false;
}

/* Each server that one zone names and the other does not. */
static void
judge_servers(struct check *check, const struct zone *says,
              const struct zone *lacks, struct str child)
{
    for (size_t i = 0; i < says->record_count; i++) {
        const struct record *record = &says->records[i];
        const struct value *target = record->fields[0];
        if (record->type != RECORD_NS || record->is_derived ||
            !is_str_equal(record->owner, child) || !is_value_known(target) ||
            names_server(lacks, child, target->text))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_D38, target->span,
                                     STRS(target->text, child));
        diag_note(diag, lacks->span, "the zone `{}` does not name it",
                  STRS(lacks->name));
        diag_help(diag,
                  "without NS records of `{}` here, they follow from its zone",
                  STRS(child));
        diag_about(diag, child);
    }
}

void
check_delegations(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->zone_count; i++) {
        const struct zone *child = &ir->zones[i];
        const struct zone *parent = zone_find(ir, domain_parent(child->name));
        if (parent == NULL)
            continue;
        judge_servers(check, parent, child, child->name);
        judge_servers(check, child, parent, child->name);
    }
}

/* ---- D39 ---------------------------------------------------------------- */

/* What ends the zone above that name, at it or higher; or NULL. */
static const struct record *
cut_find(const struct owners *owners, const struct record *record)
{
    struct str name = record->owner;
    bool is_below = false;
    while (name.len > owners->zone->name.len) {
        const struct owner *owner = owner_find(owners, name);
        const struct record *servers =
            owner == NULL ? NULL : owner_record_find(owner, RECORD_NS);
        const struct record *other =
            owner == NULL ? NULL : owner_record_find(owner, RECORD_DNAME);
        if (servers != NULL && (is_below || (record->type != RECORD_NS &&
                                             record->type != RECORD_DS)))
            return servers;
        if (other != NULL && is_below)
            return other;
        is_below = true;
        name = domain_parent(name);
    }
    const struct owner *apex = owner_find(owners, owners->zone->name);
    return apex == NULL || !is_below ? NULL
                                     : owner_record_find(apex, RECORD_DNAME);
}

/* An address of a name server is glue. */
static bool
is_glue(const struct owners *owners, const struct record *record)
{
    if (!is_address_record(record))
        return false;
    for (size_t i = 0; i < owners->zone->record_count; i++) {
        const struct record *other = &owners->zone->records[i];
        if (other->type == RECORD_NS &&
            (!is_value_known(other->fields[0]) ||
             is_str_equal(other->fields[0]->text, record->owner)))
            return true;
    }
    return false;
}

static void
judge_occluded(struct check *check, const struct owners *owners,
               const struct record *record)
{
    const struct record *cut = cut_find(owners, record);
    if (cut == NULL || (cut->type == RECORD_NS && is_glue(owners, record)))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_D39, record->owner_span,
        STRS(record_name(check->arena, record), record->owner, cut->owner));
    diag_label(diag, "nobody ever gets this answer", NO_STRS);
    diag_note(diag, cut->owner_span,
              cut->type == RECORD_NS ? "other servers answer from here on"
                                     : "all names below lead elsewhere",
              NO_STRS);
    diag_help(diag, "move it to where `{}` leads", STRS(cut->owner));
    diag_about(diag, owners->zone->name);
}

void
check_occluded_records(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        const struct owners *owners = owners_of(check, zone);
        for (size_t k = 0; k < zone->record_count; k++)
            judge_occluded(check, owners, &zone->records[k]);
    }
}
