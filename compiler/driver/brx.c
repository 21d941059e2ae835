/*
 * The body of brx.h: handles, and the translation between public and inner
 * shapes. What a call does is told by the rooms that it calls.
 */
#include "driver/handle.h"

#include "base/trace.h"
#include "check/baseline.h"
#include "diag/render.h"
#include "driver/explain.h"
#include "driver/reference.h"
#include "emit/runtime.h"
#include "ir/idna.h"
#include "parser/parser.h"

#include <string.h>

struct brx_options
brx_default_options(void)
{
    return (struct brx_options){.size = sizeof(struct brx_options),
                                .profile = BRX_STANDARD};
}

static enum profile
profile_of(enum brx_profile profile)
{
    switch (profile) {
    case BRX_BASIC:
        return PROFILE_BASIC;
    case BRX_STANDARD:
        return PROFILE_STANDARD;
    case BRX_HARDENED:
        return PROFILE_HARDENED;
    }
    return PROFILE_STANDARD;
}

/* An older caller's shorter struct: what it lacks keeps its default. */
static void
take_options(struct brx *brx, const struct brx_options *options)
{
    brx->options = brx_default_options();
    if (options == NULL)
        return;
    size_t size = options->size < sizeof brx->options ? options->size
                                                      : sizeof brx->options;
    memcpy(&brx->options, options, size);
}

static void
init_pipeline(struct brx *brx)
{
    struct pipeline *pipeline = &brx->pipeline;
    pipeline->arena = brx->arena;
    pipeline->map = source_map_new(brx->arena);
    pipeline->sink =
        sink_new(brx->arena, pipeline->map, profile_of(brx->options.profile));
    sink_show_by(pipeline->sink, idna_shown);
    pipeline->access = file_access_of(brx);
    pipeline->is_release = brx->options.is_release;
    pipeline->today = str_of(brx->options.today);
    pipeline->baseline_path = str_of(brx->options.baseline);
    pipeline->live = str_of(brx->options.live);
    if (brx->options.keeps_origins)
        trace_begin(brx->arena);
    pipeline->stage = brx->options.stage;
    pipeline->stage_context = brx->options.stage_context;
    brx->sink = pipeline->sink;
    documents_init(&brx->documents, brx->arena);
}

static struct brx *
make_handle(struct arena *arena, const struct brx_options *options)
{
    struct brx *brx = arena_new(arena, sizeof *brx);
    brx->arena = arena;
    take_options(brx, options);
    init_pipeline(brx);
    return brx;
}

struct brx *
brx_open(const struct brx_options *options)
{
    struct arena *const arena = arena_open();
    jmp_buf recovery;
    if (arena == NULL)
        return NULL;
    if (setjmp(recovery) != 0) {
        arena_close(arena);
        return NULL;
    }
    arena_recover(arena, &recovery);
    struct brx *brx = make_handle(arena, options);
    arena_recover(arena, NULL);
    return brx;
}

void
brx_close(struct brx *brx)
{
    if (brx == NULL)
        return;
    helper_close(brx->helper);
    arena_close(brx->arena);
}

/* Each outer value is a line of source of its own, so that a message can
 * point at it. */
static void
take_givens(struct brx *brx)
{
    size_t count = brx->options.given_count;
    struct outer_given *givens = arena_array(brx->arena, count, sizeof *givens);
    for (size_t i = 0; i < count; i++) {
        struct str name = str_of(brx->options.givens[i].name);
        struct str value = str_of(brx->options.givens[i].value);
        struct str text = arena_format(brx->arena, "{}={}", STRS(name, value));
        const struct source_file *file =
            source_add(brx->pipeline.map, STR("--set"), text);
        if (file == NULL)
            continue;
        struct span span = {file->start + (uint32_t)name.len + 1,
                            file->start + (uint32_t)text.len};
        givens[i] = (struct outer_given){
            name, parse_atom(brx->arena, value, span), span};
    }
    brx->pipeline.givens = givens;
    brx->pipeline.given_count = count;
}

static void
take_given_files(struct brx *brx)
{
    size_t count = brx->options.given_file_count;
    struct str *files = arena_array(brx->arena, count, sizeof *files);
    for (size_t i = 0; i < count; i++)
        files[i] = str_of(brx->options.given_files[i]);
    brx->pipeline.given_files = files;
    brx->pipeline.given_file_count = count;
}

/* As a line of source, so that a message can point at it. */
static void
take_question(struct brx *brx)
{
    struct str path = str_of(brx->options.question);
    const struct source_file *file =
        is_str_empty(path) ? NULL
                           : source_add(brx->pipeline.map, STR("why"), path);
    if (file == NULL)
        return;
    brx->pipeline.question = path;
    brx->pipeline.question_span =
        (struct span){file->start, file->start + (uint32_t)path.len};
}

static void
open_runtime(void *context, struct arena *arena)
{
    struct brx *brx = context;
    brx->runtime = embedded_open(&embedded_runtime, arena);
}

/* A trace has one arena. What needs no program is done while it is compiled. */
static void
open_helper(struct brx *brx)
{
    if (arena_trace(brx->arena) == NULL)
        brx->helper = helper_open(brx->arena);
    if (brx->helper != NULL && brx->options.will_build)
        (void)helper_give(brx->helper, open_runtime, brx);
    brx->pipeline.helper = brx->helper;
}

