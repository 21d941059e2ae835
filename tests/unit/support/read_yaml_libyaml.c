/*
 * Reads YAML with libyaml, which knows YAML 1.1.
 */
#include "support/yaml_tree.h"

#include <yaml.h>

static bool add_event(struct yaml_builder *builder, const yaml_event_t *event);
static struct yaml_node node_from(enum yaml_shape shape,
                                  const yaml_event_t *event);
static struct str copy(const struct yaml_builder *builder,
                       const yaml_char_t *text);

struct yaml_stream
read_yaml_libyaml(struct arena *arena, struct str text)
{
    struct yaml_stream stream;
    struct yaml_builder builder;
    yaml_parser_t parser;
    yaml_builder_init(&builder, arena, &stream);
    yaml_parser_initialize(&parser);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const yaml_char_t *)text.at,
                                 text.len);
    bool is_over = false;
    while (!is_over) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            stream.message = arena_copy(arena, str_from(parser.problem));
            stream.line = (uint32_t)parser.problem_mark.line + 1;
            break;
        }
        is_over =
            event.type == YAML_STREAM_END_EVENT || !add_event(&builder, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return stream;
}

static bool
add_event(struct yaml_builder *builder, const yaml_event_t *event)
{
    struct yaml_node node;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        node = node_from(SHAPE_TEXT, event);
        node.text = arena_copy(
            builder->arena, (struct str){(const char *)event->data.scalar.value,
                                         event->data.scalar.length});
        node.tag = copy(builder, event->data.scalar.tag);
        node.is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node.has_anchor = event->data.scalar.anchor != NULL;
        return yaml_builder_add(builder, node);
    case YAML_SEQUENCE_START_EVENT:
        node = node_from(SHAPE_LIST, event);
        node.tag = copy(builder, event->data.sequence_start.tag);
        node.has_anchor = event->data.sequence_start.anchor != NULL;
        return yaml_builder_add(builder, node);
    case YAML_MAPPING_START_EVENT:
        node = node_from(SHAPE_MAP, event);
        node.tag = copy(builder, event->data.mapping_start.tag);
        node.has_anchor = event->data.mapping_start.anchor != NULL;
        return yaml_builder_add(builder, node);
    case YAML_ALIAS_EVENT:
        node = node_from(SHAPE_ALIAS, event);
        node.text = copy(builder, event->data.alias.anchor);
        return yaml_builder_add(builder, node);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        yaml_builder_close(builder);
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
}

static struct yaml_node
node_from(enum yaml_shape shape, const yaml_event_t *event)
{
    return (struct yaml_node){
        .shape = shape,
        .line = (uint32_t)event->start_mark.line + 1,
    };
}

static struct str
copy(const struct yaml_builder *builder, const yaml_char_t *text)
{
    if (text == NULL) {
        return (struct str){NULL, 0};
    }
    return arena_copy(builder->arena, str_from((const char *)text));
}
