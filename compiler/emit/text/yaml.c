/*
 * The YAML writer: where a thing stands. How a text is spelled is in
 * yaml_scalar.c.
 */
#include "emit/text/yaml.h"

#include <assert.h>
#include <string.h>

#include "base/trace.h"
#include "emit/text/yaml_scalar.h"

/* Above this a key is announced by `? `, since an implicit key may have 1024
 * characters (YAML 1.2 7.4.2) and an escape has four for each byte. */
enum { KEY_BYTES_MAX = 200 };

static struct yaml_level *level_get(struct yaml *yaml);
static void level_open(struct yaml *yaml, bool is_list, bool is_inline);
static char *line_start(struct yaml *yaml, size_t room);
static char *entry_start(struct yaml *yaml, bool is_list, size_t room);
static void add_key(struct yaml *yaml, const char *key);
static void add_key_named(struct yaml *yaml, struct str key);
static void add_dash(struct yaml *yaml);
static void add_word(struct yaml *yaml, struct str word);
static void add_words(struct yaml *yaml, struct str words);
static void add_number(struct yaml *yaml, int64_t number);
static void add_text(struct yaml *yaml, struct str text);
static void add_block(struct yaml *yaml, struct str text);

void
yaml_init(struct yaml *yaml, struct buf *buf, struct arena *arena)
{
    *yaml = (struct yaml){
        .buf = buf, .arena = arena, .levels = {{.is_empty = true}}};
}

void
yaml_init_tree(struct yaml *yaml, struct raw_tree *tree)
{
    struct buf *unused = arena_new(tree->arena, sizeof *unused);
    buf_init(unused, tree->arena);
    yaml_init(yaml, unused, tree->arena);
    yaml->tree = tree;
    raw_tree_open(tree, RAW_MAP, NO_SPAN);
}

const struct raw *
yaml_end_tree(struct yaml *yaml)
{
    assert(yaml->depth == 0);
    raw_tree_close(yaml->tree);
    return yaml->tree->root;
}

void
yaml_document(struct yaml *yaml)
{
    assert(yaml->tree == NULL);
    assert(yaml->depth == 0);
    if (yaml->has_document || !yaml->levels[0].is_empty) {
        buf_add(yaml->buf, STR("---\n"));
    }
    yaml->has_document = true;
    yaml->is_kept = false;
    yaml->levels[0] = (struct yaml_level){.is_empty = true};
}

void
yaml_continue(struct yaml *yaml)
{
    yaml->has_document = true;
}

void
yaml_comment(struct yaml *yaml, struct str text)
{
    if (yaml->tree != NULL)
        return;
    do {
        struct str line = str_cut(&text, '\n');
        *line_start(yaml, 1) = '#';
        buf_grew(yaml->buf, 1);
        yaml_scalar_comment(yaml->buf, line);
        buf_byte(yaml->buf, '\n');
    } while (text.len > 0);
}

void
yaml_blank(struct yaml *yaml)
{
    if (yaml->tree == NULL && !yaml->is_kept && !yaml->is_line_open) {
        buf_byte(yaml->buf, '\n');
    }
}

void
yaml_map(struct yaml *yaml, const char *key)
{
    add_key(yaml, key);
    level_open(yaml, false, false);
}

void
yaml_map_named(struct yaml *yaml, struct str key)
{
    add_key_named(yaml, key);
    level_open(yaml, false, false);
}

void
yaml_list(struct yaml *yaml, const char *key)
{
    add_key(yaml, key);
    level_open(yaml, true, false);
}

void
yaml_list_named(struct yaml *yaml, struct str key)
{
    add_key_named(yaml, key);
    level_open(yaml, true, false);
}

void
yaml_item(struct yaml *yaml)
{
    add_dash(yaml);
    level_open(yaml, false, true);
}

void
yaml_item_list(struct yaml *yaml)
{
    add_dash(yaml);
    level_open(yaml, true, true);
}

void
yaml_end(struct yaml *yaml)
{
    assert(yaml->depth > 0);
    struct yaml_level *level = level_get(yaml);
    if (yaml->tree != NULL) {
        raw_tree_close(yaml->tree);
    } else if (level->is_empty) {
        if (yaml->is_line_open) {
            buf_byte(yaml->buf, ' ');
        } else {
            buf_repeat(yaml->buf, ' ', level->indent);
        }
        buf_add(yaml->buf, level->is_list ? STR("[]\n") : STR("{}\n"));
        yaml->is_line_open = false;
        yaml->is_kept = false;
    }
    yaml->depth--;
}

