/*
 * Names, types, what must be there, and which versions know it.
 */
#include "foreign/fields.h"

#include "base/buf.h"
#include "diag/near.h"

static void report_unknown_kind(const struct fields *fields,
                                struct str api_version, struct span span);
static bool report_unserved(const struct fields *fields, struct str api_version,
                            struct span span);

void
check_fields(struct arena *arena, struct sink *sink, struct kind_types *types,
             const struct raw *object)
{
    struct str api_version = raw_text_at(object, STR("apiVersion"));
    struct fields fields = {.arena = arena,
                            .sink = sink,
                            .range = &types->range,
                            .kind = raw_text_at(object, STR("kind")),
                            .tries_left = TRIES_MAX};
    const struct raw *kind = raw_find(object, STR("kind"));
    const struct raw_type *type =
        kind_type_find(types, api_version, fields.kind);
    if (report_unserved(&fields, api_version,
                        raw_find(object, STR("apiVersion"))->span))
        return;
    if (type != NULL)
        check_value(&fields, NULL, type, kind->span, object);
    else
        report_unknown_kind(&fields, api_version, kind->span);
}

void
check_patch_fields(struct arena *arena, struct sink *sink,
                   const struct kube_range *range, struct str kind,
                   const struct raw_type *type, const struct raw *root)
{
    struct fields fields = {.arena = arena,
                            .sink = sink,
                            .range = range,
                            .kind = kind,
                            .is_patch = true};
    check_value(&fields, NULL, type, root->span, root);
}

/* ---- kinds -------------------------------------------------------------- */

static struct str
version_text(const struct fields *fields, int64_t minor)
{
    return arena_format(fields->arena, "1.{}",
                        STRS(arena_number(fields->arena, minor)));
}

/* Y22: true when it is said. */
static bool
report_unserved(const struct fields *fields, struct str api_version,
                struct span span)
{
    const struct kube_service *service =
        kube_unserved_find(fields->range, api_version, fields->kind);
    if (service == NULL)
        return false;
    bool is_gone = service->gone != 0 && fields->range->newest >= service->gone;
    int64_t minor = is_gone ? service->gone : service->since;
    int64_t refusing = fields->range->oldest;
    if (is_gone && refusing < service->gone)
        refusing = service->gone;
    struct diag *diag =
        diag_add(fields->sink, DIAG_Y22, span,
                 STRS(version_text(fields, refusing),
                      arena_format(fields->arena, "{} {}",
                                   STRS(api_version, fields->kind))));
    diag_label(diag, is_gone ? "it is gone since {}" : "it came with {}",
               STRS(version_text(fields, minor)));
    if (!is_str_empty(service->instead))
        diag_help(diag, "write `{}`, whose fields may be others",
                  STRS(service->instead));
    else if (!is_gone)
        diag_help(diag, "say `kubernetes {}..{}` in the project",
                  STRS(version_text(fields, minor),
                       version_text(fields, fields->range->newest)));
    return true;
}

static void
report_unknown_kind(const struct fields *fields, struct str api_version,
                    struct span span)
{
    const struct kube_kind *other =
        kube_kind_find_other(api_version, fields->kind);
    bool is_other =
        other != NULL && !is_str_equal(other->api_version, api_version);
    /* K07 tells these apart. */
    if (is_other && has_prefix(api_version, STR("external-secrets.io/")))
        return;
    struct diag *diag =
        diag_add_as(fields->sink, DIAG_Y06,
                    is_other ? SEVERITY_WARNING : SEVERITY_INFO, span,
                    STRS(arena_format(fields->arena, "{} {}",
                                      STRS(api_version, fields->kind))));
    diag_label(diag, "it is taken over as it stands", NO_STRS);
    if (is_other)
        diag_help(diag, "clusters of today serve `{}`",
                  STRS(other->api_version));
    else
        diag_help(diag, "`schema FILE` in the project says what its fields are",
                  NO_STRS);
}

/* ---- paths for messages ------------------------------------------------- */

static void
add_where(struct buf *buf, const struct where *where)
{
    if (where == NULL)
        return;
    add_where(buf, where->parent);
    if (is_str_empty(where->key)) {
        buf_byte(buf, '[');
        buf_number(buf, (int64_t)where->index);
        buf_byte(buf, ']');
        return;
    }
    if (where->parent != NULL)
        buf_byte(buf, '.');
    buf_add(buf, where->key);
}

struct str
where_text(const struct fields *fields, const struct where *where)
{
    struct buf buf;
    if (where == NULL)
        return fields->kind;
    buf_init(&buf, fields->arena);
    add_where(&buf, where);
    return buf_str(&buf);
}

/* ---- names -------------------------------------------------------------- */

