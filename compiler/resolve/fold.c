/*
 * Paths are looked up in the typed statements, not in the IR, so that a text
 * may speak of anything, in any order. Depth is bounded by LIMIT_FOLD_DEPTH.
 */
#include "resolve/fold.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/trace.h"
#include "parser/parser.h"
#include "resolve/node.h"
#include "resolve/settings.h"
#include "resolve/typing.h"

/* What a path leads to, in one environment and service. */
struct fold_memo {
    bool is_open;   /* being folded: who meets it now leads back to itself */
    bool is_folded; /* `value` holds */
    const struct value *value;
};

/* What folding a text gave beside the text. */
struct folding {
    const struct scope *scope;
    bool takes_names; /* run-time names may stay */
    struct vec parts; /* of struct text_part */
    bool has_names;
    const struct origin *origin; /* of the last folded path */
    const struct value *blocked; /* a hole or poison that it leads to */
};

/* The name of an environment or service, from where it is declared. */
static const struct value *
name_value(const struct scope *scope, const struct node *node, enum layer layer)
{
    if (is_value_poison(node->cells[0].value))
        return node->cells[0].value;
    struct arena *arena = scope->resolver->arena;
    struct value *value = arena_new(arena, sizeof *value);
    struct origin *origin = arena_new(arena, sizeof *origin);
    struct span span = node->cells[0].syntax->span;
    origin->span = span;
    origin->layer = layer;
    *value = (struct value){.kind = VALUE_TEXT,
                            .type = TYPE_TEXT,
                            .text = node_key(node),
                            .span = span,
                            .origin = origin};
    return value;
}

static const struct value *path_in_node(const struct scope *scope,
                                        struct scope_node at, struct str rest);

static size_t
find_argument(const struct word *word, struct str name)
{
    for (size_t i = 0; i < argument_rule_count(word); i++) {
        if (is_str_equal(name, str_from(word->arguments[i].name)))
            return i;
    }
    return WORD_ARGUMENTS_MAX;
}

/* `min`, `max`: the ends of a range. */
static const struct value *
path_in_value(const struct value *value, struct str rest)
{
    if (value == NULL || is_str_empty(rest))
        return value;
    if (value->kind != VALUE_RANGE)
        return value->kind == VALUE_POISON || value->kind == VALUE_HOLE ? value
                                                                        : NULL;
    if (is_str_equal(rest, STR("min")) || is_str_equal(rest, STR("request")))
        return &value->items[0];
    if (is_str_equal(rest, STR("max")) || is_str_equal(rest, STR("limit")))
        return &value->items[1];
    return NULL;
}

/* Inside a scope: WORD, then what it holds. */
static const struct value *
path_in_scope(const struct scope *scope, enum place place, struct str path)
{
    struct str rest = path;
    struct str name = str_cut(&rest, '.');
    const struct word *word = schema_find(scope->resolver->schema, place, name);
    if (word == NULL)
        return NULL;
    struct scope_node at = scope_find(scope, word->id);
    if (at.node == NULL)
        return path_in_value(fold_fallback(scope, word), rest);
    const struct value *value = scope_value(scope, word->id);
    const struct value *inside = path_in_value(value, rest);
    return inside != NULL ? inside : path_in_node(scope, at, rest);
}

/* Inside a statement: an argument's name, or a clause. */
static const struct value *
path_in_node(const struct scope *scope, struct scope_node at, struct str rest)
{
    struct str tail = rest;
    struct str name = str_cut(&tail, '.');
    size_t index = find_argument(at.node->word, name);
    if (index < WORD_ARGUMENTS_MAX)
        return path_in_value(scope_argument(scope, at, index), tail);
    if (at.node->word->opens == PLACE_NONE)
        return NULL;
    struct scope inside = scope_inside(scope, at);
    return path_in_scope(&inside, at.node->word->opens, rest);
}

static const struct value *
first_item(const struct value *value)
{
    if (value == NULL || value->kind != VALUE_LIST)
        return value;
    return value->item_count > 0 ? &value->items[0] : NULL;
}

static const struct value *
path_in_workload(const struct scope *scope,
                 const struct environment_entry *environment,
                 const struct service_entry *service, struct str path)
{
    struct scope inside =
        scope_of_workload(scope->resolver, environment, service);
    struct str rest = path;
    struct str name = str_cut(&rest, '.');
    if (is_str_equal(name, STR("count"))) {
        const struct node *run =
            map_find(&environment->runs, node_key(service->node));
        struct scope_node at = {run, LAYER_RUN};
        return run == NULL
                   ? NULL
                   : path_in_value(scope_argument(&inside, at, 1), rest);
    }
    return first_item(path_in_scope(&inside, PLACE_RUN, path));
}