static struct status
compile(struct brx *brx, const void *path)
{
    open_helper(brx);
    brx->path = arena_copy(brx->arena, str_of(*(const struct brx_text *)path));
    take_givens(brx);
    take_given_files(brx);
    take_question(brx);
    struct status status = run_pipeline(&brx->pipeline, brx->path);
    sink_settle(brx->sink);
    return status;
}

enum brx_status
brx_compile(struct brx *brx, struct brx_text path)
{
    return guard(brx, compile, &path);
}

struct brx_text
brx_failure(const struct brx *brx)
{
    return text_of(brx->failure);
}

size_t
brx_error_count(const struct brx *brx)
{
    return sink_error_count(brx->sink);
}

size_t
brx_warning_count(const struct brx *brx)
{
    size_t count = 0;
    for (size_t i = 0; i < sink_count(brx->sink); i++)
        count += sink_at(brx->sink, i)->severity == SEVERITY_WARNING;
    return count;
}

static enum color_mode
color_of(enum brx_color color)
{
    switch (color) {
    case BRX_NO_COLOR:
        return COLOR_NONE;
    case BRX_ANSI:
        return COLOR_ANSI;
    case BRX_TAGS:
        return COLOR_TAGS;
    }
    return COLOR_NONE;
}

struct rendering {
    enum brx_format format;
    enum brx_color color;
};

static void
write_messages(struct brx *brx, struct buf *buf, const void *argument)
{
    const struct rendering *rendering = argument;
    struct render render = {.map = brx->pipeline.map,
                            .sink = brx->sink,
                            .color = color_of(rendering->color),
                            .version = STR(BRX_VERSION)};
    switch (rendering->format) {
    case BRX_HUMAN:
        render_human(buf, &render);
        break;
    case BRX_SHORT:
        render_short(buf, &render);
        break;
    case BRX_JSON:
        render_json(buf, &render);
        break;
    case BRX_GITHUB:
        render_github(buf, &render);
        break;
    case BRX_SARIF:
        render_sarif(buf, &render);
        break;
    }
}

struct brx_text
brx_messages(struct brx *brx, enum brx_format format, enum brx_color color)
{
    struct rendering rendering = {format, color};
    return guard_text(brx, write_messages, &rendering);
}

static void
write_baseline_text(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)argument;
    write_baseline(buf, brx->pipeline.map, brx->sink);
}

struct brx_text
brx_baseline(struct brx *brx)
{
    return guard_text(brx, write_baseline_text, NULL);
}

static void
write_counts(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)argument;
    if (sink_error_count(brx->sink) > 0 || sink_warning_count(brx->sink) > 0)
        render_summary(buf, brx->sink);
}

struct brx_text
brx_message_counts(struct brx *brx)
{
    return guard_text(brx, write_counts, NULL);
}

struct brx_text
brx_project(const struct brx *brx)
{
    const struct ir *ir = brx->pipeline.ir;
    return ir == NULL ? text_of(STR("")) : text_of(ir->project->name);
}

size_t
brx_environment_count(const struct brx *brx)
{
    const struct ir *ir = brx->pipeline.ir;
    return ir == NULL ? 0 : ir->environment_count;
}

struct brx_text
brx_environment(const struct brx *brx, size_t index)
{
    return text_of(brx->pipeline.ir->environments[index]->name);
}

size_t
brx_service_count(const struct brx *brx)
{
    const struct ir *ir = brx->pipeline.ir;
    return ir == NULL ? 0 : ir->service_count;
}

size_t
brx_open_hole_count(const struct brx *brx)
{
    const struct ir *ir = brx->pipeline.ir;
    size_t count = 0;
    for (size_t i = 0; ir != NULL && i < ir->hole_count; i++)
        count += !ir->holes[i].is_filled;
    return count;
}

struct brx_text
brx_open_hole(const struct brx *brx, size_t index)
{
    const struct ir *ir = brx->pipeline.ir;
    for (size_t i = 0; i < ir->hole_count; i++) {
        if (!ir->holes[i].is_filled && index-- == 0)
            return text_of(ir->holes[i].name);
    }
    return text_of(STR(""));
}

struct topic {
    struct str text;
    enum color_mode color;
    struct str *near;
};

static void
write_topic(struct brx *brx, struct buf *buf, const void *argument)
{
    const struct topic *topic = argument;
    (void)brx;
    explain_topic(buf, topic->text, topic->color, topic->near);
}

struct brx_text
brx_explain(struct brx *brx, struct brx_text topic, enum brx_color color,
            struct brx_text *nearest)
{
    struct str near = STR("");
    struct topic asked = {str_of(topic), color_of(color), &near};
    struct brx_text page = guard_text(brx, write_topic, &asked);
    if (nearest != NULL)
        *nearest = text_of(near);
    return page;
}

static void
write_topics(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)brx;
    (void)argument;
    explain_topics(buf);
}

struct brx_text
brx_explain_all(struct brx *brx)
{
    return guard_text(brx, write_topics, NULL);
}

static void
write_words(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)brx;
    (void)argument;
    write_reference(buf);
}

struct brx_text
brx_reference(struct brx *brx)
{
    return guard_text(brx, write_words, NULL);
}
