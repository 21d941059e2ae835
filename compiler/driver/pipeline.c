/*
 * source -> tokens -> syntax tree -> typed IR -> checked model
 */
#include "driver/pipeline.h"

#include "check/baseline.h"
#include "check/check.h"
#include "emit/kubernetes.h"
#include "foreign/foreign.h"

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
    if (status.kind == STATUS_OK && !is_str_empty(pipeline->live))
        status = load_live_zone(load, pipeline->live);
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

/* What patches do is known only of the objects that are made. */
static void
check_patched(struct pipeline *pipeline)
{
    size_t count = 0;
    for (size_t i = 0; i < pipeline->ir->environment_count; i++)
        count += pipeline->ir->environments[i]->patch_count;
    if (pipeline->model == NULL || count == 0)
        return;
    foreign_check_patched(pipeline->arena, pipeline->sink, pipeline->ir,
                          make_objects(pipeline->arena, pipeline->model));
    if (sink_error_count(pipeline->sink) > 0)
        pipeline->model = NULL;
}

/* Where no test has proved it for every program. */
static void
check_made(struct pipeline *pipeline, struct kind_types *types)
{
    if (pipeline->model == NULL || types->range.oldest >= KUBE_OLDEST_PROVED)
        return;
    foreign_check_made(pipeline->arena, pipeline->sink, types, pipeline->ir,
                       make_objects(pipeline->arena, pipeline->model));
    if (sink_error_count(pipeline->sink) > 0)
        pipeline->model = NULL;
}

struct status
run_pipeline(struct pipeline *pipeline, struct str path)
{
    struct load load = {.arena = pipeline->arena,
                        .sink = pipeline->sink,
                        .map = pipeline->map,
                        .access = &pipeline->access};
    begin_stage(pipeline, "parse");
    struct str baseline;
    struct status status = read_baseline(pipeline, &baseline);
    if (status.kind == STATUS_OK)
        status = load_all(pipeline, &load, path);
    if (status.kind != STATUS_OK || load.is_broken)
        return status;
    begin_stage(pipeline, "resolve");
    struct resolve_input input = {.map = pipeline->map,
                                  .helper = pipeline->helper,
                                  .files = load.blocks.items,
                                  .file_count = load.blocks.count,
                                  .givens = pipeline->givens,
                                  .given_count = pipeline->given_count,
                                  .manifests = load.manifests.items,
                                  .manifest_count = load.manifests.count,
                                  .project_files = load.files.items,
                                  .project_file_count = load.files.count,
                                  .workflow_files = load.workflows.items,
                                  .workflow_file_count = load.workflows.count,
                                  .patch_texts = load.patch_texts.items,
                                  .patch_text_count = load.patch_texts.count,
                                  .live_zones = load.live_zones.items,
                                  .live_zone_count = load.live_zones.count,
                                  .question = pipeline->question,
                                  .question_span = pipeline->question_span};
    pipeline->ir = resolve_program(pipeline->arena, pipeline->sink, &input);
    load.types->range = kube_range_of(pipeline->ir->project->kubernetes);
    foreign_check_manifests(pipeline->arena, pipeline->sink, load.types,
                            load.manifests.items, load.manifests.count);
    foreign_check_patches(pipeline->arena, pipeline->sink, load.types,
                          pipeline->ir);
    begin_stage(pipeline, "check");
    struct check check = {.ir = pipeline->ir,
                          .sink = pipeline->sink,
                          .arena = pipeline->arena,
                          .map = pipeline->map,
                          .baseline = baseline,
                          .is_release = pipeline->is_release,
                          .today = judging_day(pipeline)};
    pipeline->model = check_model(&check);
    check_patched(pipeline);
    check_made(pipeline, load.types);
    return status;
}