static const struct value *
path_of_host(const struct scope *scope,
             const struct environment_entry *environment, struct str name)
{
    const struct service_entry *service =
        map_find(&scope->resolver->services, name);
    return service == NULL
               ? NULL
               : path_in_workload(scope, environment, service, STR("host"));
}

static const struct value *
path_in_environment(const struct scope *scope,
                    const struct environment_entry *environment,
                    struct str path)
{
    struct resolver *resolver = scope->resolver;
    struct str rest = path;
    struct str name = str_cut(&rest, '.');
    if (is_str_equal(name, STR("name")))
        return path_in_value(
            name_value(scope, environment->node, LAYER_ENVIRONMENT), rest);
    if (is_str_equal(name, STR("host")))
        return path_of_host(scope, environment, rest);
    if (is_str_equal(name, STR("config"))) {
        const struct config_key *key = map_find(&resolver->config_index, rest);
        return key == NULL ? NULL : setting_value(resolver, environment, key);
    }
    const struct service_entry *service = map_find(&resolver->services, name);
    if (service != NULL)
        return path_in_workload(scope, environment, service, rest);
    struct scope inside = scope_of_environment(resolver, environment);
    return first_item(path_in_scope(&inside, PLACE_ENV, path));
}

static const struct value *
path_in_project(const struct scope *scope, struct str path)
{
    struct resolver *resolver = scope->resolver;
    if (resolver->project == NULL)
        return poison_value(resolver, (struct span){0, 0});
    struct scope inside = scope_of_block(resolver, resolver->project);
    if (is_str_equal(path, STR("name")))
        return scope_argument(
            &inside, (struct scope_node){resolver->project, LAYER_PROJECT}, 0);
    return path_in_scope(&inside, PLACE_PROJECT, path);
}

static const struct value *
find_path(const struct scope *scope, struct str path)
{
    struct str rest = path;
    struct str first = str_cut(&rest, '.');
    if (is_str_equal(first, STR("project")))
        return path_in_project(scope, rest);
    if (is_str_equal(first, STR("service")) && scope->service != NULL &&
        is_str_equal(rest, STR("name")))
        return name_value(scope, scope->service->node, LAYER_SERVICE);
    const struct environment_entry *environment =
        is_str_equal(first, STR("env"))
            ? scope->environment
            : map_find(&scope->resolver->environments, first);
    if (environment == NULL || is_str_empty(rest))
        return NULL;
    return path_in_environment(scope, environment, rest);
}

static struct str
scope_key(const struct scope *scope, struct str path)
{
    struct str none = STR("");
    const struct environment_entry *environment = scope->environment;
    const struct service_entry *service = scope->service;
    return arena_format(scope->resolver->arena, "{} {} {}",
                        STRS(environment == NULL ? none : environment->name,
                             service == NULL ? none : node_key(service->node),
                             path));
}

/* A text that many lead to is folded once; else ten texts of ten paths each
 * would be folded ten to the tenth times. */
static struct fold_memo *
find_memo(const struct scope *scope, struct str path)
{
    struct map *folds = &scope->resolver->folds;
    struct str key = scope_key(scope, path);
    struct fold_memo *memo = map_find(folds, key);
    if (memo == NULL) {
        memo = arena_new(scope->resolver->arena, sizeof *memo);
        map_put(folds, key, memo);
    }
    return memo;
}

/* A path being folded, and what led to it. */
struct open_fold {
    const struct fold_memo *memo;
    struct str path;
    struct span span;
    const struct open_fold *outer;
};

/* At the last of its paths in the program, wherever it was entered: then it is
 * one message, however many meet it. */
static const struct value *
report_cycle(struct resolver *resolver, const struct open_fold *closing)
{
    const struct open_fold *last = closing;
    for (const struct open_fold *fold = closing->outer;
         fold->memo != closing->memo; fold = fold->outer) {
        if (fold->span.start > last->span.start)
            last = fold;
    }
    diag_add(resolver->sink, DIAG_L38, last->span, STRS(last->path));
    return poison_value(resolver, closing->span);
}

static const struct value *
report_depth(struct resolver *resolver, struct span span)
{
    diag_add(resolver->sink, DIAG_L33, span,
             STRS(arena_format(
                 resolver->arena, "texts lead to texts more than {} deep",
                 STRS(arena_number(resolver->arena, LIMIT_FOLD_DEPTH)))));
    return poison_value(resolver, span);
}

static void
report_nowhere(struct resolver *resolver, struct str path, struct span span)
{
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L07, span, STRS(STR("fact"), path));
    diag_help(
        diag,
        "paths begin with `env.`, `project.` or an environment's name, such as `${{env.name}` or `${{env.host.api}`",
        NO_STRS);
}

