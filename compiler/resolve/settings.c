/*
 * The contract is read once; answers are typed against it for each
 * environment, because a default may speak of the environment.
 */
#include "resolve/settings.h"

#include "base/pattern.h"
#include "resolve/bind.h"
#include "resolve/fold.h"
#include "resolve/names.h"
#include "resolve/node.h"
#include "resolve/typing.h"

/* The contract's type words. */
static const struct {
    const char *word;
    enum type_kind type;
} setting_types[] = {
    {"text", TYPE_TEXT},     {"number", TYPE_NUMBER},
    {"bool", TYPE_BOOL},     {"one-of", TYPE_ONE_OF},
    {"host", TYPE_HOST},     {"url", TYPE_URL},
    {"email", TYPE_EMAIL},   {"duration", TYPE_DURATION},
    {"memory", TYPE_MEMORY}, {"percent", TYPE_PERCENT},
    {"port", TYPE_PORT},     {"pattern", TYPE_PATTERN},
};

static enum type_kind
setting_type(const struct value *word)
{
    for (size_t i = 0; i < sizeof setting_types / sizeof setting_types[0];
         i++) {
        if (word != NULL && word->kind == VALUE_TEXT &&
            is_str_equal(word->text, str_from(setting_types[i].word)))
            return setting_types[i].type;
    }
    return TYPE_ANY;
}

static void
check_key_name(struct resolver *resolver, const struct node *node,
               struct str name)
{
    struct span span = node->word_span;
    if (!is_config_key(name)) {
        diag_add(resolver->sink, DIAG_N08, span, STRS(name));
        return;
    }
    if (!is_variable_name(name)) {
        struct diag *diag =
            diag_add(resolver->sink, DIAG_N07, span, STRS(name));
        diag_help(diag, "use letters, digits and `_`, a letter first", NO_STRS);
        return;
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] < 'a' || name.at[i] > 'z')
            continue;
        struct diag *diag = diag_add_as(resolver->sink, DIAG_N07,
                                        SEVERITY_WARNING, span, STRS(name));
        diag_label(diag, "variables are written in capital letters", NO_STRS);
        return;
    }
}

/* Mostly a default whose word was left out. */
static void
report_no_values(struct resolver *resolver, struct config_key *key,
                 const struct node *node)
{
    key->type = TYPE_ANY;
    if (!is_value_known(node->cells[1].value))
        return;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L28, node->cells[2].syntax->span,
                 STRS(node->cells[1].value->text, STR("no values")));
    diag_help(diag, "a value to begin with is written `default VALUE`",
              NO_STRS);
}

static void
read_contract_values(struct resolver *resolver, struct config_key *key,
                     const struct node *node)
{
    const struct value *values = node->cells[2].value;
    bool takes_values = key->type == TYPE_ONE_OF || key->type == TYPE_PATTERN;
    if (takes_values && values == NULL) {
        diag_add(resolver->sink, DIAG_L28, node->span,
                 STRS(key->type == TYPE_ONE_OF ? STR("one-of") : STR("pattern"),
                      key->type == TYPE_ONE_OF ? STR("a list of words")
                                               : STR("a pattern")));
        key->type = TYPE_ANY;
        return;
    }
    if (!takes_values && node->cells[2].syntax != NULL)
        report_no_values(resolver, key, node);
    if (!takes_values || values == NULL || values->kind != VALUE_LIST)
        return;
    if (key->type == TYPE_ONE_OF) {
        key->choices = values;
        return;
    }
    key->pattern = values->item_count > 0 ? &values->items[0] : NULL;
    struct str fault = STR("");
    if (key->pattern != NULL &&
        !pattern_check(resolver->arena, key->pattern->text, &fault)) {
        struct diag *diag = diag_add(
            resolver->sink, DIAG_L03, key->pattern->span,
            STRS(str_from(type_name(TYPE_PATTERN)), key->pattern->text));
        diag_label(diag, "{}", STRS(fault));
        key->pattern = NULL;
    }
}

void
resolve_contract(struct resolver *resolver)
{
    const struct node *contract = resolver->config;
    size_t count = contract == NULL ? 0 : contract->child_count;
    struct config_key *keys = arena_array(resolver->arena, count, sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        const struct node *node = contract->children[i];
        struct config_key *key = &keys[i];
        key->name = node_key(node);
        key->doc = node->doc;
        key->span = node->word_span;
        key->index = i;
        key->type =
            node->is_misread ? TYPE_ANY : setting_type(node->cells[1].value);
        key->varies = node_child(node, WORD_VARIES) != NULL;
        if (!node->is_misread) {
            check_key_name(resolver, node, key->name);
            read_contract_values(resolver, key, node);
        }
        map_put(&resolver->config_index, key->name, key);
        map_put(&resolver->config_nodes, key->name, node);
    }
    resolver->ir->config_keys = keys;
    resolver->ir->config_key_count = count;
}

