/*
 * What a YAML reader found, the same for each reader, so that two of them can
 * be held against each other. All of it lives in the arena that was given.
 */
#ifndef SUPPORT_YAML_TREE_H
#define SUPPORT_YAML_TREE_H

#include "base/arena.h"
#include "base/vec.h"

enum yaml_shape { SHAPE_TEXT, SHAPE_LIST, SHAPE_MAP, SHAPE_ALIAS };

struct yaml_node {
    enum yaml_shape shape;
    struct str text; /* of a text, or the name of an alias */
    struct str tag;
    bool is_plain; /* a text without quotes, which has a type by its looks */
    bool has_anchor;
    uint32_t line;
    struct yaml_node *child; /* the first; those of a map: key, value, … */
    struct yaml_node *next;
};

struct yaml_stream {
    struct vec documents; /* of struct yaml_node * */
    struct str message;   /* why it could not be read; empty when it was */
    uint32_t line;        /* of that */
};

enum { YAML_TREE_DEPTH_MAX = 200 };

/* Takes what a reader meets, in its order. */
struct yaml_builder {
    struct arena *arena;
    struct yaml_stream *stream;
    unsigned depth;
    struct yaml_node *open[YAML_TREE_DEPTH_MAX];
    struct yaml_node *last[YAML_TREE_DEPTH_MAX];
};

void yaml_builder_init(struct yaml_builder *builder, struct arena *arena,
                       struct yaml_stream *stream);
/* A list or map stays open until the matching close. False when too deep. */
bool yaml_builder_add(struct yaml_builder *builder, struct yaml_node node);
void yaml_builder_close(struct yaml_builder *builder);

struct yaml_stream read_yaml_libyaml(struct arena *arena, struct str text);
struct yaml_stream read_yaml_libfyaml(struct arena *arena, struct str text);

size_t yaml_document_count(const struct yaml_stream *stream);
const struct yaml_node *yaml_document_at(const struct yaml_stream *stream,
                                         size_t index);
/* The value behind the key with this text, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *map, struct str key);

#endif
