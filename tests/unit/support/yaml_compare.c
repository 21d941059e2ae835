/*
 * What differs between two trees.
 */
#include "support/yaml_compare.h"

#include "base/json.h"
#include "support/yaml_types.h"

enum { EXCERPT_BEFORE = 20, EXCERPT_BYTES = 60 };

struct walk {
    enum yaml_comparison comparison;
    struct arena *arena;
    struct buf path;
    struct vec *differences;
};

static void compare_nodes(struct walk *walk, const struct yaml_node *left,
                          const struct yaml_node *right);
static bool is_same_alone(const struct walk *walk, const struct yaml_node *left,
                          const struct yaml_node *right);
static void compare_lists(struct walk *walk, const struct yaml_node *left,
                          const struct yaml_node *right);
static void compare_pairs(struct walk *walk, const struct yaml_node *left,
                          const struct yaml_node *right);
static void compare_maps(struct walk *walk, const struct yaml_node *left,
                         const struct yaml_node *right);
static void path_key(struct buf *path, struct str key);
static void add_difference(struct walk *walk, const struct yaml_node *left,
                           const struct yaml_node *right);
static size_t same_bytes(struct str left, struct str right);
static void describe_node(struct buf *buf, const struct yaml_node *node,
                          size_t start);
static void describe_text(struct buf *buf, struct str text, size_t start);
static enum yaml_type type_of(const struct yaml_node *node);
static size_t count_of(const struct yaml_node *node);

void
yaml_compare(struct arena *arena, enum yaml_comparison comparison,
             const struct yaml_node *left, const struct yaml_node *right,
             struct vec *differences)
{
    struct walk walk = {
        .comparison = comparison,
        .arena = arena,
        .differences = differences,
    };
    buf_init(&walk.path, arena);
    compare_nodes(&walk, left, right);
}

void
yaml_describe(struct buf *buf, const struct yaml_difference *difference,
              struct str between)
{
    size_t start = 0;
    if (difference->left != NULL && difference->right != NULL) {
        size_t same =
            same_bytes(difference->left->text, difference->right->text);
        start = same > EXCERPT_BEFORE ? same - EXCERPT_BEFORE : 0;
    }
    describe_node(buf, difference->left, start);
    buf_add(buf, between);
    describe_node(buf, difference->right, start);
}

static void
compare_nodes(struct walk *walk, const struct yaml_node *left,
              const struct yaml_node *right)
{
    if (left == NULL || right == NULL || !is_same_alone(walk, left, right)) {
        add_difference(walk, left, right);
    } else if (left->shape == SHAPE_LIST) {
        compare_lists(walk, left, right);
    } else if (left->shape == SHAPE_MAP) {
        if (walk->comparison == COMPARE_READINGS) {
            compare_pairs(walk, left, right);
        } else {
            compare_maps(walk, left, right);
        }
    }
}

/* Without what is in them. */
static bool
is_same_alone(const struct walk *walk, const struct yaml_node *left,
              const struct yaml_node *right)
{
    if (left->shape != right->shape) {
        return false;
    }
    if (walk->comparison == COMPARE_READINGS) {
        return is_str_equal(left->text, right->text) &&
               is_str_equal(left->tag, right->tag) &&
               left->is_plain == right->is_plain &&
               left->has_anchor == right->has_anchor;
    }
    if (left->shape != SHAPE_TEXT) {
        return true;
    }
    enum yaml_type type = type_of(left);
    return type == type_of(right) &&
           (type == TYPE_NULL || is_str_equal(left->text, right->text) ||
            (type == TYPE_BOOL &&
             is_str_equal_nocase(left->text, right->text)));
}

static void
compare_lists(struct walk *walk, const struct yaml_node *left,
              const struct yaml_node *right)
{
    const struct yaml_node *a = left->child;
    const struct yaml_node *b = right->child;
    size_t path_len = walk->path.len;
    for (int64_t index = 0; a != NULL || b != NULL; index++) {
        buf_byte(&walk->path, '[');
        buf_number(&walk->path, index);
        buf_byte(&walk->path, ']');
        compare_nodes(walk, a, b);
        walk->path.len = path_len;
        a = a == NULL ? NULL : a->next;
        b = b == NULL ? NULL : b->next;
    }
}

