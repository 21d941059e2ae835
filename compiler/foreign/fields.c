/*
 * Names, types, what must be there, which words may stand there.
 */
#include "foreign/fields.h"

#include "base/buf.h"
#include "diag/near.h"
#include "ir/kubernetes.h"

/* Where in the object we are: a chain up to its root. */
struct where {
    const struct where *parent; /* NULL: the object itself */
    struct str key;             /* empty: an item of a list */
    size_t index;
};

struct fields {
    struct arena *arena;
    struct sink *sink;
    struct str kind;
    bool is_patch; /* it says a part, and how that is merged */
};

static void report_unknown_kind(const struct fields *fields,
                                struct str api_version, struct span span);
static void check_value(const struct fields *fields, const struct where *where,
                        struct str type, struct span owner,
                        const struct raw *raw);
static void check_shape(const struct fields *fields, const struct where *where,
                        struct str shape, struct span owner,
                        const struct raw *raw);
static void check_word(const struct fields *fields, const struct where *where,
                       struct str type, const struct raw *raw);
static void check_choice(const struct fields *fields, const struct where *where,
                         struct str choices, const struct raw *raw);

void
check_fields(struct arena *arena, struct sink *sink, const struct raw *object)
{
    struct str api_version = raw_text_at(object, STR("apiVersion"));
    struct fields fields = {arena, sink, raw_text_at(object, STR("kind")),
                            false};
    const struct raw *kind = raw_find(object, STR("kind"));
    const struct kube_kind *known = kube_kind_find(api_version, fields.kind);
    if (known != NULL && !is_str_empty(known->shape)) {
        check_shape(&fields, NULL, known->shape, kind->span, object);
        return;
    }
    report_unknown_kind(&fields, api_version, kind->span);
}

void
check_patch_fields(struct arena *arena, struct sink *sink, struct str kind,
                   struct str shape, const struct raw *root)
{
    struct fields fields = {arena, sink, kind, true};
    check_shape(&fields, NULL, shape, root->span, root);
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

/* `spec.containers[0].image` */
static struct str
path_text(const struct fields *fields, const struct where *where)
{
    struct buf buf;
    buf_init(&buf, fields->arena);
    add_where(&buf, where);
    return buf_str(&buf);
}

/* ---- names -------------------------------------------------------------- */

static void
report_unknown_field(const struct fields *fields, const struct where *where,
                     struct str shape, const struct raw_entry *entry)
{
    struct diag *diag = diag_add(fields->sink, DIAG_Y03, entry->key_span,
                                 STRS(fields->kind, path_text(fields, where)));
    struct near near = {.wanted = entry->key};
    struct str rest = kube_fields(shape);
    struct kube_field field;
    while (kube_field_next(&rest, &field))
        near_offer(&near, field.name);
    if (is_str_empty(near.best))
        return;
    diag_help(diag, "the nearest field is `{}`", STRS(near.best));
}

static void
check_required(const struct fields *fields, const struct where *where,
               struct str shape, struct span owner, const struct raw *raw)
{
    struct str rest = kube_fields(shape);
    struct kube_field field;
    while (kube_field_next(&rest, &field)) {
        const struct raw *found = raw_find(raw, field.name);
        if (!field.is_required || (found != NULL && found->kind != RAW_NULL))
            continue;
        struct where missing = {.parent = where, .key = field.name};
        diag_add(fields->sink, DIAG_Y05, owner,
                 STRS(fields->kind, path_text(fields, &missing)));
    }
}

static void
check_shape(const struct fields *fields, const struct where *where,
            struct str shape, struct span owner, const struct raw *raw)
{
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        struct where inner = {.parent = where, .key = entry->key};
        struct kube_field field;
        if (fields->is_patch && has_prefix(entry->key, STR("$")))
            continue;
        if (!kube_field_find(shape, entry->key, &field))
            report_unknown_field(fields, &inner, shape, entry);
        else if (!is_str_equal(field.name, STR("*")))
            check_value(fields, &inner, field.type, entry->key_span,
                        entry->value);
    }
    if (!fields->is_patch)
        check_required(fields, where, shape, owner, raw);
}

/* ---- types -------------------------------------------------------------- */

static void
report_type(const struct fields *fields, const struct where *where,
            struct str wanted, const struct raw *raw)
{
    struct diag *diag = diag_add(
        fields->sink, DIAG_Y04, raw->span,
        STRS(path_text(fields, where), wanted, raw_kind_name(raw->kind)));
    if (is_str_equal(wanted, STR("a text")) && raw->kind < RAW_TEXT)
        diag_help(diag, "put it in quotes", NO_STRS);
}

static void
check_items(const struct fields *fields, const struct where *where,
            struct str type, enum raw_kind wanted, const struct raw *raw)
{
    if (raw->kind != wanted) {
        report_type(fields, where, raw_kind_name(wanted), raw);
        return;
    }
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        struct where inner = {.parent = where, .key = entry->key, .index = i};
        check_value(fields, &inner, type, entry->key_span, entry->value);
    }
}

