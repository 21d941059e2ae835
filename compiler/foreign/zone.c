/*
 * Lines of master files: directives, and what stands before a record's type.
 */
#include "foreign/zone.h"

#include "foreign/zone_reader.h"
#include "ir/domain.h"

/* Types that a signer makes, and types that have no row here (IANA). */
static const struct {
    const char *name;
    bool is_signers;
} other_types[] = {
    {"RRSIG", true},      {"NSEC", true},        {"NSEC3", true},
    {"NSEC3PARAM", true}, {"DNSKEY", true},      {"CDNSKEY", true},
    {"CDS", true},        {"ZONEMD", true},      {"AFSDB", false},
    {"APL", false},       {"CERT", false},       {"CSYNC", false},
    {"DHCID", false},     {"EUI48", false},      {"EUI64", false},
    {"HIP", false},       {"IPSECKEY", false},   {"ISDN", false},
    {"KEY", false},       {"KX", false},         {"L32", false},
    {"L64", false},       {"LP", false},         {"MB", false},
    {"MG", false},        {"MINFO", false},      {"MR", false},
    {"NID", false},       {"OPENPGPKEY", false}, {"PX", false},
    {"RP", false},        {"RT", false},         {"SIG", false},
    {"SPF", false},       {"URI", false},        {"WKS", false},
    {"X25", false},
};

enum { OTHER_COUNT = sizeof other_types / sizeof *other_types };
static const int64_t TTL_MAX = 2147483647; /* RFC 2181 8 */

static void read_file(struct zone_reader *reader,
                      const struct source_file *file);
static void read_line(struct zone_reader *reader);
static void read_directive(struct zone_reader *reader, struct zone_token word);
static void read_origin(struct zone_reader *reader);
static void read_default_ttl(struct zone_reader *reader);
static void read_include(struct zone_reader *reader);
static void follow_include(struct zone_reader *reader, struct zone_token path,
                           struct str origin);
static bool is_open(const struct zone_reader *reader,
                    const struct source_file *file);
static void read_record(struct zone_reader *reader, bool has_owner);
static bool read_owner(struct zone_reader *reader);
static bool read_ttl_and_class(struct zone_reader *reader, int64_t *ttl,
                               bool *has_ttl);
static bool is_class(struct str text, bool *is_internet);
static bool take_ttl(struct zone_reader *reader, struct zone_token token,
                     int64_t ttl);
static bool read_type(struct zone_reader *reader, struct record *record);
static bool report_other_type(struct zone_reader *reader,
                              struct zone_token token);
static bool default_ttl(struct zone_reader *reader, struct record *record);
static void report_ttl(struct zone_reader *reader, const struct record *record,
                       enum severity severity);
static void add_soa(struct zone_reader *reader, struct record *record,
                    bool has_ttl);
static bool is_apex_read(struct zone_reader *reader,
                         const struct record *record);
static const struct zone *finish(struct zone_reader *reader);
static void report_outside(struct zone_reader *reader,
                           const struct record *record);

const struct zone *
foreign_read_zone(const struct zone_source *source)
{
    struct zone zone = {.is_foreign = true};
    struct zone_reader reader = {
        .source = source,
        .arena = source->arena,
        .sink = source->sink,
        .origin = source->origin,
        .zone = &zone,
    };
    vec_init(&reader.records, source->arena, sizeof(struct record));
    read_file(&reader, source->file);
    return finish(&reader);
}

static void
read_file(struct zone_reader *reader, const struct source_file *file)
{
    struct zone_lexer lexer;
    struct zone_lexer *outer = reader->lexer;
    zone_lexer_init(&lexer, reader->sink, file);
    reader->lexer = &lexer;
    reader->open[reader->depth++] = file;
    while (!zone_lexer_is_over(&lexer))
        read_line(reader);
    reader->depth--;
    reader->lexer = outer;
}

static void
read_line(struct zone_reader *reader)
{
    bool is_blank = zone_lexer_is_blank(reader->lexer);
    struct zone_token first = zone_token_peek(reader->lexer);
    if (first.kind < ZONE_LINE_END) {
        if (first.kind == ZONE_WORD && has_prefix(first.text, STR("$")) &&
            !is_blank)
            read_directive(reader, zone_token_next(reader->lexer));
        else
            read_record(reader, !is_blank);
    }
    zone_lexer_skip_line(reader->lexer);
}

/* ---- directives --------------------------------------------------------- */

