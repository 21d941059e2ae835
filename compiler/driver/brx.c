/*
 * The body of brx.h: handles, and the translation between public and inner
 * shapes. What a call does is told by the rooms that it calls.
 */
#include "brx/brx.h"

#include "diag/diag.h"
#include "diag/render.h"
#include "driver/explain.h"
#include "driver/pipeline.h"
#include "emit/emit.h"
#include "parser/parser.h"
#include "source/read.h"
#include "tree/tree.h"

#include <string.h>

struct brx {
    struct arena *arena;
    struct brx_options options;
    struct sink *sink;
    struct pipeline pipeline;
    struct documents documents;
    bool is_partial;
    struct str path;
    struct str failure;
};

/* ---- shapes ---------------------------------------------------------------
 */

static struct str
str_of(struct brx_text text)
{
    return (struct str){text.at, text.len};
}

static struct brx_text
text_of(struct str text)
{
    return (struct brx_text){text.at, text.len};
}

struct brx_text
brx_text(const char *text)
{
    return text_of(str_from(text));
}

static enum brx_status
finish(struct brx *brx, struct status status)
{
    brx->failure = status.message;
    switch (status.kind) {
    case STATUS_OK:
        return BRX_OK;
    case STATUS_NO_MEMORY:
        return BRX_NO_MEMORY;
    case STATUS_CANNOT_READ:
        return BRX_CANNOT_READ;
    case STATUS_CANNOT_WRITE:
        return BRX_CANNOT_WRITE;
    case STATUS_REFUSED:
        return BRX_REFUSED;
    }
    return BRX_OK;
}

static enum brx_status
out_of_memory(struct brx *brx)
{
    brx->failure = STR("the machine has no memory left");
    return BRX_NO_MEMORY;
}

/* ---- reading --------------------------------------------------------------
 */

static struct status
read_from_disk(void *context, struct arena *arena, struct str path,
               struct str *text)
{
    (void)context;
    if (is_str_equal(path, STR("-")))
        return read_standard_input(arena, text);
    return read_file(arena, path, text);
}

static struct status
list_on_disk(void *context, struct arena *arena, struct str folder,
             void (*add)(void *to, struct str name), void *to)
{
    (void)context;
    return list_folder(arena, folder, add, to);
}

static struct status
read_from_user(void *context, struct arena *arena, struct str path,
               struct str *text)
{
    const struct brx *brx = context;
    struct brx_text given = {"", 0};
    enum brx_status status =
        brx->options.read(brx->options.read_context, text_of(path), &given);
    *text = str_of(given);
    if (status == BRX_OK)
        return (struct status){STATUS_OK, STR("")};
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(arena, "cannot read `{}`: {}", STRS(path, *text))};
}

/* The user's listing calls back with public texts. */
struct listing {
    void (*add)(void *to, struct str name);
    void *to;
};

static void
add_listed(void *to, struct brx_text name)
{
    const struct listing *listing = to;
    listing->add(listing->to, str_of(name));
}

static struct status
list_from_user(void *context, struct arena *arena, struct str folder,
               void (*add)(void *to, struct str name), void *to)
{
    const struct brx *brx = context;
    struct listing listing = {add, to};
    enum brx_status status = brx->options.list(
        brx->options.read_context, text_of(folder), add_listed, &listing);
    if (status == BRX_OK)
        return (struct status){STATUS_OK, STR("")};
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(arena, "cannot list `{}`", STRS(folder))};
}

/* ---- handles --------------------------------------------------------------
 */

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
    pipeline->access.context = brx;
    pipeline->access.read =
        brx->options.read != NULL ? read_from_user : read_from_disk;
    pipeline->access.list =
        brx->options.list != NULL ? list_from_user : list_on_disk;
    pipeline->is_release = brx->options.is_release;
    pipeline->today = str_of(brx->options.today);
    pipeline->stage = brx->options.stage;
    pipeline->stage_context = brx->options.stage_context;
    brx->sink = pipeline->sink;
    documents_init(&brx->documents, brx->arena);
}

