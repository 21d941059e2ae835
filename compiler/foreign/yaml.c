/*
 * The only file that knows libyaml. Its memory is its own and is given back
 * before a function here ends; where it gets none, the arena fails.
 */
#include "foreign/foreign.h"

#include <errno.h>
#include <yaml.h>

#include "base/utf8.h"
#include "foreign/builder.h"
#include "foreign/scalar.h"
#include "foreign/surrogates.h"

struct reader {
    struct builder *builder;
    yaml_parser_t parser;
    yaml_event_t event; /* the latest */
    struct str text;    /* as it is read: without a byte order mark */
    struct vec joined;  /* see surrogates.h */
    size_t skipped;     /* bytes before it */
    size_t character;
    size_t byte; /* where that character starts */
};

static bool is_text(struct builder *builder);
static void parse_text(struct builder *builder);
static void take_event(struct reader *reader, const yaml_event_t *event);
static void take_scalar(struct reader *reader, const yaml_event_t *event,
                        struct span span);
static void report_syntax(struct reader *reader);

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

static bool
is_character(struct str text, size_t at)
{
    return ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

/* Characters, as libyaml counts places, in bytes. The reader walks through
 * the text once: a place is close to the last one. */
static size_t
byte_of(struct reader *reader, size_t character)
{
    struct str text = reader->text;
    while (reader->character < character && reader->byte < text.len) {
        do
            reader->byte++;
        while (reader->byte < text.len && !is_character(text, reader->byte));
        reader->character++;
    }
    while (reader->character > character) {
        do
            reader->byte--;
        while (!is_character(text, reader->byte));
        reader->character--;
    }
    return reader->byte;
}

static uint32_t
place_of_character(struct reader *reader, size_t character)
{
    size_t at = byte_of(reader, character);
    return place_of(reader->builder->input,
                    reader->skipped + surrogates_place(&reader->joined, at));
}

static struct span
span_between(struct reader *reader, size_t start, size_t end)
{
    uint32_t from = place_of_character(reader, start);
    uint32_t to = place_of_character(reader, end);
    return (struct span){from, to < from ? from : to};
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

/* It says so itself, but for a few places. */
static void
expect_memory(const struct reader *reader)
{
    if (reader->parser.error == YAML_MEMORY_ERROR || errno == ENOMEM)
        arena_fail(reader->builder->arena);
}

static void
parse_events(struct reader *reader)
{
    bool is_over = false;
    errno = 0;
    while (!is_over && !reader->builder->is_stopped) {
        if (yaml_parser_parse(&reader->parser, &reader->event) == 0) {
            expect_memory(reader);
            report_syntax(reader);
            return;
        }
        is_over = reader->event.type == YAML_STREAM_END_EVENT;
        take_event(reader, &reader->event);
        yaml_event_delete(&reader->event);
    }
}

static void
reader_take_text(struct reader *reader)
{
    struct arena *arena = reader->builder->arena;
    struct str text = reader->builder->input->text;
    if (has_prefix(text, BYTE_ORDER_MARK))
        reader->skipped = BYTE_ORDER_MARK.len;
    vec_init(&reader->joined, arena, sizeof(size_t));
    reader->text = surrogates_join(
        arena, str_slice(text, reader->skipped, text.len), &reader->joined);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser,
                                 (const unsigned char *)reader->text.at,
                                 reader->text.len);
}

static void
reader_close(void *thing)
{
    struct reader *reader = thing;
    yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
}

static void
parse_text(struct builder *builder)
{
    struct reader reader = {.builder = builder};
    struct hold hold = {.release = reader_close, .thing = &reader};
    if (yaml_parser_initialize(&reader.parser) == 0)
        arena_fail(builder->arena);
    arena_hold(builder->arena, &hold);
    reader_take_text(&reader);
    parse_events(&reader);
    arena_let_go(builder->arena, &hold);
    reader_close(&reader);
}

/* NULL gives an empty text. */
static struct str
copy_text(const struct reader *reader, const yaml_char_t *text)
{
    if (text == NULL)
        return STR("");
    return arena_copy(reader->builder->arena, str_from((const char *)text));
}

/* The tags of JSON's kinds of data may stand there; they say what is plain
 * anyway. Only `!` and `!!str` change a scalar: into a text. */
static bool
check_tag(struct reader *reader, const yaml_char_t *written, struct span span)
{
    static const char *const known[] = {"",     "!",    "str", "int", "float",
                                        "bool", "null", "map", "seq"};
    static const struct str COMMON = STR_INIT("tag:yaml.org,2002:");
    struct str tag = copy_text(reader, written);
    struct str name =
        has_prefix(tag, COMMON) ? str_slice(tag, COMMON.len, tag.len) : tag;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_str_equal(name, str_from(known[i])))
            return is_str_equal(name, STR("str")) ||
                   is_str_equal(name, STR("!"));
    }
    builder_stop(reader->builder, span, "the tag `{}` means nothing here",
                 STRS(tag));
    return false;
}

static void
take_event(struct reader *reader, const yaml_event_t *event)
{
    struct builder *builder = reader->builder;
    struct span span =
        span_between(reader, event->start_mark.index, event->end_mark.index);
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        take_scalar(reader, event, span);
        return;
    case YAML_SEQUENCE_START_EVENT:
        check_tag(reader, event->data.sequence_start.tag, span);
        builder_open(builder, RAW_LIST, span,
                     copy_text(reader, event->data.sequence_start.anchor));
        return;
    case YAML_MAPPING_START_EVENT:
        check_tag(reader, event->data.mapping_start.tag, span);
        builder_open(builder, RAW_MAP, span,
                     copy_text(reader, event->data.mapping_start.anchor));
        return;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder_close(builder);
        return;
    case YAML_ALIAS_EVENT:
        builder_alias(builder, copy_text(reader, event->data.alias.anchor),
                      span);
        return;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return;
    }
}

static void
take_scalar(struct reader *reader, const yaml_event_t *event, struct span span)
{
    struct builder *builder = reader->builder;
    struct str written = arena_copy(
        builder->arena, (struct str){(const char *)event->data.scalar.value,
                                     event->data.scalar.length});
    struct raw scalar = {.kind = RAW_TEXT, .text = written, .span = span};
    bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    bool is_text_tag = check_tag(reader, event->data.scalar.tag, span);
    bool is_tagged = is_text_tag || builder->input->is_workflow;
    if (is_plain && !is_tagged && is_scalar_without_json(written))
        builder_stop(builder, span,
                     "JSON, which Kubernetes speaks, has no such number",
                     NO_STRS);
    if (is_plain && is_str_equal(written, STR("<<")))
        builder_stop(builder, span,
                     "merge keys are not YAML 1.2: write its entries out",
                     NO_STRS);
    if (is_plain && !is_tagged)
        scalar.kind = scalar_resolve(builder->arena, written, &scalar.text);
    scalar.is_respelled = !is_str_equal(written, scalar.text);
    builder_scalar(builder, scalar,
                   copy_text(reader, event->data.scalar.anchor));
}

/* What libyaml says is for a reader of its source: the construct that it was
 * in, and what it did not find. */
static void
report_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    size_t at = parser->problem_mark.index;
    struct span span = span_between(reader, at, at + 1);
    if (parser->problem == NULL)
        builder_stop(reader->builder, span, "it is no YAML", NO_STRS);
    else if (parser->context == NULL)
        builder_stop(reader->builder, span, "{}",
                     STRS(str_from(parser->problem)));
    else
        builder_stop(
            reader->builder, span, "{}: {}",
            STRS(str_from(parser->context), str_from(parser->problem)));
}
