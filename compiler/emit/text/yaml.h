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
 * A map or list that stays empty is printed as `{}` or `[]`.
 */
#ifndef EMIT_TEXT_YAML_H
#define EMIT_TEXT_YAML_H

#include "base/buf.h"

enum { YAML_DEPTH_MAX = 64 };

struct yaml_level {
    bool is_list;
    bool is_empty;   /* nothing printed in it yet */
    bool is_inline;  /* the first key goes behind the `- ` of its item */
    unsigned indent;
};

struct yaml {
    struct buf *buf;
    unsigned depth;
    struct yaml_level levels[YAML_DEPTH_MAX];
};

void yaml_init(struct yaml *yaml, struct buf *buf);
/* `---` between documents; the first one has none. All levels closed. */
void yaml_document(struct yaml *yaml);
/* `# text`, at the place where the next thing comes; newlines start lines. */
void yaml_comment(struct yaml *yaml, struct str text);
/* A blank line, for people. */
void yaml_blank(struct yaml *yaml);

void yaml_map(struct yaml *yaml, const char *key);
void yaml_map_named(struct yaml *yaml, struct str key);
void yaml_list(struct yaml *yaml, const char *key);
void yaml_list_named(struct yaml *yaml, struct str key);
/* A list's next item, itself a map. */
void yaml_item(struct yaml *yaml);
/* Closes the innermost map or list. */
void yaml_end(struct yaml *yaml);

/* A plain word of ours (`Deployment`, `v1`, `RollingUpdate`). Asserts that it
 * needs no quotes. */
void yaml_word(struct yaml *yaml, const char *key, const char *word);
void yaml_text(struct yaml *yaml, const char *key, struct str text);
void yaml_text_named(struct yaml *yaml, struct str key, struct str text);
void yaml_number(struct yaml *yaml, const char *key, int64_t number);
void yaml_bool(struct yaml *yaml, const char *key, bool value);
void yaml_item_text(struct yaml *yaml, struct str text);
void yaml_item_word(struct yaml *yaml, const char *word);
void yaml_item_number(struct yaml *yaml, int64_t number);
/* A literal block (`|`), kept byte for byte; for scripts in workflows. Falls
 * back to a quoted scalar when a block cannot carry the text. */
void yaml_block(struct yaml *yaml, const char *key, struct str text);
/* `key: [a, b]` on one line, each text quoted as needed. */
void yaml_flow_list(struct yaml *yaml, const char *key, struct strs texts);

/* Must this text be quoted? Shared with the tests. */
bool is_yaml_plain(struct str text);

#endif
