/*
 * `allow CODE on OBJECT "reason" until DATE`: what it covers is taken out; an
 * allow that covers nothing, gives no reason or has expired is a fault itself.
 */
#include "check/check.h"

bool
is_structural(enum diag_code code)
{
    const char *text = diag_row(code)->code;
    return text[0] == 'L' || text[0] == 'N';
}

static bool
is_never_allowed(const struct check *check, enum diag_code code)
{
    const struct value *codes = check->ir->never_allow;
    if (codes == NULL || codes->kind != VALUE_LIST)
        return false;
    for (size_t i = 0; i < codes->item_count; i++) {
        enum diag_code forbidden;
        if (diag_code_find(codes->items[i].text, &forbidden) &&
            forbidden == code)
            return true;
    }
    return false;
}

/* `production` covers `production.api`. */
static bool
covers(struct str allowed, struct str object)
{
    if (is_str_empty(allowed) || is_str_equal(allowed, object))
        return true;
    return object.len > allowed.len && has_prefix(object, allowed) &&
           object.at[allowed.len] == '.';
}

/* Days are compared as text: YYYY-MM-DD sorts by time. */
static bool
is_expired(const struct check *check, const struct allow *allow)
{
    return is_value_known(allow->until) && !is_str_empty(check->today) &&
           str_compare(allow->until->text, check->today) < 0;
}

static bool
is_refused(const struct check *check, enum diag_code code)
{
    return is_structural(code) || is_never_allowed(check, code);
}

bool
is_allowed(const struct check *check, enum diag_code code, struct str object)
{
    for (size_t i = 0; i < check->ir->allow_count; i++) {
        const struct allow *allow = &check->ir->allows[i];
        enum diag_code allowed;
        if (covers(allow->object, object) &&
            diag_code_find(allow->code, &allowed) && allowed == code &&
            !is_refused(check, code) && !is_expired(check, allow))
            return true;
    }
    return false;
}

static void
report_refused(struct check *check, const struct allow *allow,
               enum diag_code code)
{
    struct diag *diag = diag_add(check->sink, DIAG_L16, allow->code_span,
                                 STRS(str_from(diag_row(code)->code)));
    if (is_structural(code))
        diag_label(diag, "a structural fault must be mended", NO_STRS);
    else
        diag_note(diag, check->ir->never_allow->span,
                  "the policy forbids it here", NO_STRS);
}

static bool
has_reason(const struct allow *allow)
{
    return allow->reason != NULL &&
           !is_str_empty(str_trim(allow->reason->text));
}

static void
report_no_reason(struct check *check, const struct allow *allow)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_L15, allow->code_span, STRS(allow->code));
    diag_help(diag, "say why, as a text behind the object", NO_STRS);
}

static size_t
withdraw_covered(struct check *check, const struct allow *allow,
                 enum diag_code code)
{
    size_t count = 0;
    for (size_t i = sink_count(check->sink); i-- > 0;) {
        struct diag *diag = sink_at(check->sink, i);
        if (diag->code != code || !covers(allow->object, diag->object))
            continue;
        diag_withdraw(diag);
        count++;
    }
    return count;
}

static bool
is_code_like(struct str text)
{
    return text.len == 3 && is_ascii_upper(text.at[0]) &&
           is_ascii_digit(text.at[1]) && is_ascii_digit(text.at[2]);
}

/* A code that this version has no rule for is unused, not unknown: programs
 * outlive compilers. */
static void
report_unused(struct check *check, const struct allow *allow)
{
    struct str object =
        is_str_empty(allow->object) ? STR("anything") : allow->object;
    struct diag *diag = diag_add(check->sink, DIAG_L13, allow->code_span,
                                 STRS(allow->code, object));
    diag_help(diag, "take it out, so that it cannot hide a later fault",
              NO_STRS);
}

static void
report_unknown(struct check *check, const struct allow *allow)
{
    if (is_code_like(allow->code))
        report_unused(check, allow);
    else
        diag_add(check->sink, DIAG_L07, allow->code_span,
                 STRS(STR("check"), allow->code));
}

static void
apply(struct check *check, const struct allow *allow, enum diag_code code)
{
    size_t covered = withdraw_covered(check, allow, code);
    if (!has_reason(allow))
        report_no_reason(check, allow);
    else if (covered == 0)
        report_unused(check, allow);
}

static void
check_allow(struct check *check, const struct allow *allow)
{
    enum diag_code code;
    if (!diag_code_find(allow->code, &code))
        report_unknown(check, allow);
    else if (is_refused(check, code))
        report_refused(check, allow, code);
    else if (is_expired(check, allow))
        diag_add(check->sink, DIAG_L14, allow->until->span,
                 STRS(allow->code, allow->until->text));
    else
        apply(check, allow, code);
}

void
check_allows(struct check *check)
{
    for (size_t i = 0; i < check->ir->allow_count; i++)
        check_allow(check, &check->ir->allows[i]);
}