const struct value *
fold_path_find(const struct scope *scope, struct str path, struct span span)
{
    struct resolver *resolver = scope->resolver;
    struct fold_memo *memo = find_memo(scope, path);
    struct open_fold fold = {memo, path, span, resolver->open_fold};
    if (memo->is_open)
        return report_cycle(resolver, &fold);
    if (!memo->is_folded && resolver->fold_depth >= LIMIT_FOLD_DEPTH)
        return report_depth(resolver, span);
    if (!memo->is_folded) {
        memo->is_open = true;
        resolver->open_fold = &fold;
        resolver->fold_depth++;
        memo->value = find_path(scope, path);
        resolver->fold_depth--;
        resolver->open_fold = fold.outer;
        memo->is_open = false;
        memo->is_folded = true;
    }
    return memo->value;
}

const struct value *
fold_path(const struct scope *scope, struct str path, struct span span)
{
    const struct value *value = fold_path_find(scope, path, span);
    if (value == NULL)
        report_nowhere(scope->resolver, path, span);
    return value;
}

/* Known to the pipeline alone. */
static bool
is_run_time_name(struct str path)
{
    return is_str_equal(path, STR("git.sha")) ||
           is_str_equal(path, STR("git.branch")) ||
           is_str_equal(path, STR("version")) ||
           has_prefix(path, STR("secrets.")) || has_prefix(path, STR("vars."));
}

static void
add_part(struct folding *folding, bool is_name, struct str text)
{
    struct text_part *part = vec_add(&folding->parts);
    *part = (struct text_part){is_name, text};
    folding->has_names = folding->has_names || is_name;
}

static void
fold_name(struct folding *folding, const struct piece *piece)
{
    struct resolver *resolver = folding->scope->resolver;
    if (folding->takes_names) {
        add_part(folding, true, piece->text);
        return;
    }
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L34, piece->span, STRS(piece->text));
    diag_label(diag, "this must be known when the program is built", NO_STRS);
    diag_help(diag, "only a `tag` can wait for the pipeline", NO_STRS);
    folding->blocked = poison_value(resolver, piece->span);
}

static void
fold_piece(struct folding *folding, const struct piece *piece)
{
    if (!piece->is_path) {
        add_part(folding, false, piece->text);
        return;
    }
    if (is_run_time_name(piece->text)) {
        fold_name(folding, piece);
        return;
    }
    const struct value *value =
        fold_path(folding->scope, piece->text, piece->span);
    if (value == NULL)
        folding->blocked = poison_value(folding->scope->resolver, piece->span);
    else if (value->kind == VALUE_POISON || value->kind == VALUE_HOLE)
        folding->blocked = value;
    else {
        add_part(folding, false, value->text);
        folding->origin = value->origin;
    }
}

static struct str
joined_parts(const struct folding *folding)
{
    struct buf buf;
    const struct text_part *parts = folding->parts.items;
    buf_init(&buf, folding->scope->resolver->arena);
    for (size_t i = 0; i < folding->parts.count; i++) {
        if (parts[i].is_name)
            buf_format(&buf, "${{{}}", STRS(parts[i].text));
        else
            buf_add(&buf, parts[i].text);
    }
    return buf_str(&buf);
}

/* A copy of the argument whose texts hold no more paths. */
static struct argument
fold_syntax(struct folding *folding, const struct argument *argument)
{
    struct argument copy = *argument;
    copy.piece_count = 0;
    if (argument->piece_count > 0) {
        folding->parts.count = 0;
        for (size_t i = 0; i < argument->piece_count; i++)
            fold_piece(folding, &argument->pieces[i]);
        copy.text = joined_parts(folding);
        if (copy.text.len > LIMIT_TEXT_BYTES) {
            diag_add(folding->scope->resolver->sink, DIAG_L33, argument->span,
                     STRS(STR("the folded text is too long")));
            copy.kind = ARGUMENT_POISON;
        }
    }
    struct argument *items =
        arena_array(folding->scope->resolver->arena, argument->item_count,
                    sizeof(struct argument));
    for (size_t i = 0; i < argument->item_count; i++)
        items[i] = fold_syntax(folding, &argument->items[i]);
    copy.items = items;
    return copy;
}

/* The value with what folding knows of it: parts, and where they came from. */
static const struct value *
finish_value(const struct folding *folding, const struct value *value)
{
    if (value->kind == VALUE_POISON || value->origin == NULL)
        return value;
    struct arena *arena = folding->scope->resolver->arena;
    struct value *copy = arena_new(arena, sizeof *copy);
    struct origin *origin = arena_new(arena, sizeof *origin);
    *copy = *value;
    *origin = *value->origin;
    origin->folded = folding->origin;
    copy->origin = origin;
    if (folding->has_names) {
        struct text_parts *parts = arena_new(arena, sizeof *parts);
        *parts =
            (struct text_parts){folding->parts.count, folding->parts.items};
        copy->parts = parts;
    }
    return copy;
}

