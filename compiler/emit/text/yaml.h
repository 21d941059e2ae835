/*
 * The one way into a YAML file. The writer keeps indentation, separators and
 * quoting; an emitter says what comes. Output reads the same under YAML 1.1
 * and 1.2: two spaces, no tabs, no anchors, no folding, one final newline.
 *
 * A `key` is a literal of ours and is printed as it is; keys and texts that
 * a user wrote go in as struct str, and are quoted when any reader of 1.1 or
 * 1.2 could take them for something else.
 *
 *     yaml_map(y, "metadata");            metadata:
 *     yaml_text(y, "name", name);           name: api
 *     yaml_list(y, "args");                 args:
 *     yaml_item_text(y, STR("no"));           - "no"
 *     yaml_end(y);
 *     yaml_end(y);
 *
 * A map or list that stays empty is printed as `{}` or `[]`. A text is UTF-8;
 * a byte that is not comes out as U+FFFD.
 */
#ifndef EMIT_TEXT_YAML_H
#define EMIT_TEXT_YAML_H

#include "base/buf.h"
#include "ir/raw_tree.h"

enum { YAML_DEPTH_MAX = 64 };

struct yaml_level {
    bool is_list;
    bool is_empty;  /* no entry printed in it yet */
    bool is_inline; /* its first entry goes behind the `- ` that opened it */
    unsigned indent;
};

struct yaml {
    struct buf *buf;
    struct arena *arena;   /* for texts on their way into it */
    struct raw_tree *tree; /* or NULL: what is written becomes data, not text */
    unsigned depth;
    bool has_document;
    bool is_line_open; /* `key:` or `-` was printed, its line is not over */
    bool is_kept;      /* a blank line would now belong to a `|+` block */
    struct yaml_level levels[YAML_DEPTH_MAX];
};

/* A document's root is a map, or a list when its first entry is an item. */
void yaml_init(struct yaml *yaml, struct buf *buf, struct arena *arena);
/* The same calls make a tree instead, of one document; comments are lost. */
void yaml_init_tree(struct yaml *yaml, struct raw_tree *tree);
/* Its root, when all is written. */
const struct raw *yaml_end_tree(struct yaml *yaml);
/* `---` between documents; the first one has none. All levels closed. */
void yaml_document(struct yaml *yaml);
/* What follows comes behind other documents, which are printed elsewhere. */
void yaml_continue(struct yaml *yaml);
/* `# text`, at the place where the next thing comes; newlines start lines. */
void yaml_comment(struct yaml *yaml, struct str text);
/* A blank line, for people; none where it would become part of a text. */
void yaml_blank(struct yaml *yaml);

void yaml_map(struct yaml *yaml, const char *key);
void yaml_map_named(struct yaml *yaml, struct str key);
void yaml_list(struct yaml *yaml, const char *key);
void yaml_list_named(struct yaml *yaml, struct str key);
/* A list's next item, itself a map. */
void yaml_item(struct yaml *yaml);
/* A list's next item, itself a list. */
void yaml_item_list(struct yaml *yaml);
/* Closes the innermost map or list. */
void yaml_end(struct yaml *yaml);

/* A plain word of ours (`Deployment`, `v1`, `RollingUpdate`), which needs no
 * quotes: it is printed as it is. */
void yaml_word(struct yaml *yaml, const char *key, const char *word);
/* Plain, quoted, or as a literal block when it has several lines. */
void yaml_text(struct yaml *yaml, const char *key, struct str text);
/* The same with ` # note` behind it; asserts that the text is one line. */
void yaml_text_noted(struct yaml *yaml, const char *key, struct str text,
                     const char *note);
void yaml_text_named(struct yaml *yaml, struct str key, struct str text);
void yaml_number(struct yaml *yaml, const char *key, int64_t number);
/* The same, spelled otherwise in the text `from` of the program. */
void yaml_number_from(struct yaml *yaml, const char *key, int64_t number,
                      struct str from);
void yaml_text_from(struct yaml *yaml, const char *key, struct str text,
                    struct str from);
void yaml_bool(struct yaml *yaml, const char *key, bool value);
/* A number, a bool or `null` that is spelled already, as it is. */
void yaml_plain_named(struct yaml *yaml, struct str key, struct str plain);
void yaml_item_text(struct yaml *yaml, struct str text);
void yaml_item_plain(struct yaml *yaml, struct str plain);
void yaml_item_word(struct yaml *yaml, const char *word);
void yaml_item_number(struct yaml *yaml, int64_t number);
/* A literal block (`|`), kept byte for byte; for scripts in workflows. Falls
 * back to a quoted scalar when a block cannot carry the text: when it has
 * tabs, spaces at a line's end or characters that must be escaped. */
void yaml_block(struct yaml *yaml, const char *key, struct str text);
/* `key: [a, b]` on one line, each text quoted as needed. */
void yaml_flow_list(struct yaml *yaml, const char *key, struct strs texts);

/* May this text stand without quotes, as a key or a value? Shared with the
 * tests. */
bool is_yaml_plain(struct str text);

#endif
