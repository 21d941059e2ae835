/*
 * The only file that knows libfyaml. Its memory is its own and is given back
 * before a function here ends. It does not tell a text that is no YAML from
 * memory that it did not get: errno does.
 */
#include "foreign/foreign.h"

#include <errno.h>
#include <libfyaml.h>

#include "base/utf8.h"
#include "foreign/builder.h"
#include "foreign/scalar.h"

/* What libfyaml takes before it reads: without it, its beginning crashes. */
enum { BEGINNING_BYTES = 64 * 1024 };

/* What libfyaml reads with. */
struct reader {
    struct fy_diag *diag;
    struct fy_parser *parser;
    struct fy_event *event; /* the latest */
};

static bool is_text(struct builder *builder);
static void parse_text(struct builder *builder);
static void take_event(struct builder *builder, struct fy_event *event);
static void take_scalar(struct builder *builder, struct fy_event *event);
static void report_syntax(struct builder *builder, struct fy_diag *diag);

static const struct str BYTE_ORDER_MARK = STR_INIT("\xef\xbb\xbf");

const struct raw *
foreign_read_workflow(struct arena *arena, struct sink *sink,
                      const struct source_file *file)
{
    struct yaml_text text = {
        .text = file->text,
        .shown = file->path,
        .span = {file->start, file->start + (uint32_t)file->text.len},
        .is_workflow = true};
    struct raw_file raw = foreign_read_yaml_text(arena, sink, &text);
    const struct raw *root = raw.document_count == 1 ? raw.documents[0] : NULL;
    const struct raw *jobs = raw_find(root, STR("jobs"));
    if (raw.is_broken || (jobs != NULL && jobs->kind == RAW_MAP))
        return root;
    struct diag *diag = diag_add(sink, DIAG_Y20, raw.span, STRS(file->path));
    diag_label(diag,
               raw.document_count > 1 ? "it holds several documents"
                                      : "it has no `jobs`",
               NO_STRS);
    return NULL;
}

struct raw_file
foreign_read_yaml(struct arena *arena, struct sink *sink,
                  const struct source_file *file)
{
    struct yaml_text text = {
        .text = file->text,
        .shown = file->path,
        .span = {file->start, file->start + (uint32_t)file->text.len}};
    return foreign_read_yaml_text(arena, sink, &text);
}

struct raw_file
foreign_read_yaml_text(struct arena *arena, struct sink *sink,
                       const struct yaml_text *text)
{
    struct builder builder;
    builder_init(&builder, arena, sink, text);
    if (is_text(&builder))
        parse_text(&builder);
    return (struct raw_file){
        .span = {text->span.start, text->span.start},
        .documents = builder.documents.items,
        .document_count = builder.is_stopped ? 0 : builder.documents.count,
        .is_broken = builder.is_stopped,
    };
}

/* Where byte `at` of the text stands in the source map: of a text inside a
 * program, by its line. */