static void
read_directive(struct zone_reader *reader, struct zone_token word)
{
    if (is_zone_word(word, "$ORIGIN")) {
        read_origin(reader);
    } else if (is_zone_word(word, "$TTL")) {
        read_default_ttl(reader);
    } else if (is_zone_word(word, "$INCLUDE")) {
        read_include(reader);
    } else {
        struct diag *diag =
            report_zone_token(reader, "`$ORIGIN`, `$TTL` or `$INCLUDE`", word);
        diag_help(diag, "no standard knows another; write its records out",
                  NO_STRS);
    }
}

static bool
ends_directive(struct zone_reader *reader)
{
    struct zone_token token = zone_token_peek(reader->lexer);
    if (token.kind < ZONE_LINE_END)
        report_zone_token(reader, "the end of the line", token);
    return token.kind == ZONE_LINE_END || token.kind == ZONE_FILE_END;
}

static void
read_origin(struct zone_reader *reader)
{
    struct str name;
    if (read_zone_name(reader, zone_token_next(reader->lexer), &name) &&
        ends_directive(reader))
        reader->origin = name;
}

static void
read_default_ttl(struct zone_reader *reader)
{
    struct zone_token token = zone_token_next(reader->lexer);
    int64_t ttl;
    if (token.kind != ZONE_WORD || !zone_ttl_read(token.text, &ttl)) {
        report_zone_token(reader, "a number of seconds", token);
        return;
    }
    if (!take_ttl(reader, token, ttl) || !ends_directive(reader))
        return;
    reader->has_default_ttl = true;
    reader->default_ttl = ttl;
}

/* RFC 1035 5.1: `$INCLUDE FILE [ORIGIN]`; neither the origin nor the last owner
 * of the inner file stays. */
static void
read_include(struct zone_reader *reader)
{
    struct zone_token path = zone_token_next(reader->lexer);
    struct str origin = reader->origin;
    if (path.kind > ZONE_QUOTED) {
        report_zone_token(reader, "a file", path);
        return;
    }
    if (zone_token_peek(reader->lexer).kind < ZONE_LINE_END &&
        !read_zone_name(reader, zone_token_next(reader->lexer), &origin))
        return;
    if (ends_directive(reader))
        follow_include(reader, path, origin);
}

static void
follow_include(struct zone_reader *reader, struct zone_token path,
               struct str origin)
{
    struct str text;
    if (!read_zone_text(reader, path, &text))
        return;
    const struct source_file *file = reader->source->include(
        reader->source->context, reader->lexer->file, text, path.span);
    if (file == NULL)
        return;
    if (is_open(reader, file) || reader->depth > LIMIT_INCLUDE_DEPTH) {
        struct diag *diag =
            diag_add(reader->sink, DIAG_D42, path.span, STRS(text));
        diag_label(diag, "it includes itself, or the files nest too deep",
                   NO_STRS);
        return;
    }
    struct zone_reader inner = *reader;
    inner.origin = origin;
    read_file(&inner, file);
    reader->records = inner.records;
    reader->has_default_ttl = inner.has_default_ttl;
    reader->default_ttl = inner.default_ttl;
    reader->has_last_ttl = inner.has_last_ttl;
    reader->last_ttl = inner.last_ttl;
    reader->has_soa = inner.has_soa;
}

static bool
is_open(const struct zone_reader *reader, const struct source_file *file)
{
    for (size_t i = 0; i < reader->depth; i++) {
        if (is_str_equal(reader->open[i]->path, file->path))
            return true;
    }
    return false;
}

/* ---- records ------------------------------------------------------------ */

/* [OWNER] [TTL] [CLASS] TYPE FIELDS, or the class before the TTL. */
static void
read_record(struct zone_reader *reader, bool has_owner)
{
    struct record record = {.ttl_seconds = 0};
    bool has_ttl = false;
    if (has_owner ? !read_owner(reader) : !reader->has_owner) {
        if (!has_owner)
            report_zone_token(reader, "a name, which no line before has",
                              zone_token_peek(reader->lexer));
        return;
    }
    record.owner = reader->owner;
    record.owner_span = reader->owner_span;
    record.span = zone_token_peek(reader->lexer).span;
    if (has_owner)
        record.span = reader->owner_span;
    if (!read_ttl_and_class(reader, &record.ttl_seconds, &has_ttl))
        return;
    bool is_soa = is_zone_word(zone_token_peek(reader->lexer), "SOA");
    if (is_soa) {
        zone_token_next(reader->lexer);
        add_soa(reader, &record, has_ttl);
        return;
    }
    if (!read_type(reader, &record) ||
        (!has_ttl && !default_ttl(reader, &record)) ||
        !read_zone_fields(reader, &record))
        return;
    *(struct record *)vec_add(&reader->records) = record;
}

