/*
 * brx.h: a document that people keep, against the program.
 */
#include "driver/handle.h"

#include "check/check.h"
#include "foreign/markdown.h"

/* What brx_compare_document() takes and gives. */
struct comparing {
    struct str path;
    struct brx_reading *reading;
};

static void
compare_tables(struct brx *brx, const struct tables *tables,
               struct brx_reading *reading)
{
    struct pipeline *pipeline = &brx->pipeline;
    struct check check = {.ir = pipeline->ir,
                          .sink = brx->sink,
                          .arena = brx->arena,
                          .map = pipeline->map};
    struct table_counts counts = check_document(&check, tables);
    *reading = (struct brx_reading){tables->count, counts.agreeing,
                                    counts.contradicting, counts.unread};
}

static struct status
compare(struct brx *brx, const void *argument)
{
    const struct comparing *comparing = argument;
    struct pipeline *pipeline = &brx->pipeline;
    struct file_access *access = &pipeline->access;
    struct str path = arena_copy(brx->arena, comparing->path);
    struct str text;
    if (pipeline->model == NULL)
        return (struct status){STATUS_REFUSED, STR("the program has errors")};
    begin_stage(brx, "compare");
    struct status status =
        access->read(access->context, brx->arena, path, &text);
    if (status.kind != STATUS_OK)
        return status;
    const struct source_file *file = source_add(pipeline->map, path, text);
    if (file == NULL)
        return (struct status){STATUS_CANNOT_READ,
                               STR("the program and the document are too "
                                   "large together")};
    brx->sink = sink_new(brx->arena, pipeline->map, PROFILE_STANDARD);
    struct tables tables = foreign_read_tables(brx->arena, file);
    compare_tables(brx, &tables, comparing->reading);
    sink_settle(brx->sink);
    return status;
}

enum brx_status
brx_compare_document(struct brx *brx, struct brx_text path,
                     struct brx_reading *reading)
{
    struct comparing comparing = {str_of(path), reading};
    return guard(brx, compare, &comparing);
}