void
yaml_word(struct yaml *yaml, const char *key, const char *word)
{
    add_key(yaml, key);
    add_word(yaml, str_from(word));
}

void
yaml_text(struct yaml *yaml, const char *key, struct str text)
{
    add_key(yaml, key);
    add_text(yaml, text);
}

void
yaml_text_noted(struct yaml *yaml, const char *key, struct str text,
                const char *note)
{
    assert(!has_byte(text, '\n'));
    yaml_text(yaml, key, text);
    if (yaml->tree != NULL)
        return;
    yaml->buf->len--;
    buf_add(yaml->buf, STR(" #"));
    yaml_scalar_comment(yaml->buf, str_from(note));
    buf_byte(yaml->buf, '\n');
}

void
yaml_text_named(struct yaml *yaml, struct str key, struct str text)
{
    add_key_named(yaml, key);
    add_text(yaml, text);
}

void
yaml_number(struct yaml *yaml, const char *key, int64_t number)
{
    add_key(yaml, key);
    add_number(yaml, number);
}

void
yaml_number_from(struct yaml *yaml, const char *key, int64_t number,
                 struct str from)
{
    add_key(yaml, key);
    trace_mark(yaml->buf, from);
    add_number(yaml, number);
}

void
yaml_text_from(struct yaml *yaml, const char *key, struct str text,
               struct str from)
{
    add_key(yaml, key);
    trace_mark(yaml->buf, from);
    add_text(yaml, text);
}

void
yaml_bool(struct yaml *yaml, const char *key, bool value)
{
    add_key(yaml, key);
    add_words(yaml, value ? STR("true") : STR("false"));
}

void
yaml_plain_named(struct yaml *yaml, struct str key, struct str plain)
{
    add_key_named(yaml, key);
    add_words(yaml, plain);
}

void
yaml_item_plain(struct yaml *yaml, struct str plain)
{
    add_dash(yaml);
    add_words(yaml, plain);
}

void
yaml_item_text(struct yaml *yaml, struct str text)
{
    add_dash(yaml);
    add_text(yaml, text);
}

void
yaml_item_word(struct yaml *yaml, const char *word)
{
    add_dash(yaml);
    add_word(yaml, str_from(word));
}

void
yaml_item_number(struct yaml *yaml, int64_t number)
{
    add_dash(yaml);
    add_number(yaml, number);
}

void
yaml_block(struct yaml *yaml, const char *key, struct str text)
{
    add_key(yaml, key);
    if (yaml->tree == NULL && is_yaml_block(text)) {
        add_block(yaml, text);
    } else {
        add_text(yaml, text);
    }
}

void
yaml_flow_list(struct yaml *yaml, const char *key, struct strs texts)
{
    if (yaml->tree != NULL) {
        yaml_list(yaml, key);
        for (size_t i = 0; i < texts.count; i++)
            yaml_item_text(yaml, texts.at[i]);
        yaml_end(yaml);
        return;
    }
    add_key(yaml, key);
    buf_add(yaml->buf, STR(" ["));
    for (size_t i = 0; i < texts.count; i++) {
        if (i > 0) {
            buf_add(yaml->buf, STR(", "));
        }
        if (is_yaml_plain_in_flow(texts.at[i])) {
            buf_add(yaml->buf, texts.at[i]);
        } else {
            yaml_scalar_quoted(yaml->buf, texts.at[i]);
        }
    }
    buf_add(yaml->buf, STR("]\n"));
    yaml->is_line_open = false;
}

static struct yaml_level *
level_get(struct yaml *yaml)
{
    return &yaml->levels[yaml->depth];
}

/* An inline level's entries stand two columns behind its dash, as those of
 * the others do below their key. */
static void
level_open(struct yaml *yaml, bool is_list, bool is_inline)
{
    assert(yaml->depth + 1 < YAML_DEPTH_MAX);
    unsigned indent = level_get(yaml)->indent + 2;
    yaml->depth++;
    *level_get(yaml) = (struct yaml_level){.is_list = is_list,
                                           .is_empty = true,
                                           .is_inline = is_inline,
                                           .indent = indent};
    if (yaml->tree != NULL)
        raw_tree_open(yaml->tree, is_list ? RAW_LIST : RAW_MAP, NO_SPAN);
}