static bool
read_owner(struct zone_reader *reader)
{
    struct zone_token token = zone_token_next(reader->lexer);
    reader->has_owner = read_zone_name(reader, token, &reader->owner);
    reader->owner_span = token.span;
    return reader->has_owner;
}

static bool
read_ttl_and_class(struct zone_reader *reader, int64_t *ttl, bool *has_ttl)
{
    bool has_class = false;
    for (;;) {
        struct zone_token token = zone_token_peek(reader->lexer);
        bool is_internet;
        int64_t seconds;
        if (token.kind == ZONE_WORD && !*has_ttl &&
            zone_ttl_read(token.text, &seconds)) {
            *ttl = seconds;
            *has_ttl = true;
            if (!take_ttl(reader, token, *ttl))
                return false;
            reader->has_last_ttl = true;
            reader->last_ttl = *ttl;
        } else if (token.kind == ZONE_WORD && !has_class &&
                   is_class(token.text, &is_internet)) {
            has_class = true;
            if (!is_internet) {
                struct diag *diag = diag_add(reader->sink, DIAG_D41, token.span,
                                             STRS(token.text));
                diag_help(diag, "the internet's class is IN", NO_STRS);
                return false;
            }
        } else {
            return true;
        }
        zone_token_next(reader->lexer);
    }
}

/* RFC 1035 3.2.4, RFC 3597 5 */
static bool
is_class(struct str text, bool *is_internet)
{
    static const char *const others[] = {"CH",     "CHAOS", "HS", "CS",
                                         "HESIOD", "NONE",  "ANY"};
    int64_t number = 0;
    size_t prefix = STR("CLASS").len;
    bool is_numbered =
        text.len > prefix &&
        is_str_equal_nocase(str_slice(text, 0, prefix), STR("CLASS")) &&
        str_to_number(str_slice(text, prefix, text.len), &number);
    *is_internet =
        is_str_equal_nocase(text, STR("IN")) || (is_numbered && number == 1);
    if (*is_internet || is_numbered)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (is_str_equal_nocase(text, str_from(others[i])))
            return true;
    }
    return false;
}

static bool
take_ttl(struct zone_reader *reader, struct zone_token token, int64_t ttl)
{
    if (ttl <= TTL_MAX)
        return true;
    struct diag *diag =
        diag_add_as(reader->sink, DIAG_D12, SEVERITY_ERROR, token.span,
                    STRS(arena_number(reader->arena, ttl), STR("long")));
    diag_label(diag, "a TTL has 31 bits", NO_STRS);
    return false;
}

static bool
read_type(struct zone_reader *reader, struct record *record)
{
    struct zone_token token = zone_token_next(reader->lexer);
    if (token.kind == ZONE_WORD &&
        record_type_find(token.text, &record->type, &record->type_number))
        return true;
    if (token.kind == ZONE_WORD && report_other_type(reader, token))
        return false;
    report_zone_token(reader, "a record's type", token);
    return false;
}

static bool
report_other_type(struct zone_reader *reader, struct zone_token token)
{
    for (size_t i = 0; i < OTHER_COUNT; i++) {
        if (!is_zone_word(token, other_types[i].name))
            continue;
        struct diag *diag = diag_add_as(
            reader->sink, DIAG_D45,
            other_types[i].is_signers ? SEVERITY_INFO : SEVERITY_WARNING,
            token.span, STRS(token.text));
        diag_help(diag,
                  other_types[i].is_signers
                      ? "who signs the zone makes it anew"
                      : "write it as TYPEn and bytes (RFC 3597) to keep it",
                  NO_STRS);
        return true;
    }
    return false;
}

/* RFC 2308 4: $TTL; RFC 1035 5.1: the last one that was said. */
static bool
default_ttl(struct zone_reader *reader, struct record *record)
{
    if (!reader->has_default_ttl && !reader->has_last_ttl) {
        report_ttl(reader, record, SEVERITY_ERROR);
        return false;
    }
    record->ttl_seconds =
        reader->has_default_ttl ? reader->default_ttl : reader->last_ttl;
    return true;
}

