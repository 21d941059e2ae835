/*
 * What else a value must be: every one, any, one alone or none of several
 * types. Each is tried without a report; where none fits, the one that fits
 * best says why.
 */
#include "base/buf.h"
#include "foreign/fields.h"

enum { WAYS_NESTED = 16 };

static struct sink *
muted_sink(struct fields *fields)
{
    if (fields->muted == NULL)
        fields->muted = sink_new(fields->arena, source_map_new(fields->arena),
                                 PROFILE_BASIC);
    return fields->muted;
}

/* How many faults the value has as one of this type. */
static size_t
count_faults(struct fields *fields, const struct where *where,
             const struct raw_type *type, struct span owner,
             const struct raw *raw)
{
    struct sink *sink = fields->sink;
    struct sink *muted = muted_sink(fields);
    size_t before = sink_error_count(muted);
    fields->sink = muted;
    check_value(fields, where, type, owner, raw);
    fields->sink = sink;
    return sink_error_count(muted) - before;
}

/* What is tried may be tried again further down, so that it must end. */
static bool
take_tries(struct fields *fields, const struct raw *raw, size_t way_count)
{
    size_t cost = raw->size * way_count;
    if (cost > fields->tries_left || fields->ways_open == WAYS_NESTED) {
        return false;
    }
    fields->tries_left -= cost;
    return true;
}

/* ---- what a type asks for, by name -------------------------------------- */

static bool
asks_fields_alone(const struct raw_type *type)
{
    bool is_plain = type->is_open && type->kinds == RAW_KINDS_ALL &&
                    type->choice_count == 0 && type->way_count == 0;
    for (size_t i = 0; i < type->field_count; i++)
        is_plain = is_plain && type->fields[i].is_required;
    return is_plain && type->field_count > 0;
}

static bool
all_ask_fields(const struct raw_ways *ways)
{
    for (size_t i = 0; i < ways->count; i++) {
        if (!asks_fields_alone(ways->at[i]))
            return false;
    }
    return true;
}

/* "a`, `b": between the backticks of a message. */
static struct str
asked_names(struct fields *fields, const struct where *where,
            const struct raw_ways *ways, const char *between)
{
    struct buf buf;
    buf_init(&buf, fields->arena);
    for (size_t i = 0; i < ways->count; i++) {
        const struct raw_type *type = ways->at[i];
        for (size_t j = 0; j < type->field_count; j++) {
            struct where inner = {.parent = where, .key = type->fields[j].name};
            if (buf.len > 0)
                buf_add(&buf, str_from(between));
            buf_add(&buf, where_text(fields, &inner));
        }
    }
    return buf_str(&buf);
}

/* ---- reports ------------------------------------------------------------ */

/* The last of the fields that the rule names; else the whole. */
static struct span
guilty_span(const struct raw_ways *ways, const struct raw *raw)
{
    struct span span = raw->span;
    for (size_t i = 0; i < ways->count; i++) {
        for (size_t j = 0; j < ways->at[i]->field_count; j++) {
            const struct raw_entry *entry =
                raw_entry_find(raw, ways->at[i]->fields[j].name);
            if (entry != NULL)
                span = entry->key_span;
        }
    }
    return span;
}

static struct diag *
report_rule(struct fields *fields, const struct where *where,
            const struct raw_ways *ways, const struct raw *raw)
{
    return diag_add(fields->sink, DIAG_Y19, guilty_span(ways, raw),
                    STRS(where_text(fields, where)));
}

static void
report_many(struct fields *fields, const struct where *where,
            const struct raw_ways *ways, const struct raw *raw)
{
    struct diag *diag = report_rule(fields, where, ways, raw);
    if (all_ask_fields(ways))
        diag_label(diag, "of `{}` it takes one alone",
                   STRS(asked_names(fields, where, ways, "`, `")));
    else
        diag_label(diag, "several of its forms fit, and one alone may",
                   NO_STRS);
}

static void
report_ruled_out(struct fields *fields, const struct where *where,
                 const struct raw_ways *ways, const struct raw *raw)
{
    struct diag *diag = report_rule(fields, where, ways, raw);
    if (all_ask_fields(ways))
        diag_label(diag, "`{}` is ruled out",
                   STRS(asked_names(fields, where, ways, "` with `")));
    else
        diag_label(diag, "its schema rules this out", NO_STRS);
}

/* ---- ways --------------------------------------------------------------- */

static void
check_best(struct fields *fields, const struct where *where,
           const struct raw_ways *ways, struct span owner,
           const struct raw *raw)
{
    size_t best = 0;
    size_t best_faults = SIZE_MAX;
    size_t fit_count = 0;
    for (size_t i = 0; i < ways->count; i++) {
        size_t faults = count_faults(fields, where, ways->at[i], owner, raw);
        fit_count += faults == 0;
        best = faults < best_faults ? i : best;
        best_faults = faults < best_faults ? faults : best_faults;
    }
    if (fit_count > 1 && ways->way == RAW_ONE_OF)
        report_many(fields, where, ways, raw);
    if (fit_count > 0)
        return;
    if (all_ask_fields(ways) && raw->kind == RAW_MAP)
        diag_add(
            fields->sink, DIAG_Y05, owner,
            STRS(fields->kind, asked_names(fields, where, ways, "` or `")));
    else
        check_value(fields, where, ways->at[best], owner, raw);
}

static void
check_way(struct fields *fields, const struct where *where,
          const struct raw_ways *ways, struct span owner, const struct raw *raw)
{
    switch (ways->way) {
    case RAW_EVERY_OF:
        for (size_t i = 0; i < ways->count; i++)
            check_value(fields, where, ways->at[i], owner, raw);
        return;
    case RAW_ANY_OF:
    case RAW_ONE_OF:
        check_best(fields, where, ways, owner, raw);
        return;
    case RAW_NONE_OF:
        for (size_t i = 0; i < ways->count; i++) {
            if (count_faults(fields, where, ways->at[i], owner, raw) == 0)
                report_ruled_out(fields, where, ways, raw);
        }
        return;
    }
}

void
check_ways(struct fields *fields, const struct where *where,
           const struct raw_type *type, struct span owner,
           const struct raw *raw)
{
    for (size_t i = 0; i < type->way_count; i++) {
        const struct raw_ways *ways = &type->ways[i];
        if (!take_tries(fields, raw, ways->count))
            continue;
        fields->ways_open++;
        check_way(fields, where, ways, owner, raw);
        fields->ways_open--;
    }
}