/* A written answer: folded first, then held against the contract. */
static const struct value *
read_setting(const struct scope *scope, const struct config_key *key,
             const struct node *node, size_t index, enum layer layer)
{
    const struct argument *syntax = node->cells[index].syntax;
    if (syntax == NULL)
        return NULL;
    if (!has_paths(syntax))
        return type_setting(scope->resolver, key, syntax, layer);
    const struct value *folded =
        fold_argument(scope, &node->word->arguments[index], syntax, layer);
    if (folded->kind != VALUE_TEXT)
        return folded;
    struct argument plain = {
        .kind = ARGUMENT_TEXT, .span = syntax->span, .text = folded->text};
    struct value *typed = arena_new(scope->resolver->arena, sizeof *typed);
    *typed = *type_setting(scope->resolver, key, &plain, layer);
    if (typed->kind != VALUE_POISON)
        typed->origin = folded->origin;
    return typed;
}

static const struct node *
find_setting(const struct environment_entry *environment, struct str key)
{
    return environment == NULL ? NULL : map_find(&environment->settings, key);
}

static const struct value *
contract_default(const struct scope *scope, const struct config_key *key)
{
    const struct node *node =
        map_find(&scope->resolver->config_nodes, key->name);
    const struct node *fallback = node_child(node, WORD_DEFAULT);
    return fallback == NULL
               ? NULL
               : read_setting(scope, key, fallback, 0, LAYER_PROJECT);
}

const struct value *
setting_value(struct resolver *resolver,
              const struct environment_entry *environment,
              const struct config_key *key)
{
    struct scope scope = scope_of_environment(resolver, environment);
    const struct node *own = find_setting(environment, key->name);
    const struct node *like = find_setting(environment->like, key->name);
    bool is_removed = own != NULL && own->word->id == WORD_SET_WITHOUT;
    if (own != NULL && !is_removed) {
        const struct value *value =
            read_setting(&scope, key, own, 1, LAYER_ENVIRONMENT);
        if (like == NULL || value == NULL)
            return value;
        struct origin *weaker = arena_new(resolver->arena, sizeof *weaker);
        *weaker = (struct origin){.span = like->span, .layer = LAYER_LIKE};
        return value_above(resolver->arena, value, LAYER_ENVIRONMENT, weaker);
    }
    if (like != NULL && !is_removed && like->word->id == WORD_SETTING)
        return read_setting(&scope, key, like, 1, LAYER_LIKE);
    return contract_default(&scope, key);
}

/* L37: only what the environment that this one is like sets can be taken
 * out. */
static void
check_setting_without(struct resolver *resolver,
                      const struct environment_entry *environment,
                      const struct node *node)
{
    const struct node *like = find_setting(environment->like, node_key(node));
    if (like != NULL && like->word->id == WORD_SETTING)
        return;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L37, node->span, STRS(node_key(node)));
    if (environment->like == NULL)
        diag_label(diag, "`{}` is like no other environment",
                   STRS(environment->name));
}

/* L07: an answer to a question that the contract does not ask. */
static void
check_settings(struct resolver *resolver,
               const struct environment_entry *environment)
{
    const struct node *set = node_child(environment->node, WORD_SET);
    for (size_t i = 0; set != NULL && i < set->child_count; i++) {
        const struct node *node = set->children[i];
        struct str name = node_key(node);
        if (node->word->id == WORD_SET_WITHOUT)
            check_setting_without(resolver, environment, node);
        if (node->word->id != WORD_SETTING ||
            map_find(&resolver->config_index, name) != NULL)
            continue;
        report_unknown(resolver, "config key", name, node->word_span,
                       resolver->config, WORD_CONFIG_KEY);
    }
}

const struct setting *
resolve_settings(struct resolver *resolver,
                 const struct environment_entry *environment)
{
    const struct ir *ir = resolver->ir;
    struct setting *settings =
        arena_array(resolver->arena, ir->config_key_count, sizeof *settings);
    check_settings(resolver, environment);
    for (size_t i = 0; i < ir->config_key_count; i++) {
        settings[i].key = &ir->config_keys[i];
        settings[i].value =
            setting_value(resolver, environment, &ir->config_keys[i]);
    }
    return settings;
}