static void
report_unknown_field(const struct fields *fields, const struct where *where,
                     const struct raw_type *type, const struct raw_entry *entry)
{
    struct diag *diag = diag_add(fields->sink, DIAG_Y03, entry->key_span,
                                 STRS(fields->kind, where_text(fields, where)));
    struct near near = {.wanted = entry->key};
    for (size_t i = 0; i < type->field_count; i++)
        near_offer(&near, type->fields[i].name);
    if (is_str_empty(near.best))
        return;
    diag_help(diag, "the nearest field is `{}`", STRS(near.best));
}

static void
advise_range(const struct fields *fields, int64_t since, struct diag *diag)
{
    diag_label(diag, "the project is for {} as well",
               STRS(version_text(fields, fields->range->oldest)));
    diag_help(diag, "say `kubernetes {}..{}` in the project, or leave it out",
              STRS(version_text(fields, since),
                   version_text(fields, fields->range->newest)));
}

/* Y21. */
static void
check_since(const struct fields *fields, const struct where *where,
            const struct raw_field *field, struct span span)
{
    if (field->since <= fields->range->oldest)
        return;
    advise_range(fields, field->since,
                 diag_add(fields->sink, DIAG_Y21, span,
                          STRS(fields->kind, where_text(fields, where),
                               version_text(fields, field->since))));
}

/* Y07, of a word that only newer versions take. */
static void
check_choice_since(const struct fields *fields, const struct where *where,
                   const struct raw_field *field, const struct raw *raw)
{
    int64_t since =
        raw->kind == RAW_TEXT ? kube_choice_since(field, raw->text) : 0;
    if (since <= fields->range->oldest)
        return;
    struct diag *diag = diag_add(fields->sink, DIAG_Y07, raw->span,
                                 STRS(where_text(fields, where), raw->text));
    diag_remark(diag, "Kubernetes {} brought it",
                STRS(version_text(fields, since)));
    advise_range(fields, since, diag);
}

static void
check_entry(struct fields *fields, const struct where *where,
            const struct raw_type *type, const struct raw_entry *entry)
{
    struct where inner = {.parent = where, .key = entry->key};
    const struct raw_field *field = raw_field_find(type, entry->key);
    const struct raw_type *its = field == NULL ? type->inner : field->type;
    if (fields->is_patch && has_prefix(entry->key, STR("$")))
        return;
    if (field == NULL && !type->is_open) {
        report_unknown_field(fields, &inner, type, entry);
        return;
    }
    if (field != NULL) {
        check_since(fields, &inner, field, entry->key_span);
        check_choice_since(fields, &inner, field, entry->value);
    }
    if (its != NULL)
        check_value(fields, &inner, its, entry->key_span, entry->value);
}

static void
check_required(const struct fields *fields, const struct where *where,
               const struct raw_type *type, struct span owner,
               const struct raw *raw)
{
    for (size_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_required)
            continue;
        struct str name = type->fields[i].name;
        const struct raw *found = raw_find(raw, name);
        if (found != NULL && found->kind != RAW_NULL)
            continue;
        struct where missing = {.parent = where, .key = name};
        diag_add(fields->sink, DIAG_Y05, owner,
                 STRS(fields->kind, where_text(fields, &missing)));
    }
}

/* ---- types -------------------------------------------------------------- */

static void
report_type(const struct fields *fields, const struct where *where,
            const struct raw_type *type, const struct raw *raw)
{
    struct diag *diag = diag_add(fields->sink, DIAG_Y04, raw->span,
                                 STRS(where_text(fields, where), type->wanted,
                                      raw_kind_name(raw->kind)));
    if (is_str_equal(type->wanted, STR("a text")) && raw->kind < RAW_TEXT)
        diag_help(diag, "put it in quotes", NO_STRS);
}

static void
check_items(struct fields *fields, const struct where *where,
            const struct raw_type *type, const struct raw *raw)
{
    for (size_t i = 0; type->inner != NULL && i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        struct where inner = {.parent = where, .index = i};
        check_value(fields, &inner, type->inner, entry->key_span, entry->value);
    }
}

static void
check_entries(struct fields *fields, const struct where *where,
              const struct raw_type *type, struct span owner,
              const struct raw *raw)
{
    for (size_t i = 0; i < raw->entry_count; i++)
        check_entry(fields, where, type, &raw->entries[i]);
    if (!fields->is_patch)
        check_required(fields, where, type, owner, raw);
}

void
check_value(struct fields *fields, const struct where *where,
            const struct raw_type *type, struct span owner,
            const struct raw *raw)
{
    /* To the API a null is a field that is left out. */
    if (raw->kind == RAW_NULL)
        return;
    if (!is_raw_kind_taken(type, raw->kind)) {
        report_type(fields, where, type, raw);
        return;
    }
    if (raw->kind == RAW_MAP)
        check_entries(fields, where, type, owner, raw);
    else if (raw->kind == RAW_LIST)
        check_items(fields, where, type, raw);
    check_content(fields, where, type, raw);
    if (type->way_count > 0 && !fields->is_patch)
        check_ways(fields, where, type, owner, raw);
}
