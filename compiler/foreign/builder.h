/*
 * A tree of raw data out of what a reader meets, piece by piece, in its order.
 * It knows nothing of YAML's signs; yaml.c does.
 */
#ifndef FOREIGN_BUILDER_H
#define FOREIGN_BUILDER_H

#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"
#include "foreign/foreign.h"

/* A list or map whose end has not come yet. */
struct open_piece {
    struct raw *raw;
    struct str anchor;     /* empty: none */
    struct vec entries;    /* of struct raw_entry */
    struct map keys;       /* of a map, to its struct raw_entry */
    struct raw_entry next; /* a map's key whose value has not come yet */
    bool has_key;
};

struct builder {
    struct arena *arena;
    struct sink *sink;
    const struct yaml_text *input;
    struct map anchors; /* to struct raw * */
    struct vec documents;
    struct open_piece open[LIMIT_RAW_DEPTH];
    size_t depth;
    bool is_stopped; /* after a fault that leaves nothing to go on with */
};

void builder_init(struct builder *builder, struct arena *arena,
                  struct sink *sink, const struct yaml_text *input);
/* Y01, and the end of it. */
void builder_stop(struct builder *builder, struct span span,
                  const char *template_text, struct strs texts);
void builder_scalar(struct builder *builder, struct raw scalar,
                    struct str anchor);
void builder_open(struct builder *builder, enum raw_kind kind, struct span span,
                  struct str anchor);
void builder_close(struct builder *builder);
void builder_alias(struct builder *builder, struct str anchor,
                   struct span span);

#endif