/* Where `room` bytes may be written, which are the caller's to count. */
static char *
line_start(struct yaml *yaml, size_t room)
{
    const struct yaml_level *level = level_get(yaml);
    char *start = buf_room(yaml->buf, level->indent + 1 + room);
    char *at = start;
    if (yaml->is_line_open && level->is_inline) {
        *at++ = ' ';
    } else {
        if (yaml->is_line_open) {
            *at++ = '\n';
        }
        memset(at, ' ', level->indent);
        at += level->indent;
    }
    buf_grew(yaml->buf, (size_t)(at - start));
    yaml->is_line_open = false;
    yaml->is_kept = false;
    return at;
}

/* The root takes its kind from its first entry. As line_start(); NULL where a
 * tree is made. */
static char *
entry_start(struct yaml *yaml, bool is_list, size_t room)
{
    struct yaml_level *level = level_get(yaml);
    if (yaml->depth == 0 && level->is_empty) {
        level->is_list = is_list;
    }
    assert(level->is_list == is_list);
    level->is_empty = false;
    if (yaml->tree != NULL)
        return NULL;
    char *at = line_start(yaml, room);
    yaml->is_line_open = true;
    return at;
}

static void
add_key(struct yaml *yaml, const char *key)
{
    struct str name = str_from(key);
    char *at = entry_start(yaml, false, name.len + 1);
    if (at == NULL) {
        raw_tree_key(yaml->tree, name, NO_SPAN);
        return;
    }
    memcpy(at, name.at, name.len);
    at[name.len] = ':';
    buf_grew(yaml->buf, name.len + 1);
}

static void
add_key_named(struct yaml *yaml, struct str key)
{
    bool is_announced = key.len > KEY_BYTES_MAX && !is_yaml_plain(key);
    if (entry_start(yaml, false, 0) == NULL) {
        raw_tree_key(yaml->tree, key, NO_SPAN);
        return;
    }
    if (is_announced) {
        buf_add(yaml->buf, STR("? "));
    }
    if (is_yaml_plain(key)) {
        buf_add(yaml->buf, key);
    } else {
        yaml_scalar_quoted(yaml->buf, key);
    }
    if (is_announced) {
        buf_byte(yaml->buf, '\n');
        buf_repeat(yaml->buf, ' ', level_get(yaml)->indent);
    }
    buf_byte(yaml->buf, ':');
}

static void
add_dash(struct yaml *yaml)
{
    char *at = entry_start(yaml, true, 1);
    if (at == NULL)
        return;
    *at = '-';
    buf_grew(yaml->buf, 1);
}

/* The writer's texts may be on a stack; a tree outlives them. */
static void
add_scalar(struct yaml *yaml, enum raw_kind kind, struct str text)
{
    raw_tree_scalar(yaml->tree, kind, arena_copy(yaml->tree->arena, text),
                    NO_SPAN);
}

static void
add_word(struct yaml *yaml, struct str word)
{
    if (yaml->tree != NULL)
        add_scalar(yaml, RAW_TEXT, word);
    else
        add_words(yaml, word);
}

/* What stands behind a key or a dash, up to the end of its line. */
static void
add_words(struct yaml *yaml, struct str words)
{
    if (yaml->tree != NULL) {
        add_scalar(yaml, raw_kind_of_plain(words), words);
        return;
    }
    buf_byte(yaml->buf, ' ');
    buf_add(yaml->buf, words);
    buf_byte(yaml->buf, '\n');
    yaml->is_line_open = false;
}

static void
add_number(struct yaml *yaml, int64_t number)
{
    if (yaml->tree != NULL) {
        add_scalar(yaml, RAW_INTEGER, arena_number(yaml->tree->arena, number));
        return;
    }
    buf_byte(yaml->buf, ' ');
    buf_number(yaml->buf, number);
    buf_byte(yaml->buf, '\n');
    yaml->is_line_open = false;
}

static void
add_text(struct yaml *yaml, struct str text)
{
    trace_mark(yaml->buf, text);
    if (yaml->tree != NULL || is_yaml_plain(text)) {
        add_word(yaml, text);
    } else if (has_byte(text, '\n') && is_yaml_block(text)) {
        add_block(yaml, text);
    } else {
        buf_byte(yaml->buf, ' ');
        yaml_scalar_quoted(yaml->buf, text);
        buf_byte(yaml->buf, '\n');
        yaml->is_line_open = false;
    }
}

static void
add_block(struct yaml *yaml, struct str text)
{
    trace_mark(yaml->buf, text);
    buf_byte(yaml->buf, ' ');
    yaml_scalar_block(yaml->buf, text, level_get(yaml)->indent + 2);
    yaml->is_line_open = false;
    yaml->is_kept = has_suffix(text, STR("\n\n"));
}
