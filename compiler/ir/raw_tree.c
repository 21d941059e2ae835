#include "ir/raw_tree.h"

#include <assert.h>

void
raw_tree_init(struct raw_tree *tree, struct arena *arena)
{
    tree->arena = arena;
    tree->next = (struct raw_entry){.value = NULL};
    tree->depth = 0;
    tree->root = NULL;
}

void
raw_tree_key(struct raw_tree *tree, struct str key, struct span span)
{
    tree->next = (struct raw_entry){.key = key, .key_span = span};
}

static void
place(struct raw_tree *tree, struct raw_entry entry, const struct raw *raw)
{
    entry.value = raw;
    if (tree->depth == 0)
        tree->root = raw;
    else
        *(struct raw_entry *)vec_add(&tree->levels[tree->depth - 1].entries) =
            entry;
}

void
raw_tree_open(struct raw_tree *tree, enum raw_kind kind, struct span span)
{
    assert(tree->depth < RAW_TREE_DEPTH_MAX);
    struct raw_level *level = &tree->levels[tree->depth++];
    level->shell = (struct raw){.kind = kind, .span = span};
    level->at = tree->next;
    vec_init(&level->entries, tree->arena, sizeof(struct raw_entry));
    tree->next = (struct raw_entry){.value = NULL};
}

void
raw_tree_close(struct raw_tree *tree)
{
    assert(tree->depth > 0);
    const struct raw_level *level = &tree->levels[--tree->depth];
    place(tree, level->at,
          raw_with_entries(tree->arena, &level->shell, level->entries.items,
                           level->entries.count));
    tree->next = (struct raw_entry){.value = NULL};
}

void
raw_tree_scalar(struct raw_tree *tree, enum raw_kind kind, struct str text,
                struct span span)
{
    struct raw *raw = arena_new(tree->arena, sizeof *raw);
    *raw = (struct raw){
        .kind = kind, .text = text, .span = span, .size = 1, .depth = 1};
    place(tree, tree->next, raw);
    tree->next = (struct raw_entry){.value = NULL};
}

/* ---- plain words -------------------------------------------------------- */

static struct str
skip_digits(struct str text)
{
    size_t at = 0;
    while (at < text.len && is_ascii_digit(text.at[at]))
        at++;
    return str_slice(text, at, text.len);
}

static struct str
skip_byte(struct str text, char byte)
{
    bool is_there = text.len > 0 && ascii_lower(text.at[0]) == byte;
    return str_slice(text, is_there ? 1 : 0, text.len);
}

/* A number by RFC 8259 6; `*rest` is what follows its whole part. */
static bool
is_whole_part(struct str text, struct str *rest)
{
    struct str digits = skip_byte(text, '-');
    *rest = skip_digits(digits);
    size_t count = digits.len - rest->len;
    return count == 1 || (count > 1 && digits.at[0] != '0');
}

static bool
is_number_end(struct str rest)
{
    struct str digits = skip_byte(rest, '.');
    if (digits.len < rest.len) {
        rest = skip_digits(digits);
        if (rest.len == digits.len)
            return false;
    }
    digits = skip_byte(rest, 'e');
    if (digits.len == rest.len)
        return is_str_empty(rest);
    digits = skip_byte(skip_byte(digits, '-'), '+');
    return !is_str_empty(digits) && is_str_empty(skip_digits(digits));
}

enum raw_kind
raw_kind_of_plain(struct str plain)
{
    enum { WHOLE_BYTES_MAX = 18 }; /* surely in 64 bits */
    struct str rest;
    if (is_str_equal(plain, STR("null")))
        return RAW_NULL;
    if (is_str_equal(plain, STR("true")) || is_str_equal(plain, STR("false")))
        return RAW_BOOL;
    if (!is_whole_part(plain, &rest) || !is_number_end(rest))
        return RAW_TEXT;
    bool is_whole = is_str_empty(rest) && plain.len <= WHOLE_BYTES_MAX;
    return is_whole ? RAW_INTEGER : RAW_NUMBER;
}
