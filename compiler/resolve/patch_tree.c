#include "resolve/patch_tree.h"

#include "base/limits.h"
#include "ir/merge.h"
#include "ir/raw_tree.h"
#include "resolve/fold.h"

struct tree_reading {
    const struct scope *scope;
    enum layer layer;
    struct raw_tree *tree;
};

/* A map or list that is being read. */
struct open_tree {
    struct str type;
    bool is_list;
    struct map keys; /* to their struct span */
};

static void read_block(const struct tree_reading *reading, struct str type,
                       const struct block *block);
static void read_statements(const struct tree_reading *reading,
                            struct open_tree *open, const struct block *block);
static void read_argument_as(const struct tree_reading *reading,
                             struct str type, const struct argument *argument);

static const struct argument_rule any_value = {
    .name = "value", .shape = SHAPE_ONE, .type = TYPE_ANY, .detail = ""};

const struct raw *
report_patch_form(struct resolver *resolver, struct span span,
                  const char *label)
{
    struct diag *diag = diag_add(resolver->sink, DIAG_Y15, span,
                                 STRS(source_text(resolver->map, span)));
    diag_label(diag, label, NO_STRS);
    return NULL;
}

const struct raw *
read_patch_tree(const struct scope *scope, struct scope_node at,
                struct str kind)
{
    struct resolver *resolver = scope->resolver;
    struct raw_tree *tree = arena_new(resolver->arena, sizeof *tree);
    struct tree_reading reading = {scope, at.layer, tree};
    const struct kube_kind *known = kube_kind_find_named(kind);
    bool has_shape = known != NULL && !is_str_empty(known->shape);
    raw_tree_init(tree, resolver->arena);
    read_block(&reading, has_shape ? known->shape : STR("any"), at.node->block);
    if (tree->root->depth > LIMIT_RAW_DEPTH) {
        diag_add(resolver->sink, DIAG_L33, at.node->block->open,
                 STRS(STR("maps and lists nest more than 48 deep")));
        return NULL;
    }
    if (tree->root->kind == RAW_MAP)
        return tree->root;
    return report_patch_form(resolver, at.node->block->open,
                             "an object is a map: it has no items");
}

/* ---- maps and lists ----------------------------------------------------- */

static bool
is_item(const struct statement *statement)
{
    return statement->word.kind == ARGUMENT_ATOM &&
           is_str_equal(statement->word.text, STR("-"));
}

static void
open_tree(const struct tree_reading *reading, struct open_tree *open,
          struct str type, bool is_list, struct span span)
{
    *open = (struct open_tree){.type = type, .is_list = is_list};
    map_init(&open->keys, reading->tree->arena);
    raw_tree_open(reading->tree, is_list ? RAW_LIST : RAW_MAP, span);
}

static void
read_block(const struct tree_reading *reading, struct str type,
           const struct block *block)
{
    struct open_tree open;
    bool is_list = block->statement_count > 0 && is_item(&block->statements[0]);
    open_tree(reading, &open, type, is_list, block->open);
    read_statements(reading, &open, block);
    raw_tree_close(reading->tree);
}

/* The type of what the key says; false after a report. */
static bool
take_key(const struct tree_reading *reading, struct open_tree *open,
         const struct argument *key, struct str *type)
{
    struct resolver *resolver = reading->scope->resolver;
    bool is_text = key->kind == ARGUMENT_ATOM || key->kind == ARGUMENT_TEXT;
    if (!is_text || key->piece_count > 0) {
        if (key->kind != ARGUMENT_POISON)
            report_patch_form(resolver, key->span,
                              "a key is a word or a text, without paths");
        return false;
    }
    const struct span *first = map_find(&open->keys, key->text);
    if (first != NULL) {
        struct diag *diag =
            diag_add(resolver->sink, DIAG_Y02, key->span, STRS(key->text));
        diag_note(diag, *first, "the first one stands here", NO_STRS);
        return false;
    }
    map_put(&open->keys, key->text, &key->span);
    raw_tree_key(reading->tree, key->text, key->span);
    *type = merge_entry_type(open->type, key->text);
    return true;
}

/* `key value key value`, and a block with more of them. */
static void
read_clauses(const struct tree_reading *reading, struct str type,
             const struct statement *statement)
{
    struct open_tree open;
    struct str inner;
    open_tree(reading, &open, type, false, statement->word.span);
    for (size_t i = 0; i + 1 < statement->argument_count; i += 2) {
        if (take_key(reading, &open, &statement->arguments[i], &inner))
            read_argument_as(reading, inner, &statement->arguments[i + 1]);
    }
    if (statement->block != NULL)
        read_statements(reading, &open, statement->block);
    raw_tree_close(reading->tree);
}

