/*
 * What a record's fields say, each read well and yet wrong together.
 */
#include "check/check.h"
#include "ir/domain.h"

typedef void judge_record(struct check *check, const struct zone *zone,
                          const struct record *record);

/* How long a digest of that type is, in bytes. */
struct digest_row {
    enum record_type record;
    size_t field; /* which one says the type of the digest */
    int64_t digest;
    const char *name;
    int64_t bytes;
};

static const struct digest_row digests[] = {
    {RECORD_DS, 2, 1, "SHA-1", 20},       /* RFC 4034 5.1.4 */
    {RECORD_DS, 2, 2, "SHA-256", 32},     /* RFC 4509 2 */
    {RECORD_DS, 2, 4, "SHA-384", 48},     /* RFC 6605 2 */
    {RECORD_SMIMEA, 2, 1, "SHA-256", 32}, /* RFC 8162 2 */
    {RECORD_SMIMEA, 2, 2, "SHA-512", 64},
    {RECORD_SSHFP, 1, 1, "SHA-1", 20},   /* RFC 4255 3.1.2 */
    {RECORD_SSHFP, 1, 2, "SHA-256", 32}, /* RFC 6594 3.2 */
    {RECORD_TLSA, 2, 1, "SHA-256", 32},  /* RFC 6698 2.1.3 */
    {RECORD_TLSA, 2, 2, "SHA-512", 64},
};

/* IANA: PKIX parameters, CAA properties; is its value an address to write to,
 * or does it name an authority? */
static const struct {
    const char *tag;
    bool is_address;
    bool is_issuer;
} caa_tags[] = {
    {"issue", false, true},         {"issuewild", false, true},
    {"issuemail", false, true},     {"issuevmc", false, true},
    {"iodef", true, false},         {"contactemail", false, false},
    {"contactphone", false, false},
};

enum { CAA_TAG_COUNT = sizeof caa_tags / sizeof *caa_tags, CAA_CRITICAL = 128 };

static void
each_record(struct check *check, judge_record *judge)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++)
            judge(check, zone, &zone->records[k]);
    }
}

/* ---- D22 ---------------------------------------------------------------- */

static void
report_caa(struct check *check, const struct zone *zone,
           const struct record *record, const struct value *field,
           struct str what, const char *help)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_D22,
                 is_span_nowhere(field->span) ? record->span : field->span,
                 STRS(record->owner, what));
    diag_help(diag, help, NO_STRS);
    diag_about(diag, zone->name);
}

static size_t
caa_tag_index(struct str tag)
{
    size_t i = 0;
    while (i < CAA_TAG_COUNT && !is_str_equal(tag, str_from(caa_tags[i].tag)))
        i++;
    return i;
}

/* RFC 8659 4.4: mailto, http or https, in any case (RFC 3986 3.1). */
static bool
is_report_address(struct str text)
{
    static const char *const starts[] = {"mailto:", "https://", "http://"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct str start = str_from(starts[i]);
        if (text.len >= start.len &&
            is_str_equal_nocase(str_slice(text, 0, start.len), start))
            return true;
    }
    return false;
}

/* RFC 8659 4.2: [DOMAIN] [; KEY=VALUE …] */
static bool
is_issuer_value(struct str text)
{
    struct str domain = str_trim(str_cut(&text, ';'));
    for (size_t i = 0; i < domain.len; i++) {
        char byte = domain.at[i];
        if (!is_ascii_alnum(byte) && byte != '-' && byte != '.')
            return false;
    }
    if (!is_str_empty(domain) && !has_byte(domain, '.'))
        return false;
    while (!is_str_empty(str_trim(text))) {
        if (!has_byte(str_cut(&text, ';'), '='))
            return false;
    }
    return true;
}

/* RFC 8659 4.1 */
static void
judge_caa(struct check *check, const struct zone *zone,
          const struct record *record)
{
    const struct value *flags = record->fields[0];
    const struct value *tag = record->fields[1];
    const struct value *value = record->fields[2];
    if (record->type != RECORD_CAA)
        return;
    if (is_value_known(flags) && flags->number != 0 &&
        flags->number != CAA_CRITICAL)
        report_caa(
            check, zone, record, flags,
            arena_format(check->arena, "the flags {}",
                         STRS(arena_number(check->arena, flags->number))),
            "write 0, or 128 for a tag that an authority must know");
    if (!is_value_known(tag) || !is_value_known(value))
        return;
    size_t row = caa_tag_index(tag->text);
    if (row == CAA_TAG_COUNT)
        report_caa(
            check, zone, record, tag,
            arena_format(check->arena, "the tag `{}`", STRS(tag->text)),
            "the tags are issue, issuewild, issuemail, issuevmc, iodef, contactemail and contactphone");
    else if (caa_tags[row].is_address && !is_report_address(value->text))
        report_caa(
            check, zone, record, value,
            arena_format(check->arena, "the value `{}`", STRS(value->text)),
            "write it like `mailto:ops@example.com`");
    else if (caa_tags[row].is_issuer && !is_issuer_value(value->text))
        report_caa(
            check, zone, record, value,
            arena_format(check->arena, "the value `{}`", STRS(value->text)),
            "write an authority's domain, or `;` for none");
}

void
check_caa_syntax(struct check *check)
{
    each_record(check, judge_caa);
}

/* ---- D49 ---------------------------------------------------------------- */

static void
judge_digest(struct check *check, const struct zone *zone,
             const struct record *record)
{
    const struct value *digest = record_field(record, FIELD_HEX);
    struct arena *arena = check->arena;
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        const struct digest_row *row = &digests[i];
        const struct value *type = record->fields[row->field];
        if (row->record != record->type || !is_value_known(type) ||
            type->number != row->digest || !is_value_known(digest) ||
            digest->text.len == (size_t)row->bytes * 2)
            continue;
        int64_t bytes = (int64_t)digest->text.len / 2;
        struct diag *diag =
            diag_add(check->sink, DIAG_D49, digest->span,
                     STRS(record_name(arena, record), record->owner,
                          arena_number(arena, bytes)));
        diag_label(diag, "a {} digest has {} bytes",
                   STRS(str_from(row->name), arena_number(arena, row->bytes)));
        diag_help(diag, "copy it again, or correct the digest's type", NO_STRS);
        diag_about(diag, zone->name);
    }
}

void
check_digest_length(struct check *check)
{
    each_record(check, judge_digest);
}

/* ---- D48 ---------------------------------------------------------------- */

/* RFC 9460 2.4.2: an alias says where to look, and nothing else. */
static void
judge_alias_mode(struct check *check, const struct zone *zone,
                 const struct record *record)
{
    const struct value *priority = record->fields[0];
    const struct value *list = record_field(record, FIELD_PARAMETERS);
    if (list == NULL || !is_value_known(list) || list->item_count == 0 ||
        !is_value_known(priority) || priority->number != 0)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D48, list->items[0].span,
                                 STRS(list->items[0].text));
    diag_label(diag, "the priority 0 makes an alias, which has no parameters",
               NO_STRS);
    diag_help(diag, "write the priority 1, or leave the parameters out",
              NO_STRS);
    diag_about(diag, zone->name);
}

void
check_alias_mode(struct check *check)
{
    each_record(check, judge_alias_mode);
}
