/*
 * The catalogue as a table, and the sink that diagnostics gather in. How they
 * look is the renderers' business.
 */
#include "diag/diag.h"

#include "base/limits.h"
#include "base/sort.h"
#include "base/vec.h"

#include <assert.h>
#include <string.h>

enum { SEVERITY_COUNT = SEVERITY_ERROR + 1 };

struct sink {
    struct arena *arena;
    const struct source_map *map;
    enum profile profile;
    struct vec list; /* of struct diag * */
    size_t counts[SEVERITY_COUNT];
    size_t overflow_count;
    bool has_code[DIAG_COUNT];
    struct str (*show)(struct arena *arena, struct str text); /* or NULL */
    struct diag dummy; /* stands for all that is not listed */
};

static const struct diag_row rows[DIAG_COUNT] = {
#define DIAG(code, name, standard, hardened, headline)                         \
    {#code, name, SEVERITY_##standard, SEVERITY_##hardened, headline},
#include "diag/catalogue.def"
#undef DIAG
};

static bool count_in(struct sink *sink, enum diag_code code,
                     enum severity severity);
static enum severity severity_of(const struct sink *sink, enum diag_code code);
static struct diag *dummy_diag(struct sink *sink);
static struct str fill_in(struct sink *sink, const char *template_text,
                          struct strs texts);
static void append_note(struct arena *arena, const struct diag_note **list,
                        struct diag_note note);
static int compare_diags(const void *a, const void *b, const void *context);
static int compare_offsets(uint32_t a, uint32_t b);

struct sink *
sink_new(struct arena *arena, const struct source_map *map,
         enum profile profile)
{
    struct sink *sink = arena_new(arena, sizeof *sink);
    sink->arena = arena;
    sink->map = map;
    sink->profile = profile;
    vec_init(&sink->list, arena, sizeof(struct diag *));
    return sink;
}

void
sink_show_by(struct sink *sink,
             struct str (*show)(struct arena *arena, struct str text))
{
    sink->show = show;
}

struct diag *
diag_add(struct sink *sink, enum diag_code code, struct span span,
         struct strs texts)
{
    return diag_add_as(sink, code, severity_of(sink, code), span, texts);
}

struct diag *
diag_add_as(struct sink *sink, enum diag_code code, enum severity severity,
            struct span span, struct strs texts)
{
    assert(code < DIAG_COUNT);
    bool is_shown =
        severity == SEVERITY_ERROR ||
        (severity != SEVERITY_OFF && sink->profile != PROFILE_BASIC);
    if (!is_shown)
        return dummy_diag(sink);
    if (!count_in(sink, code, severity))
        return dummy_diag(sink);
    struct diag *diag = arena_new(sink->arena, sizeof *diag);
    diag->code = code;
    diag->severity = severity;
    /* What lies outside of the source has no place to show. */
    diag->span = source_find(sink->map, span.start) ? span : NO_SPAN;
    diag->headline = fill_in(sink, rows[code].headline, texts);
    diag->sink = sink;
    vec_add_pointer(&sink->list, diag);
    return diag;
}

/* Is there room for it in the list? */
static bool
count_in(struct sink *sink, enum diag_code code, enum severity severity)
{
    sink->has_code[code] = true;
    bool is_listed = sink->counts[severity]++ < LIMIT_DIAGNOSTICS;
    sink->overflow_count += is_listed ? 0 : 1;
    return is_listed;
}

struct sink *
sink_share(const struct sink *sink, struct arena *arena)
{
    struct sink *share = sink_new(arena, sink->map, sink->profile);
    share->show = sink->show;
    return share;
}

void
sink_take(struct sink *sink, struct sink *share)
{
    size_t unlisted[SEVERITY_COUNT];
    memcpy(unlisted, share->counts, sizeof unlisted);
    for (size_t i = 0; i < share->list.count; i++) {
        struct diag *diag = sink_at(share, i);
        unlisted[diag->severity]--;
        diag->sink = sink;
        if (count_in(sink, diag->code, diag->severity))
            vec_add_pointer(&sink->list, diag);
    }
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        sink->counts[i] += unlisted[i];
    sink->overflow_count += share->overflow_count;
    for (size_t i = 0; i < DIAG_COUNT; i++)
        sink->has_code[i] = sink->has_code[i] || share->has_code[i];
}

void
diag_label(struct diag *diag, const char *template_text, struct strs texts)
{
    if (diag->severity != SEVERITY_OFF)
        diag->label = fill_in(diag->sink, template_text, texts);
}

void
diag_note(struct diag *diag, struct span span, const char *template_text,
          struct strs texts)
{
    if (diag->severity == SEVERITY_OFF)
        return;
    struct arena *arena = diag->sink->arena;
    struct diag_note note = {
        .has_span = source_find(diag->sink->map, span.start) != NULL,
        .span = span,
        .text = fill_in(diag->sink, template_text, texts),
    };
    append_note(arena, &diag->notes, note);
}

void
diag_remark(struct diag *diag, const char *template_text, struct strs texts)
{
    diag_note(diag, NO_SPAN, template_text, texts);
}

void
diag_help(struct diag *diag, const char *template_text, struct strs texts)
{
    if (diag->severity == SEVERITY_OFF)
        return;
    struct arena *arena = diag->sink->arena;
    struct diag_note help = {
        .span = NO_SPAN,
        .text = fill_in(diag->sink, template_text, texts),
    };
    append_note(arena, &diag->helps, help);
}

void
diag_fix(struct diag *diag, struct span span, struct str text)
{
    if (diag->severity == SEVERITY_OFF)
        return;
    assert(source_find(diag->sink->map, span.start));
    struct arena *arena = diag->sink->arena;
    struct diag_fix *fix = arena_new(arena, sizeof *fix);
    *fix = (struct diag_fix){.span = span, .text = arena_copy(arena, text)};
    const struct diag_fix **end = &diag->fixes;
    while (*end)
        end = (const struct diag_fix **)&(*end)->next;
    *end = fix;
}

void
diag_about(struct diag *diag, struct str object)
{
    if (diag->severity != SEVERITY_OFF)
        diag->object = arena_copy(diag->sink->arena, object);
}

size_t
sink_count(const struct sink *sink)
{
    return sink->list.count;
}

struct diag *
sink_at(const struct sink *sink, size_t index)
{
    return *(struct diag **)vec_at(&sink->list, index);
}

size_t
sink_error_count(const struct sink *sink)
{
    return sink->counts[SEVERITY_ERROR];
}

size_t
sink_warning_count(const struct sink *sink)
{
    return sink->counts[SEVERITY_WARNING];
}

size_t
sink_overflow_count(const struct sink *sink)
{
    return sink->overflow_count;
}

bool
has_diag(const struct sink *sink, enum diag_code code)
{
    assert(code < DIAG_COUNT);
    return sink->has_code[code];
}

void
diag_withdraw(struct diag *diag)
{
    if (diag->severity == SEVERITY_OFF)
        return;
    diag->sink->counts[diag->severity]--;
    diag->severity = SEVERITY_OFF;
}

void
sink_settle(struct sink *sink)
{
    struct diag **list = sink->list.items;
    size_t kept = 0;
    sort_items(sink->arena, list, sink->list.count, sizeof *list, compare_diags,
               NULL);
    for (size_t i = 0; i < sink->list.count; i++) {
        if (list[i]->severity == SEVERITY_OFF)
            continue;
        if (kept > 0 && compare_diags(&list[kept - 1], &list[i], NULL) == 0)
            diag_withdraw(list[i]);
        else
            list[kept++] = list[i];
    }
    sink->list.count = kept;
}

const struct diag_row *
diag_row(enum diag_code code)
{
    assert(code < DIAG_COUNT);
    return &rows[code];
}

struct str
severity_name(enum severity severity)
{
    switch (severity) {
    case SEVERITY_OFF:
        return STR("off");
    case SEVERITY_INFO:
        return STR("info");
    case SEVERITY_WARNING:
        return STR("warning");
    case SEVERITY_ERROR:
        return STR("error");
    }
    assert(false);
    return STR("");
}

/* Most names begin otherwise, and need no more than that. */
static bool
is_named(struct str text, const char *name)
{
    return text.len > 0 && ascii_lower(text.at[0]) == ascii_lower(name[0]) &&
           is_str_equal_nocase(text, str_from(name));
}

bool
diag_code_find(struct str text, enum diag_code *code)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        if (is_named(text, rows[i].code) || is_named(text, rows[i].name)) {
            *code = (enum diag_code)i;
            return true;
        }
    }
    return false;
}

