#include "foreign/builder.h"

static void complete(struct builder *builder, struct raw *raw,
                     struct str anchor);
static void place(struct builder *builder, const struct raw *raw);
static void take_key(struct builder *builder, const struct raw *raw);
static void take_value(struct builder *builder, const struct raw *raw);

void
builder_init(struct builder *builder, struct arena *arena, struct sink *sink,
             const struct yaml_text *input)
{
    *builder = (struct builder){.arena = arena, .sink = sink, .input = input};
    map_init(&builder->anchors, arena);
    vec_init(&builder->documents, arena, sizeof(const struct raw *));
}

void
builder_stop(struct builder *builder, struct span span,
             const char *template_text, struct strs texts)
{
    if (!builder->is_stopped)
        diag_label(diag_add(builder->sink, DIAG_Y01, span,
                            STRS(builder->input->shown)),
                   template_text, texts);
    builder->is_stopped = true;
}

static void
stop_over_limit(struct builder *builder, struct span span, struct str text)
{
    if (!builder->is_stopped)
        diag_add(builder->sink, DIAG_L33, span, STRS(text));
    builder->is_stopped = true;
}

void
builder_scalar(struct builder *builder, struct raw scalar, struct str anchor)
{
    struct raw *raw = arena_new(builder->arena, sizeof *raw);
    *raw = scalar;
    raw->size = 1;
    raw->depth = 1;
    complete(builder, raw, anchor);
}

void
builder_open(struct builder *builder, enum raw_kind kind, struct span span,
             struct str anchor)
{
    if (builder->depth == LIMIT_RAW_DEPTH) {
        stop_over_limit(builder, span,
                        STR("maps and lists nest more than 48 deep"));
        return;
    }
    struct open_piece *piece = &builder->open[builder->depth++];
    *piece = (struct open_piece){.anchor = anchor};
    piece->raw = arena_new(builder->arena, sizeof *piece->raw);
    *piece->raw =
        (struct raw){.kind = kind, .span = span, .size = 1, .depth = 1};
    vec_init(&piece->entries, builder->arena, sizeof(struct raw_entry));
    map_init(&piece->keys, builder->arena);
}

void
builder_close(struct builder *builder)
{
    if (builder->is_stopped)
        return;
    struct open_piece *piece = &builder->open[--builder->depth];
    piece->raw->entries = piece->entries.items;
    piece->raw->entry_count = piece->entries.count;
    complete(builder, piece->raw, piece->anchor);
}

void
builder_alias(struct builder *builder, struct str anchor, struct span span)
{
    const struct raw *raw = map_find(&builder->anchors, anchor);
    if (raw == NULL)
        builder_stop(builder, span, "no anchor `&{}` is complete before it",
                     STRS(anchor));
    else
        place(builder, raw);
}

/* An anchor names a piece once that is whole, so none can hold itself. */
static void
complete(struct builder *builder, struct raw *raw, struct str anchor)
{
    if (!is_str_empty(anchor))
        map_put(&builder->anchors, anchor, raw);
    place(builder, raw);
}

static void
place(struct builder *builder, const struct raw *raw)
{
    if (builder->is_stopped)
        return;
    if (builder->depth == 0) {
        map_init(&builder->anchors, builder->arena);
        if (raw->kind != RAW_NULL)
            vec_add_pointer(&builder->documents, raw);
        return;
    }
    const struct open_piece *piece = &builder->open[builder->depth - 1];
    if (piece->raw->kind == RAW_MAP && !piece->has_key)
        take_key(builder, raw);
    else
        take_value(builder, raw);
}

/* JSON's keys are texts. `8080:` and `true:` stand for the same text to all
 * readers, `on:` and `0644:` do not. */
static void
take_key(struct builder *builder, const struct raw *raw)
{
    struct open_piece *piece = &builder->open[builder->depth - 1];
    if (raw->kind == RAW_LIST || raw->kind == RAW_MAP) {
        builder_stop(builder, raw->span, "a key must be a text", NO_STRS);
        return;
    }
    if (raw->kind != RAW_TEXT && raw->is_respelled) {
        builder_stop(builder, raw->span, "this key is {}: put it in quotes",
                     STRS(raw_kind_name(raw->kind)));
        return;
    }
    if (piece->entries.count == 0)
        piece->raw->span = raw->span;
    piece->next = (struct raw_entry){.key = raw->text, .key_span = raw->span};
    piece->has_key = true;
}

static void
report_duplicate(struct builder *builder, const struct raw_entry *first,
                 const struct raw_entry *second)
{
    struct diag *diag =
        diag_add(builder->sink, DIAG_Y02, second->key_span, STRS(second->key));
    diag_note(diag, first->key_span, "the first one stands here", NO_STRS);
}

static void
add_entry(struct builder *builder, struct open_piece *piece,
          struct raw_entry entry)
{
    struct raw *parent = piece->raw;
    *(struct raw_entry *)vec_add(&piece->entries) = entry;
    parent->size += entry.value->size;
    if (parent->depth <= entry.value->depth)
        parent->depth = entry.value->depth + 1;
    if (parent->size > LIMIT_RAW_PIECES)
        stop_over_limit(
            builder, entry.value->span,
            STR("the file has more than 1,000,000 values, aliases counted"));
    if (parent->depth > LIMIT_RAW_DEPTH)
        stop_over_limit(builder, entry.value->span,
                        STR("maps and lists nest more than 48 deep"));
}

static void
take_value(struct builder *builder, const struct raw *raw)
{
    struct open_piece *piece = &builder->open[builder->depth - 1];
    struct raw_entry entry = {.value = raw, .key_span = raw->span};
    if (piece->raw->kind == RAW_MAP) {
        entry = piece->next;
        entry.value = raw;
        piece->has_key = false;
        const struct raw_entry *first = map_find(&piece->keys, entry.key);
        if (first != NULL) {
            report_duplicate(builder, first, &entry);
            return;
        }
        struct raw_entry *kept = arena_new(builder->arena, sizeof *kept);
        *kept = entry;
        map_put(&piece->keys, entry.key, kept);
    }
    add_entry(builder, piece, entry);
}
