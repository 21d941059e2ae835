/*
 * Reads YAML with libfyaml, which knows YAML 1.2.
 */
#include "support/yaml_tree.h"

#include <assert.h>
#include <libfyaml.h>

static bool add_event(struct yaml_builder *builder, struct fy_event *event);
static struct yaml_node node_from(const struct yaml_builder *builder,
                                  enum yaml_shape shape,
                                  struct fy_event *event);
static struct str copy(const struct yaml_builder *builder,
                       struct fy_token *token);
static void note_error(struct arena *arena, struct fy_diag *diag,
                       struct yaml_stream *stream);

struct yaml_stream
read_yaml_libfyaml(struct arena *arena, struct str text)
{
    struct yaml_stream stream;
    struct yaml_builder builder;
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    struct fy_diag *diag = fy_diag_create(&diag_config);
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg config = {
        .flags =
            FYPCF_DEFAULT_VERSION_1_2 | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE,
        .diag = diag,
    };
    struct fy_parser *parser = fy_parser_create(&config);
    assert(parser != NULL);
    yaml_builder_init(&builder, arena, &stream);
    bool is_over = fy_parser_set_string(parser, text.at, text.len) != 0;
    while (!is_over) {
        struct fy_event *event = fy_parser_parse(parser);
        is_over = event == NULL || !add_event(&builder, event);
        fy_parser_event_free(parser, event);
    }
    if (fy_parser_get_stream_error(parser)) {
        note_error(arena, diag, &stream);
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return stream;
}

static bool
add_event(struct yaml_builder *builder, struct fy_event *event)
{
    struct yaml_node node;
    switch (event->type) {
    case FYET_SCALAR:
        node = node_from(builder, SHAPE_TEXT, event);
        node.text = copy(builder, event->scalar.value);
        node.is_plain =
            event->scalar.value == NULL ||
            fy_token_scalar_style(event->scalar.value) == FYSS_PLAIN;
        return yaml_builder_add(builder, node);
    case FYET_SEQUENCE_START:
        node = node_from(builder, SHAPE_LIST, event);
        return yaml_builder_add(builder, node);
    case FYET_MAPPING_START:
        node = node_from(builder, SHAPE_MAP, event);
        return yaml_builder_add(builder, node);
    case FYET_ALIAS:
        node = node_from(builder, SHAPE_ALIAS, event);
        node.text = copy(builder, event->alias.anchor);
        return yaml_builder_add(builder, node);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        yaml_builder_close(builder);
        return true;
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_START:
    case FYET_DOCUMENT_END:
        return true;
    }
    return true;
}

static struct yaml_node
node_from(const struct yaml_builder *builder, enum yaml_shape shape,
          struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    bool has_anchor =
        shape != SHAPE_ALIAS && fy_event_get_anchor_token(event) != NULL;
    return (struct yaml_node){
        .shape = shape,
        .tag = copy(builder, fy_event_get_tag_token(event)),
        .has_anchor = has_anchor,
        .line = mark == NULL ? 0 : (uint32_t)mark->line + 1,
    };
}

static struct str
copy(const struct yaml_builder *builder, struct fy_token *token)
{
    if (token == NULL) {
        return (struct str){NULL, 0};
    }
    size_t len = 0;
    const char *at = fy_token_get_text(token, &len);
    return arena_copy(builder->arena, (struct str){at, len});
}

static void
note_error(struct arena *arena, struct fy_diag *diag,
           struct yaml_stream *stream)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
    stream->message = STR("cannot be read");
    stream->line = 1;
    if (error != NULL) {
        stream->message = arena_copy(arena, str_from(error->msg));
        stream->line = error->line > 0 ? (uint32_t)error->line : 1;
    }
}