/* In their order; a key that differs is told at its own path. */
static void
compare_pairs(struct walk *walk, const struct yaml_node *left,
              const struct yaml_node *right)
{
    const struct yaml_node *a = left->child;
    const struct yaml_node *b = right->child;
    size_t path_len = walk->path.len;
    for (; a != NULL && b != NULL; a = a->next->next, b = b->next->next) {
        path_key(&walk->path, a->text);
        compare_nodes(walk, a, b);
        compare_nodes(walk, a->next, b->next);
        walk->path.len = path_len;
    }
    if (a != NULL || b != NULL) {
        add_difference(walk, a, b);
    }
}

static void
compare_maps(struct walk *walk, const struct yaml_node *left,
             const struct yaml_node *right)
{
    size_t path_len = walk->path.len;
    for (const struct yaml_node *key = left->child; key != NULL;
         key = key->next->next) {
        path_key(&walk->path, key->text);
        compare_nodes(walk, key->next, yaml_find(right, key->text));
        walk->path.len = path_len;
    }
    for (const struct yaml_node *key = right->child; key != NULL;
         key = key->next->next) {
        if (yaml_find(left, key->text) == NULL) {
            path_key(&walk->path, key->text);
            add_difference(walk, NULL, key->next);
            walk->path.len = path_len;
        }
    }
}

static void
path_key(struct buf *path, struct str key)
{
    bool is_word = key.len > 0;
    for (size_t i = 0; i < key.len; i++) {
        is_word = is_word && (is_ascii_alnum(key.at[i]) || key.at[i] == '_' ||
                              key.at[i] == '-');
    }
    buf_format(path, is_word ? ".{}" : "[\"{}\"]", STRS(key));
}

static void
add_difference(struct walk *walk, const struct yaml_node *left,
               const struct yaml_node *right)
{
    struct yaml_difference *difference = vec_add(walk->differences);
    difference->path = arena_copy(walk->arena, buf_str(&walk->path));
    difference->left = left;
    difference->right = right;
}

static size_t
same_bytes(struct str left, struct str right)
{
    size_t count = 0;
    while (count < left.len && count < right.len &&
           left.at[count] == right.at[count]) {
        count++;
    }
    return count;
}

static void
describe_node(struct buf *buf, const struct yaml_node *node, size_t start)
{
    if (node == NULL) {
        buf_add(buf, STR("missing"));
        return;
    }
    switch (node->shape) {
    case SHAPE_TEXT:
        if (type_of(node) == TYPE_TEXT) {
            describe_text(buf, node->text, start);
        } else {
            buf_add(buf, node->text);
        }
        break;
    case SHAPE_ALIAS:
        buf_format(buf, "*{}", STRS(node->text));
        break;
    case SHAPE_LIST:
        buf_add(buf, STR("a list of "));
        buf_number(buf, (int64_t)count_of(node));
        break;
    case SHAPE_MAP:
        buf_add(buf, STR("a map of "));
        buf_number(buf, (int64_t)count_of(node) / 2);
        break;
    }
}

/* JSON's quotes, so that it stays on one line whatever it is. */
static void
describe_text(struct buf *buf, struct str text, size_t start)
{
    size_t end = start + EXCERPT_BYTES;
    end = end < text.len ? end : text.len;
    buf_add(buf, start > 0 ? STR("...") : STR(""));
    json_string(buf, str_slice(text, start, end));
    buf_add(buf, end < text.len ? STR("...") : STR(""));
}

static enum yaml_type
type_of(const struct yaml_node *node)
{
    return node->is_plain ? yaml_type_1_2(node->text) : TYPE_TEXT;
}

static size_t
count_of(const struct yaml_node *node)
{
    size_t count = 0;
    for (const struct yaml_node *child = node->child; child != NULL;
         child = child->next) {
        count++;
    }
    return count;
}