static void
read_statement(const struct tree_reading *reading, struct str type,
               const struct statement *statement)
{
    struct resolver *resolver = reading->scope->resolver;
    size_t count = statement->argument_count;
    bool has_block = statement->block != NULL;
    if (count == 0 && has_block)
        read_block(reading, type, statement->block);
    else if (count == 1 && !has_block)
        read_argument_as(reading, type, &statement->arguments[0]);
    else if (count > 0 && count % 2 == 0)
        read_clauses(reading, type, statement);
    else if (count == 0)
        report_patch_form(resolver, statement->word.span,
                          "it says nothing: `null` takes a field out, `{{}` \
is an empty map");
    else
        report_patch_form(resolver, statement->arguments[count - 1].span,
                          "on one line stand one value, or keys with a value \
each");
}

static void
read_statements(const struct tree_reading *reading, struct open_tree *open,
                const struct block *block)
{
    for (size_t i = 0; i < block->statement_count; i++) {
        const struct statement *statement = &block->statements[i];
        struct str type = merge_entry_type(open->type, STR(""));
        if (is_item(statement) != open->is_list)
            report_patch_form(reading->scope->resolver, statement->word.span,
                              open->is_list
                                  ? "this is a list: its items begin with `-`"
                                  : "this is a map: it has keys, no items");
        else if (open->is_list ||
                 take_key(reading, open, &statement->word, &type))
            read_statement(reading, type, statement);
    }
}

/* ---- values ------------------------------------------------------------- */

static bool
is_text_type(struct str type)
{
    return kube_type_of(type).form == KUBE_CHOICE ||
           is_str_equal(type, STR("text")) || is_str_equal(type, STR("bytes"));
}

/* Only whole numbers are other than texts there. */
static bool
is_mixed_type(struct str type)
{
    return is_str_equal(type, STR("integer-or-text"));
}

static enum raw_kind
kind_of_word(struct str type, const struct value *value)
{
    enum raw_kind plain = raw_kind_of_plain(value->text);
    if (value->is_quoted || (is_text_type(type) && plain != RAW_NULL))
        return RAW_TEXT;
    if (is_mixed_type(type) && plain != RAW_INTEGER && plain != RAW_NULL)
        return RAW_TEXT;
    return plain;
}

static void
read_word(const struct tree_reading *reading, struct str type,
          const struct argument *argument)
{
    const struct value *value =
        fold_argument(reading->scope, &any_value, argument, reading->layer);
    if (is_value_known(value))
        raw_tree_scalar(reading->tree, kind_of_word(type, value), value->text,
                        argument->span);
}

static void
read_list(const struct tree_reading *reading, struct str type,
          const struct argument *argument)
{
    struct str inner = merge_entry_type(type, STR(""));
    raw_tree_open(reading->tree, RAW_LIST, argument->span);
    for (size_t i = 0; i < argument->item_count; i++)
        read_argument_as(reading, inner, &argument->items[i]);
    raw_tree_close(reading->tree);
}

/* One value alone is a list where the kind takes a list. */
static void
read_lone(const struct tree_reading *reading, struct str type,
          const struct argument *argument)
{
    bool is_null = argument->kind == ARGUMENT_ATOM &&
                   is_str_equal(argument->text, STR("null"));
    if (kube_type_of(type).form != KUBE_LIST || is_null) {
        read_word(reading, type, argument);
        return;
    }
    raw_tree_open(reading->tree, RAW_LIST, argument->span);
    read_word(reading, kube_type_of(type).inner, argument);
    raw_tree_close(reading->tree);
}

static void
read_argument_as(const struct tree_reading *reading, struct str type,
                 const struct argument *argument)
{
    switch (argument->kind) {
    case ARGUMENT_ATOM:
    case ARGUMENT_TEXT:
    case ARGUMENT_HOLE:
        read_lone(reading, type, argument);
        return;
    case ARGUMENT_LIST:
        read_list(reading, type, argument);
        return;
    case ARGUMENT_POISON:
        return;
    case ARGUMENT_RANGE:
    case ARGUMENT_COMPARISON:
    case ARGUMENT_ARROW:
        report_patch_form(reading->scope->resolver, argument->span,
                          "a field takes a word, a text or a list");
        return;
    }
}