const struct value *
fold_argument(const struct scope *scope, const struct argument_rule *rule,
              const struct argument *argument, enum layer layer)
{
    if (!has_paths(argument))
        return type_argument(scope->resolver, rule, argument, layer);
    struct folding folding = {.scope = scope,
                              .takes_names = rule->type == TYPE_TAG};
    vec_init(&folding.parts, scope->resolver->arena, sizeof(struct text_part));
    struct argument folded = fold_syntax(&folding, argument);
    if (folding.blocked != NULL)
        return folding.blocked;
    const struct value *value =
        type_argument(scope->resolver, rule, &folded, layer);
    return finish_value(&folding, value);
}

/* A default stands in no file: all of it lies at `span`. */
static struct argument
fallback_atom(struct arena *arena, struct str text, struct span span)
{
    if (has_prefix(text, STR("?")))
        return (struct argument){.kind = ARGUMENT_HOLE,
                                 .span = span,
                                 .text = str_slice(text, 1, text.len)};
    struct argument atom = parse_atom(arena, text, span);
    struct piece *pieces = arena_array(arena, atom.piece_count, sizeof *pieces);
    for (size_t i = 0; i < atom.piece_count; i++)
        pieces[i] =
            (struct piece){atom.pieces[i].is_path, atom.pieces[i].text, span};
    atom.pieces = pieces;
    return atom;
}

/* An atom, a ?HOLE, or a range of atoms. */
static struct argument
fallback_argument(struct arena *arena, const char *fallback, struct span span)
{
    struct str text = str_from(fallback);
    for (size_t i = 1; i + 1 < text.len; i++) {
        if (text.at[i] != '.' || text.at[i + 1] != '.')
            continue;
        struct argument *ends = arena_array(arena, 2, sizeof *ends);
        ends[0] = fallback_atom(arena, str_slice(text, 0, i), span);
        ends[1] = fallback_atom(arena, str_slice(text, i + 2, text.len), span);
        return (struct argument){.kind = ARGUMENT_RANGE,
                                 .span = span,
                                 .items = ends,
                                 .item_count = 2};
    }
    return fallback_atom(arena, text, span);
}

/* Where a default shows in a message: the block that lacks the word. */
static struct span
fallback_span(const struct scope *scope)
{
    if (scope->count == 0)
        return (struct span){0, 0};
    return scope->layers[scope->count - 1].node->word_span;
}

/* One for all defaults of a block. */
static const struct origin *
default_origin(struct resolver *resolver, struct span span)
{
    const struct origin *last = resolver->default_origin;
    if (last != NULL && is_span_equal(last->span, span))
        return last;
    struct origin *origin = arena_new(resolver->arena, sizeof *origin);
    *origin = (struct origin){.span = span, .layer = LAYER_DEFAULT};
    resolver->default_origin = origin;
    return origin;
}

static const struct value *
defaults_at(struct resolver *resolver, const struct value *values, size_t count,
            struct span span)
{
    struct value *copies =
        arena_array(resolver->arena, count, sizeof(struct value));
    for (size_t i = 0; i < count; i++) {
        copies[i] = values[i];
        copies[i].span = span;
        copies[i].origin = default_origin(resolver, span);
        if (values[i].item_count > 0)
            copies[i].items = defaults_at(resolver, values[i].items,
                                          values[i].item_count, span);
    }
    return copies;
}

static const struct value *
default_at(struct resolver *resolver, const struct word *word,
           const struct value *constant, struct span span)
{
    size_t place =
        ((size_t)span.start * 31 + (size_t)word->id) % PLACED_DEFAULTS;
    struct placed_default *placed = &resolver->placed_defaults[place];
    if (placed->word != word || !is_span_equal(placed->value->span, span))
        *placed = (struct placed_default){
            word, defaults_at(resolver, constant, 1, span)};
    return placed->value;
}

/* Does it say the same in every block? A trace tells texts by where they lie,
 * and so wants one for each block. */
static bool
is_constant(const struct resolver *resolver, const struct argument *argument,
            const struct value *value)
{
    return !has_paths(argument) && is_value_whole(value) &&
           arena_trace(resolver->arena) == NULL;
}

const struct value *
fold_fallback(const struct scope *scope, const struct word *word)
{
    struct resolver *resolver = scope->resolver;
    if (word->fallback[0] == '\0')
        return NULL;
    struct span span = fallback_span(scope);
    const struct value **constant = &resolver->fallbacks[word->id];
    if (*constant != NULL)
        return default_at(resolver, word, *constant, span);
    struct argument argument =
        fallback_argument(resolver->arena, word->fallback, span);
    const struct value *value =
        fold_argument(scope, &word->arguments[0], &argument, LAYER_DEFAULT);
    if (is_constant(resolver, &argument, value))
        *constant = value;
    return value;
}
