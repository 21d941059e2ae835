/*
 * The part of brx.h that formats a file.
 */
#include "driver/handle.h"

#include "format/format.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "tree/diff.h"
#include "tree/put.h"

enum { DIFFERENCE_LINES = 200 };

static void
format_text(struct brx *brx, const struct source_file *file)
{
    struct tokens tokens = lex_file(brx->arena, brx->sink, file);
    if (tokens.is_readable)
        parse_file(brx->arena, brx->sink, brx->pipeline.map, tokens);
    if (sink_error_count(brx->sink) > 0)
        return;
    brx->formatted = format_tokens(brx->arena, schema_new(brx->arena),
                                   brx->pipeline.map, tokens);
}

static struct status
format_file(struct brx *brx, const void *argument)
{
    struct pipeline *pipeline = &brx->pipeline;
    struct str path = str_of(*(const struct brx_text *)argument);
    struct status status = pipeline->access.read(
        pipeline->access.context, brx->arena, path, &brx->unformatted);
    if (status.kind != STATUS_OK)
        return status;
    brx->formatted = brx->unformatted;
    const struct source_file *file =
        source_add(pipeline->map, path, brx->unformatted);
    if (file == NULL)
        return (struct status){STATUS_CANNOT_READ,
                               STR("the file is too large")};
    format_text(brx, file);
    sink_settle(brx->sink);
    return status;
}

enum brx_status
brx_format_file(struct brx *brx, struct brx_text path,
                struct brx_text *formatted, bool *is_changed)
{
    enum brx_status status = guard(brx, format_file, &path);
    *formatted = text_of(brx->formatted);
    *is_changed = !is_str_equal(brx->formatted, brx->unformatted);
    return status;
}

static void
write_difference(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)argument;
    diff_print(buf, brx->unformatted, brx->formatted, DIFFERENCE_LINES);
}

struct brx_text
brx_format_difference(struct brx *brx)
{
    return guard_text(brx, write_difference, NULL);
}

struct placement {
    struct str path;
    struct str text;
};

static struct status
put(struct brx *brx, const void *argument)
{
    const struct placement *placement = argument;
    return put_file(brx->arena, placement->path, placement->text);
}

enum brx_status
brx_put_file(struct brx *brx, struct brx_text path, struct brx_text text)
{
    struct placement placement = {str_of(path), str_of(text)};
    return guard(brx, put, &placement);
}