static enum severity
severity_of(const struct sink *sink, enum diag_code code)
{
    assert(code < DIAG_COUNT);
    return sink->profile == PROFILE_HARDENED ? rows[code].hardened
                                             : rows[code].standard;
}

static struct diag *
dummy_diag(struct sink *sink)
{
    sink->dummy = (struct diag){.severity = SEVERITY_OFF, .sink = sink};
    return &sink->dummy;
}

/* Behind the others: they are few, so that walking there costs less than a
 * second pointer in each diagnostic. */

/* A name of a megabyte is not worth a megabyte of message. */
static struct str
cut_text(struct arena *arena, struct str text)
{
    size_t end = LIMIT_SHOWN_BYTES;
    if (text.len <= end)
        return text;
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return arena_format(arena, "{}…", STRS(str_slice(text, 0, end)));
}

static struct str
fill_in(struct sink *sink, const char *template_text, struct strs texts)
{
    struct arena *arena = sink->arena;
    struct str *cut = arena_array(arena, texts.count, sizeof *cut);
    for (size_t i = 0; i < texts.count; i++)
        cut[i] =
            cut_text(arena, sink->show != NULL ? sink->show(arena, texts.at[i])
                                               : texts.at[i]);
    return arena_format(arena, template_text, (struct strs){cut, texts.count});
}

static void
append_note(struct arena *arena, const struct diag_note **list,
            struct diag_note note)
{
    while (*list)
        list = (const struct diag_note **)&(*list)->next;
    struct diag_note *copy = arena_new(arena, sizeof *copy);
    *copy = note;
    *list = copy;
}

/* By place, then code, then headline: 0 means that the two say the same. */
static int
compare_diags(const void *a, const void *b, const void *context)
{
    (void)context;
    const struct diag *left = *(const struct diag *const *)a;
    const struct diag *right = *(const struct diag *const *)b;
    int order = compare_offsets(left->span.start, right->span.start);
    if (order == 0)
        order = compare_offsets(left->span.end, right->span.end);
    if (order == 0)
        order = (left->code > right->code) - (left->code < right->code);
    return order != 0 ? order : str_compare(left->headline, right->headline);
}

static int
compare_offsets(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}