static void
report_ttl(struct zone_reader *reader, const struct record *record,
           enum severity severity)
{
    struct diag *diag = diag_add_as(reader->sink, DIAG_D46, severity,
                                    record->span, STRS(record->owner));
    diag_label(diag, "name servers disagree on what it is then", NO_STRS);
    diag_help(diag, "begin the file with `$TTL`", NO_STRS);
}

static struct value *
ttl_value(struct zone_reader *reader, const struct record *record)
{
    struct value *value = arena_new(reader->arena, sizeof *value);
    value->kind = VALUE_NUMBER;
    value->type = TYPE_COUNT;
    value->number = record->ttl_seconds;
    value->span = record->span;
    return value;
}

/* A transfer ends with the SOA that it began with (RFC 5936 2.2). */
static void
add_soa(struct zone_reader *reader, struct record *record, bool has_ttl)
{
    struct zone zone = *reader->zone;
    reader->has_soa = true;
    if (!read_zone_soa(reader, &zone) || !is_apex_read(reader, record))
        return;
    if (!has_ttl && (reader->has_default_ttl || reader->has_last_ttl)) {
        default_ttl(reader, record);
    } else if (!has_ttl) {
        /* As BIND does, and from here on: RFC 2308 4 forbids it, and says
         * nothing else. A minimum may have a bit more than a TTL. */
        record->ttl_seconds = zone.minimum->number / 1000;
        bool is_ttl = record->ttl_seconds <= TTL_MAX;
        report_ttl(reader, record, is_ttl ? SEVERITY_WARNING : SEVERITY_ERROR);
        reader->has_default_ttl = true;
        reader->default_ttl = is_ttl ? record->ttl_seconds : TTL_MAX;
        if (!is_ttl)
            return;
    }
    if (reader->zone->serial == NULL) {
        zone.name = record->owner;
        zone.span = record->span;
        zone.ttl = ttl_value(reader, record);
        *reader->zone = zone;
        return;
    }
    if (is_str_equal(reader->zone->name, record->owner) &&
        reader->zone->serial->number == zone.serial->number)
        return;
    struct diag *diag = diag_add(reader->sink, DIAG_D43, record->span,
                                 STRS(STR("a second SOA record")));
    diag_note(diag, reader->zone->span, "the first one is here", NO_STRS);
    diag_help(diag, "one file holds one zone", NO_STRS);
}

/* RFC 4592 4.1 allows a wildcard that begins a zone, and lets it answer for
 * nothing else. */
static bool
is_apex_read(struct zone_reader *reader, const struct record *record)
{
    bool is_root = is_str_empty(record->owner);
    if (!is_root && !is_wildcard(record->owner))
        return true;
    struct diag *diag =
        diag_add(reader->sink, DIAG_D43, record->owner_span,
                 STRS(is_root ? STR("the SOA record of the root")
                              : STR("the SOA record of a wildcard")));
    diag_help(diag, "a zone is a name below the root, without a `*`", NO_STRS);
    return false;
}

/* ---- the whole ---------------------------------------------------------- */

static const struct zone *
finish(struct zone_reader *reader)
{
    struct zone *zone = arena_new(reader->arena, sizeof *zone);
    struct record *records = reader->records.items;
    size_t count = 0;
    *zone = *reader->zone;
    if (zone->serial == NULL && reader->has_soa)
        return NULL;
    if (zone->serial == NULL) {
        uint32_t start = reader->source->file->start;
        struct diag *diag =
            diag_add(reader->sink, DIAG_D43, (struct span){start, start},
                     STRS(STR("no SOA record")));
        diag_help(diag, "a zone begins with one", NO_STRS);
        return NULL;
    }
    for (size_t i = 0; i < reader->records.count; i++) {
        if (is_domain_inside(records[i].owner, zone->name))
            records[count++] = records[i];
        else
            report_outside(reader, &records[i]);
    }
    zone->records = records;
    zone->record_count = count;
    return zone;
}

static void
report_outside(struct zone_reader *reader, const struct record *record)
{
    struct diag *diag = diag_add(reader->sink, DIAG_D44, record->owner_span,
                                 STRS(record->owner, reader->zone->name));
    diag_note(diag, reader->zone->span, "the zone begins here", NO_STRS);
    diag_help(diag, "its own zone must hold it", NO_STRS);
}
