/*
 * Records about mail that take each other back: whoever reads them may act on
 * none.
 */
#include "check/check.h"
#include "check/owners.h"

static void each_owner(struct check *check,
                       void (*judge)(struct check *check,
                                     const struct owner *owner));
static void judge_policies(struct check *check, const struct owner *owner);
static void judge_null(struct check *check, const struct owner *owner);
static const struct record *record_meant(const struct owner *owner,
                                         is_record_meant *is_meant,
                                         size_t index);
static bool is_null(const struct record *record);
static bool is_server(const struct record *record);

/* RFC 7208 4.5: of two policies, none counts. */
void
check_mail_policies(struct check *check)
{
    each_owner(check, judge_policies);
}

/* RFC 7505 3: a null MX stands alone. */
void
check_null_server(struct check *check)
{
    each_owner(check, judge_null);
}

static void
each_owner(struct check *check,
           void (*judge)(struct check *check, const struct owner *owner))
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct owners *owners = owners_of(check, &check->ir->zones[i]);
        for (size_t k = 0; k < owner_count(owners); k++)
            judge(check, owner_at(owners, k));
    }
}

static void
judge_policies(struct check *check, const struct owner *owner)
{
    const struct record *first = record_meant(owner, is_mail_policy, 0);
    const struct record *second = record_meant(owner, is_mail_policy, 1);
    if (second == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_D51,
                 record_field(second, FIELD_STRINGS)->span, STRS(owner->name));
    diag_label(diag, "receivers then take neither", NO_STRS);
    diag_note(diag, record_field(first, FIELD_STRINGS)->span,
              "the first one is here", NO_STRS);
    diag_help(diag, "put what both allow into one", NO_STRS);
    diag_about(diag, owner->name);
}

static void
judge_null(struct check *check, const struct owner *owner)
{
    const struct record *none = record_meant(owner, is_null, 0);
    const struct record *server = record_meant(owner, is_server, 0);
    if (none == NULL || server == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D52,
                                 record_target(none)->span, STRS(owner->name));
    diag_label(diag, "`.` says that there is no mail", NO_STRS);
    diag_note(diag, record_target(server)->span, "a server for it is here",
              NO_STRS);
    diag_help(diag, "keep one of them", NO_STRS);
    diag_about(diag, owner->name);
}

/* The record of that index among those that are meant, or NULL. */
static const struct record *
record_meant(const struct owner *owner, is_record_meant *is_meant, size_t index)
{
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (is_meant(record) && index-- == 0)
            return record;
    }
    return NULL;
}

static bool
is_null(const struct record *record)
{
    return record->type == RECORD_MX && is_value_known(record_target(record)) &&
           is_str_empty(record_target(record)->text);
}

static bool
is_server(const struct record *record)
{
    return record->type == RECORD_MX && is_value_known(record_target(record)) &&
           !is_str_empty(record_target(record)->text);
}