static uint32_t
place_of(const struct yaml_text *input, size_t at)
{
    size_t low = 0;
    size_t high = input->line_count;
    if (input->line_count == 0)
        return input->span.start + (uint32_t)at;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (input->lines[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    const struct text_line *line = &input->lines[low];
    uint32_t place = line->place + (uint32_t)(at - line->at);
    return place < input->span.end ? place : input->span.end;
}

/* A place in the text, as libfyaml counts it: behind a byte order mark. */
static struct span
span_at(const struct builder *builder, size_t start, size_t end)
{
    const struct yaml_text *input = builder->input;
    size_t skipped =
        has_prefix(input->text, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.len : 0;
    size_t most = input->text.len;
    start = start + skipped < most ? start + skipped : most;
    end = end + skipped < most ? end + skipped : most;
    return (struct span){place_of(input, start),
                         place_of(input, end < start ? start : end)};
}

static bool
is_text(struct builder *builder)
{
    struct str text = builder->input->text;
    size_t bad = utf8_invalid(text);
    size_t nul = str_index(text, '\0', 0);
    size_t at = bad < nul ? bad : nul;
    if (at == text.len)
        return true;
    uint32_t start = place_of(builder->input, at);
    builder_stop(builder, (struct span){start, start + 1},
                 nul <= bad ? "a NUL byte" : "this byte is no UTF-8", NO_STRS);
    return false;
}

/* Whatever libfyaml makes of it: without memory nothing that it says holds. */
static void
expect_memory(const struct builder *builder)
{
    if (errno == ENOMEM)
        arena_fail(builder->arena);
}

static void
parse_events(struct builder *builder, struct reader *reader)
{
    bool is_over = false;
    while (!is_over && !builder->is_stopped) {
        reader->event = fy_parser_parse(reader->parser);
        expect_memory(builder);
        is_over =
            reader->event == NULL || reader->event->type == FYET_STREAM_END;
        if (reader->event != NULL)
            take_event(builder, reader->event);
        expect_memory(builder);
        fy_parser_event_free(reader->parser, reader->event);
        reader->event = NULL;
    }
    if (fy_parser_get_stream_error(reader->parser))
        report_syntax(builder, reader->diag);
}

/* What libfyaml cannot collect it would print: a message is ours to give. */
static void
print_nothing(struct fy_diag *diag, void *user, const char *text, size_t len)
{
    (void)diag;
    (void)user;
    (void)text;
    (void)len;
}

static void
reader_open(struct reader *reader)
{
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.output_fn = print_nothing;
    reader->diag = fy_diag_create(&diag_config);
    struct fy_parse_cfg config = {
        .flags = FYPCF_DEFAULT_VERSION_1_2 | FYPCF_COLLECT_DIAG |
                 FYPCF_JSON_NONE | FYPCF_SLOPPY_FLOW_INDENTATION,
        .diag = reader->diag,
    };
    fy_diag_set_collect_errors(reader->diag, true);
    reader->parser = reader->diag == NULL ? NULL : fy_parser_create(&config);
}

static void
reader_close(void *thing)
{
    struct reader *reader = thing;
    fy_parser_event_free(reader->parser, reader->event);
    fy_parser_destroy(reader->parser);
    fy_diag_destroy(reader->diag);
}

static void
parse_text(struct builder *builder)
{
    struct str text = builder->input->text;
    struct reader reader = {NULL};
    struct hold hold = {.release = reader_close, .thing = &reader};
    arena_hold(builder->arena, &hold);
    arena_expect(builder->arena, BEGINNING_BYTES);
    errno = 0;
    reader_open(&reader);
    if (has_prefix(text, BYTE_ORDER_MARK))
        text = str_slice(text, BYTE_ORDER_MARK.len, text.len);
    if (reader.parser == NULL ||
        fy_parser_set_string(reader.parser, text.at, text.len) != 0)
        arena_fail(builder->arena);
    parse_events(builder, &reader);
    expect_memory(builder);
    arena_let_go(builder->arena, &hold);
    reader_close(&reader);
}

static struct span
event_span(const struct builder *builder, struct fy_event *event)
{
    const struct fy_mark *start = fy_event_start_mark(event);
    const struct fy_mark *end = fy_event_end_mark(event);
    size_t from = start == NULL ? 0 : start->input_pos;
    return span_at(builder, from, end == NULL ? from : end->input_pos);
}

/* A NULL token gives an empty text. */
static struct str
token_text(const struct builder *builder, struct fy_token *token)
{
    size_t len = 0;
    const char *at = token == NULL ? NULL : fy_token_get_text(token, &len);
    if (at == NULL)
        return STR("");
    return arena_copy(builder->arena, (struct str){at, len});
}

/* The tags of JSON's kinds of data may stand there; they say what is plain
 * anyway. Only `!` and `!!str` change a scalar: into a text. */
static bool
check_tag(struct builder *builder, struct fy_event *event)
{
    static const char *const known[] = {"",     "!",    "str", "int", "float",
                                        "bool", "null", "map", "seq"};
    static const struct str COMMON = STR_INIT("tag:yaml.org,2002:");
    struct str tag = token_text(builder, fy_event_get_tag_token(event));
    struct str name =
        has_prefix(tag, COMMON) ? str_slice(tag, COMMON.len, tag.len) : tag;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_str_equal(name, str_from(known[i])))
            return is_str_equal(name, STR("str")) ||
                   is_str_equal(name, STR("!"));
    }
    builder_stop(builder, event_span(builder, event),
                 "the tag `{}` means nothing here", STRS(tag));
    return false;
}

static void
take_event(struct builder *builder, struct fy_event *event)
{
    struct span span = event_span(builder, event);
    struct str anchor = token_text(builder, fy_event_get_anchor_token(event));
    switch (event->type) {
    case FYET_SCALAR:
        take_scalar(builder, event);
        return;
    case FYET_SEQUENCE_START:
    case FYET_MAPPING_START:
        check_tag(builder, event);
        builder_open(builder,
                     event->type == FYET_MAPPING_START ? RAW_MAP : RAW_LIST,
                     span, anchor);
        return;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        builder_close(builder);
        return;
    case FYET_ALIAS:
        builder_alias(builder, token_text(builder, event->alias.anchor), span);
        return;
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_START:
    case FYET_DOCUMENT_END:
        return;
    }
}

static void
take_scalar(struct builder *builder, struct fy_event *event)
{
    struct fy_token *token = event->scalar.value;
    struct raw scalar = {.kind = RAW_TEXT,
                         .text = token_text(builder, token),
                         .span = event_span(builder, event)};
    bool is_plain = token == NULL || fy_token_scalar_style(token) == FYSS_PLAIN;
    bool is_tagged = check_tag(builder, event) || builder->input->is_workflow;
    if (is_plain && !is_tagged && is_scalar_without_json(scalar.text))
        builder_stop(builder, scalar.span,
                     "JSON, which Kubernetes speaks, has no such number",
                     NO_STRS);
    if (is_plain && is_str_equal(scalar.text, STR("<<")))
        builder_stop(builder, scalar.span,
                     "merge keys are not YAML 1.2: write its entries out",
                     NO_STRS);
    struct str written = scalar.text;
    if (is_plain && !is_tagged)
        scalar.kind = scalar_resolve(builder->arena, written, &scalar.text);
    scalar.is_respelled = !is_str_equal(written, scalar.text);
    builder_scalar(builder, scalar,
                   token_text(builder, fy_event_get_anchor_token(event)));
}

/* Line and column count from 1. */
static size_t
offset_of(struct str text, int line, int column)
{
    size_t at = 0;
    for (int i = 1; i < line && at < text.len; i++)
        at = str_index(text, '\n', at) + 1;
    return at + (column > 0 ? (size_t)column - 1 : 0);
}

static void
report_syntax(struct builder *builder, struct fy_diag *diag)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
    if (error == NULL) {
        builder_stop(builder, span_at(builder, 0, 0), "it is no YAML", NO_STRS);
        return;
    }
    struct str text = builder->input->text;
    size_t skipped =
        has_prefix(text, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.len : 0;
    size_t at = offset_of(str_slice(text, skipped, text.len), error->line,
                          error->column);
    builder_stop(builder, span_at(builder, at, at + 1), "{}",
                 STRS(arena_copy(builder->arena, str_from(error->msg))));
}
