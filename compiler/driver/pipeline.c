/*
 * source -> tokens -> syntax tree -> typed IR -> checked model
 */
#include "driver/pipeline.h"

#include "check/baseline.h"

static void
begin_stage(const struct pipeline *pipeline, const char *name)
{
    if (pipeline->stage != NULL)
        pipeline->stage(pipeline->stage_context, name);
}

static struct status
load_all(struct pipeline *pipeline, struct load *load, struct str path)
{
    struct status status = load_program(load, path);
    for (size_t i = 0;
         status.kind == STATUS_OK && i < pipeline->given_file_count; i++)
        status = load_file(load, pipeline->given_files[i]);
    return status;
}

static struct status
read_baseline(struct pipeline *pipeline, struct str *text)
{
    struct status status = {STATUS_OK, STR("")};
    *text = STR("");
    if (is_str_empty(pipeline->baseline_path))
        return status;
    status = pipeline->access.read(pipeline->access.context, pipeline->arena,
                                   pipeline->baseline_path, text);
    size_t line = status.kind == STATUS_OK ? baseline_bad_line(*text) : 0;
    if (line == 0)
        return status;
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(pipeline->arena,
                     "line {} of the baseline `{}` is no entry of one",
                     STRS(arena_number(pipeline->arena, (int64_t)line),
                          pipeline->baseline_path))};
}

/* The day that the caller gives, or the policy's. */
static struct str
judging_day(const struct pipeline *pipeline)
{
    const struct value *today = pipeline->ir->today;
    if (!is_str_empty(pipeline->today) || !is_value_known(today))
        return pipeline->today;
    return today->text;
}

struct status
run_pipeline(struct pipeline *pipeline, struct str path)
{
    struct load load = {.arena = pipeline->arena,
                        .sink = pipeline->sink,
                        .map = pipeline->map,
                        .access = &pipeline->access};
    vec_init(&load.blocks, pipeline->arena, sizeof(const struct block *));
    vec_init(&load.manifests, pipeline->arena, sizeof(struct raw_manifest));
    vec_init(&load.files, pipeline->arena, sizeof(struct project_file));
    begin_stage(pipeline, "parse");
    struct str baseline;
    struct status status = read_baseline(pipeline, &baseline);
    if (status.kind == STATUS_OK)
        status = load_all(pipeline, &load, path);
    if (status.kind != STATUS_OK || load.is_broken)
        return status;
    begin_stage(pipeline, "resolve");
    struct resolve_input input = {.map = pipeline->map,
                                  .files = load.blocks.items,
                                  .file_count = load.blocks.count,
                                  .givens = pipeline->givens,
                                  .given_count = pipeline->given_count,
                                  .manifests = load.manifests.items,
                                  .manifest_count = load.manifests.count,
                                  .project_files = load.files.items,
                                  .project_file_count = load.files.count};
    pipeline->ir = resolve_program(pipeline->arena, pipeline->sink, &input);
    begin_stage(pipeline, "check");
    struct check check = {.ir = pipeline->ir,
                          .sink = pipeline->sink,
                          .arena = pipeline->arena,
                          .map = pipeline->map,
                          .baseline = baseline,
                          .is_release = pipeline->is_release,
                          .today = judging_day(pipeline)};
    pipeline->model = check_model(&check);
    return status;
}
