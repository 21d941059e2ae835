/*
 * The part of brx.h that applies fixes, in memory. A message's edits are one
 * fix: all of them or none. Fixes that touch what another one touches wait for
 * the next round.
 */
#include "driver/handle.h"

#include "base/sort.h"

static bool
do_meet(struct span a, struct span b)
{
    return a.start <= b.end && b.start <= a.end;
}

static bool
is_free(const struct vec *edits, const struct diag_fix *fix)
{
    for (; fix != NULL; fix = fix->next) {
        for (size_t i = 0; i < edits->count; i++) {
            const struct diag_fix *other =
                *(const struct diag_fix **)vec_at(edits, i);
            if (do_meet(other->span, fix->span))
                return false;
        }
    }
    return true;
}

static int
compare_edits(const void *a, const void *b, const void *context)
{
    (void)context;
    const struct diag_fix *left = *(const struct diag_fix *const *)a;
    const struct diag_fix *right = *(const struct diag_fix *const *)b;
    return (left->span.start > right->span.start) -
           (left->span.start < right->span.start);
}

/* In the order of the source map. */
static struct vec
choose_edits(struct brx *brx)
{
    struct vec edits;
    vec_init(&edits, brx->arena, sizeof(const struct diag_fix *));
    for (size_t i = 0; i < sink_count(brx->sink); i++) {
        const struct diag *diag = sink_at(brx->sink, i);
        if (!is_free(&edits, diag->fixes))
            continue;
        for (const struct diag_fix *fix = diag->fixes; fix; fix = fix->next)
            vec_add_pointer(&edits, fix);
    }
    sort_items(brx->arena, edits.items, edits.count, edits.item_size,
               compare_edits, NULL);
    return edits;
}

static const struct diag_fix *
edit_at(const struct vec *edits, size_t index)
{
    return *(const struct diag_fix **)vec_at(edits, index);
}

/* The edits [first, end) that lie in the file of the first. */
static struct str
apply_edits(struct brx *brx, const struct source_file *file,
            const struct vec *edits, size_t first, size_t *end)
{
    struct buf buf;
    size_t at = 0;
    buf_init(&buf, brx->arena);
    for (*end = first; *end < edits->count; (*end)++) {
        const struct diag_fix *edit = edit_at(edits, *end);
        if (source_find(brx->pipeline.map, edit->span.start) != file)
            break;
        buf_add(&buf,
                str_slice(file->text, at, edit->span.start - file->start));
        buf_add(&buf, edit->text);
        at = edit->span.end - file->start;
    }
    buf_add(&buf, str_slice(file->text, at, file->text.len));
    return buf_str(&buf);
}

static struct status
find_fixed(struct brx *brx, const void *argument)
{
    (void)argument;
    struct vec edits = choose_edits(brx);
    size_t end;
    vec_init(&brx->fixed, brx->arena, sizeof(struct brx_file));
    for (size_t i = 0; i < edits.count; i = end) {
        const struct source_file *file =
            source_find(brx->pipeline.map, edit_at(&edits, i)->span.start);
        struct str text = apply_edits(brx, file, &edits, i, &end);
        *(struct brx_file *)vec_add(&brx->fixed) =
            (struct brx_file){text_of(file->path), text_of(text)};
    }
    brx->is_fixed = true;
    return (struct status){STATUS_OK, STR("")};
}

size_t
brx_fixed_count(struct brx *brx)
{
    if (!brx->is_fixed && guard(brx, find_fixed, NULL) != BRX_OK)
        return 0;
    return brx->fixed.count;
}

struct brx_file
brx_fixed(struct brx *brx, size_t index)
{
    return *(const struct brx_file *)vec_at(&brx->fixed, index);
}