struct brx *
brx_open(const struct brx_options *options)
{
    struct arena *arena = arena_open();
    jmp_buf recovery;
    if (arena == NULL)
        return NULL;
    if (setjmp(recovery) != 0) {
        arena_close(arena);
        return NULL;
    }
    arena_recover(arena, &recovery);
    struct brx *brx = arena_new(arena, sizeof *brx);
    brx->arena = arena;
    take_options(brx, options);
    init_pipeline(brx);
    arena_recover(arena, NULL);
    return brx;
}

void
brx_close(struct brx *brx)
{
    if (brx != NULL)
        arena_close(brx->arena);
}

/* ---- compiling ------------------------------------------------------------
 */

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

enum brx_status
brx_compile(struct brx *brx, struct brx_text path)
{
    jmp_buf recovery;
    if (setjmp(recovery) != 0)
        return out_of_memory(brx);
    arena_recover(brx->arena, &recovery);
    brx->path = arena_copy(brx->arena, str_of(path));
    take_givens(brx);
    take_given_files(brx);
    struct status status = run_pipeline(&brx->pipeline, brx->path);
    sink_settle(brx->sink);
    arena_recover(brx->arena, NULL);
    return finish(brx, status);
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

struct brx_text
brx_messages(struct brx *brx, enum brx_format format, enum brx_color color)
{
    struct render render = {
        .map = brx->pipeline.map, .sink = brx->sink, .color = color_of(color)};
    struct buf buf;
    buf_init(&buf, brx->arena);
    switch (format) {
    case BRX_HUMAN:
        render_human(&buf, &render);
        break;
    case BRX_SHORT:
        render_short(&buf, &render);
        break;
    case BRX_JSON:
        render_json(&buf, &render);
        break;
    }
    return text_of(buf_str(&buf));
}

struct brx_text
brx_message_counts(struct brx *brx)
{
    struct buf buf;
    buf_init(&buf, brx->arena);
    render_summary(&buf, brx->sink);
    return text_of(buf_str(&buf));
}

/* ---- what the program says -------------------------------------------------
 */

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

/* ---- documents -------------------------------------------------------------
 */

/* The zone files that stand in the output folder, for their serials. */
static struct zone_history
read_zone_history(struct brx *brx, struct str folder)
{
    const struct ir *ir = brx->pipeline.ir;
    struct str *files = arena_array(brx->arena, ir->zone_count, sizeof *files);
    for (size_t i = 0; i < ir->zone_count; i++) {
        struct str path = zone_path(brx->arena, ir, &ir->zones[i]);
        struct status status = {STATUS_CANNOT_READ, STR("")};
        if (!is_str_empty(folder) && !is_str_empty(path))
            status =
                read_file(brx->arena,
                          arena_format(brx->arena, "{}/{}", STRS(folder, path)),
                          &files[i]);
        if (status.kind != STATUS_OK)
            files[i] = STR("");
    }
    return (struct zone_history){files, ir->zone_count};
}

static bool
has_environment(const struct brx *brx, struct str name)
{
    for (size_t i = 0; i < brx->pipeline.ir->environment_count; i++) {
        if (is_str_equal(brx->pipeline.ir->environments[i]->name, name))
            return true;
    }
    return false;
}

static struct emit_input
emit_input_of(struct brx *brx, const struct brx_selection *selection)
{
    const unsigned all = BRX_KUBERNETES | BRX_DNS | BRX_CI;
    unsigned targets = selection->targets != 0 ? selection->targets : all;
    struct emit_input input = {.model = brx->pipeline.model};
    input.has_target[TARGET_KUBERNETES] = (targets & BRX_KUBERNETES) != 0;
    input.has_target[TARGET_DNS] = (targets & BRX_DNS) != 0;
    input.has_target[TARGET_CI] = (targets & BRX_CI) != 0;
    input.has_target[TARGET_FLAT] =
        selection->is_flat || (targets & BRX_FLAT) != 0;
    input.environment = str_of(selection->environment);
    input.zone_history = read_zone_history(brx, str_of(selection->folder));
    brx->is_partial =
        (targets & all) != all || !is_str_empty(str_of(selection->environment));
    return input;
}

enum brx_status
brx_emit(struct brx *brx, const struct brx_selection *selection)
{
    struct brx_selection everything = {.size = sizeof everything};
    jmp_buf recovery;
    if (setjmp(recovery) != 0)
        return out_of_memory(brx);
    if (selection == NULL)
        selection = &everything;
    if (brx->pipeline.model == NULL)
        return finish(brx, (struct status){STATUS_REFUSED,
                                           STR("the program has errors")});
    if (!is_str_empty(str_of(selection->environment)) &&
        !has_environment(brx, str_of(selection->environment)))
        return finish(
            brx, (struct status){STATUS_REFUSED, STR("no such environment")});
    arena_recover(brx->arena, &recovery);
    if (brx->options.stage != NULL)
        brx->options.stage(brx->options.stage_context, "emit");
    struct emit_input input = emit_input_of(brx, selection);
    emit_documents(&input, &brx->documents);
    arena_recover(brx->arena, NULL);
    return BRX_OK;
}

size_t
brx_document_count(const struct brx *brx)
{
    return document_count(&brx->documents);
}

static enum brx_target
target_of(enum document_target target)
{
    switch (target) {
    case TARGET_KUBERNETES:
        return BRX_KUBERNETES;
    case TARGET_DNS:
        return BRX_DNS;
    case TARGET_CI:
        return BRX_CI;
    case TARGET_FLAT:
        return BRX_FLAT;
    case TARGET_COUNT:
        break;
    }
    return BRX_KUBERNETES;
}

struct brx_document
brx_document(const struct brx *brx, size_t index)
{
    const struct document *document = document_at(&brx->documents, index);
    return (struct brx_document){
        text_of(document->path), text_of(buf_str(&document->content)),
        target_of(document->target), document->is_executable};
}

enum brx_status
brx_write(struct brx *brx, const struct brx_destination *destination,
          struct brx_written *written)
{
    struct tree_result result = {0};
    jmp_buf recovery;
    if (setjmp(recovery) != 0)
        return out_of_memory(brx);
    arena_recover(brx->arena, &recovery);
    if (brx->options.stage != NULL)
        brx->options.stage(brx->options.stage_context, "write");
    struct tree_options options = {
        .folder = str_of(destination->folder),
        .program = brx->path,
        .compiler = STR(BRX_VERSION),
        .adopt = destination->adopt,
        .force = destination->force,
        .is_partial = brx->is_partial,
    };
    struct status status = tree_write(brx->arena, brx->sink, brx->pipeline.map,
                                      &brx->documents, &options, &result);
    sink_settle(brx->sink);
    arena_recover(brx->arena, NULL);
    if (written != NULL)
        *written = (struct brx_written){
            result.counts[TREE_CREATED], result.counts[TREE_CHANGED],
            result.counts[TREE_REMOVED], result.counts[TREE_KEPT]};
    return finish(brx, status);
}

/* ---- help ------------------------------------------------------------------
 */

struct brx_text
brx_explain(struct brx *brx, struct brx_text topic, enum brx_color color,
            struct brx_text *nearest)
{
    struct buf buf;
    struct str near = STR("");
    buf_init(&buf, brx->arena);
    explain_topic(&buf, str_of(topic), color_of(color), &near);
    if (nearest != NULL)
        *nearest = text_of(near);
    return text_of(buf_str(&buf));
}

struct brx_text
brx_explain_all(struct brx *brx)
{
    struct buf buf;
    buf_init(&buf, brx->arena);
    explain_topics(&buf);
    return text_of(buf_str(&buf));
}