static void
check_value(const struct fields *fields, const struct where *where,
            struct str type, struct span owner, const struct raw *raw)
{
    struct kube_type known = kube_type_of(type);
    /* To the API a null is a field that is left out. */
    if (raw->kind == RAW_NULL || is_str_equal(type, STR("any")))
        return;
    switch (known.form) {
    case KUBE_LIST:
        check_items(fields, where, known.inner, RAW_LIST, raw);
        return;
    case KUBE_MAP:
        check_items(fields, where, known.inner, RAW_MAP, raw);
        return;
    case KUBE_CHOICE:
        check_choice(fields, where, known.inner, raw);
        return;
    case KUBE_WORD:
        check_word(fields, where, type, raw);
        return;
    case KUBE_SHAPE:
        if (raw->kind == RAW_MAP)
            check_shape(fields, where, type, owner, raw);
        else
            report_type(fields, where, STR("a map"), raw);
        return;
    }
}

static bool
is_quantity(struct str text)
{
    static const char *const units[] = {"",   "n",  "u",  "m", "k",  "M",
                                        "G",  "T",  "P",  "E", "Ki", "Mi",
                                        "Gi", "Ti", "Pi", "Ei"};
    size_t at = 0;
    bool has_digit = false;
    if (has_prefix(text, STR("-")) || has_prefix(text, STR("+")))
        text = str_slice(text, 1, text.len);
    for (bool has_point = false; at < text.len; at++) {
        bool is_point = text.at[at] == '.' && !has_point;
        if (!is_ascii_digit(text.at[at]) && !is_point)
            break;
        has_point = has_point || is_point;
        has_digit = has_digit || !is_point;
    }
    struct str unit = str_slice(text, at, text.len);
    if (has_digit && unit.len > 1 && ascii_lower(unit.at[0]) == 'e') {
        int64_t power;
        bool is_signed = unit.at[1] == '-' || unit.at[1] == '+';
        return str_to_number(str_slice(unit, is_signed ? 2 : 1, unit.len),
                             &power);
    }
    for (size_t i = 0; has_digit && i < sizeof units / sizeof units[0]; i++) {
        if (is_str_equal(unit, str_from(units[i])))
            return true;
    }
    return false;
}

/* The words that kubernetes.def says types with, beside shapes. */
struct word_type {
    struct str word;
    struct str wanted;
    uint32_t kinds; /* bits by enum raw_kind */
};

#define TAKES(kind) (UINT32_C(1) << RAW_##kind)

static const struct word_type word_types[] = {
    {STR_INIT("bool"), STR_INIT("a bool"), TAKES(BOOL)},
    {STR_INIT("bytes"), STR_INIT("a text"), TAKES(TEXT)},
    {STR_INIT("integer"), STR_INIT("a whole number"), TAKES(INTEGER)},
    {STR_INIT("integer-or-text"), STR_INIT("a whole number or a text"),
     TAKES(INTEGER) | TAKES(TEXT)},
    {STR_INIT("number"), STR_INIT("a number"), TAKES(INTEGER) | TAKES(NUMBER)},
    {STR_INIT("quantity"), STR_INIT("a quantity"),
     TAKES(INTEGER) | TAKES(NUMBER) | TAKES(TEXT)},
    {STR_INIT("text"), STR_INIT("a text"), TAKES(TEXT)},
};

#undef TAKES

static const struct word_type *
word_type_find(struct str type)
{
    for (size_t i = 0; i < sizeof word_types / sizeof word_types[0]; i++) {
        if (is_str_equal(word_types[i].word, type))
            return &word_types[i];
    }
    return NULL;
}

static void
check_word(const struct fields *fields, const struct where *where,
           struct str type, const struct raw *raw)
{
    const struct word_type *known = word_type_find(type);
    if ((known->kinds >> raw->kind & 1) == 0) {
        report_type(fields, where, known->wanted, raw);
        return;
    }
    if (!is_str_equal(type, STR("quantity")) || is_quantity(raw->text))
        return;
    struct diag *diag = diag_add(fields->sink, DIAG_Y07, raw->span,
                                 STRS(path_text(fields, where), raw->text));
    diag_help(diag, "a quantity is written like `2`, `500m` or `256Mi`",
              NO_STRS);
}

/* ---- words -------------------------------------------------------------- */

static void
report_choice(const struct fields *fields, const struct where *where,
              struct str choices, const struct raw *raw)
{
    struct diag *diag = diag_add(fields->sink, DIAG_Y07, raw->span,
                                 STRS(path_text(fields, where), raw->text));
    struct near near = {.wanted = raw->text};
    struct buf list;
    buf_init(&list, fields->arena);
    while (!is_str_empty(choices)) {
        struct str choice = str_cut(&choices, '|');
        near_offer(&near, choice);
        buf_format(&list, list.len == 0 ? "`{}`" : ", `{}`", STRS(choice));
    }
    diag_help(diag, "it takes {}", STRS(buf_str(&list)));
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
}

static void
check_choice(const struct fields *fields, const struct where *where,
             struct str choices, const struct raw *raw)
{
    if (raw->kind != RAW_TEXT) {
        report_type(fields, where, STR("a text"), raw);
        return;
    }
    struct str rest = choices;
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, '|'), raw->text))
            return;
    }
    report_choice(fields, where, choices, raw);
}
