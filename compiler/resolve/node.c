/*
 * A statement's arguments are dealt out from left to right: an atom that is a
 * clause of an open word opens that clause, anything else goes to the
 * innermost open word that still has room.
 */
#include "resolve/node.h"

#include "base/buf.h"
#include "resolve/lanes.h"
#include "resolve/typing.h"
#include "resolve/words.h"

#include <string.h>

enum { FRAMES_MAX = 8, CHILDREN_FEW = 8 };

/* A word that is being filled. What it was given and its children are the
 * newest of `given` and of the resolver's open children: a word gets more of
 * them only when those that stand inside it are closed. */
struct frame {
    struct node *node;
    enum layer layer; /* that its arguments and clauses are of */
    size_t given_count;
    size_t child_count;
};

struct dealing {
    struct resolver *resolver;
    struct frame frames[FRAMES_MAX];
    size_t count;
    const struct argument **given; /* of all frames, outermost first */
    size_t given_count;
};

static const struct node *resolve_statement(struct resolver *resolver,
                                            enum place place, enum layer outer,
                                            const struct statement *statement);

/* What a word opens is a layer of its own, or of the one around it. */
static enum layer
layer_of(const struct word *word, enum layer outer)
{
    enum place place = word->opens;
    if (place == PLACE_PROJECT)
        return LAYER_PROJECT;
    if (place == PLACE_PROFILE)
        return LAYER_PROFILE;
    if (place == PLACE_SERVICE || place == PLACE_STATEFUL ||
        place == PLACE_JOB || place == PLACE_TASK)
        return LAYER_SERVICE;
    if (place == PLACE_ENV)
        return LAYER_ENVIRONMENT;
    return place == PLACE_RUN ? LAYER_RUN : outer;
}

struct str
word_signature(struct arena *arena, const struct word *word)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < argument_rule_count(word); i++) {
        const struct argument_rule *rule = &word->arguments[i];
        if (i > 0)
            buf_byte(&buf, ' ');
        if (rule->is_optional)
            buf_byte(&buf, '[');
        for (const char *at = rule->name; *at != '\0'; at++)
            buf_byte(&buf, *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at);
        if (rule->shape == SHAPE_REST)
            buf_add(&buf, STR(" …"));
        if (rule->is_optional)
            buf_byte(&buf, ']');
    }
    return buf_str(&buf);
}

static bool
is_plain_atom(const struct argument *argument)
{
    return argument->kind == ARGUMENT_ATOM && argument->piece_count == 0;
}

static size_t
required_count(const struct word *word)
{
    size_t count = 0;
    for (size_t i = 0; i < argument_rule_count(word); i++)
        count += word->arguments[i].is_optional ? 0 : 1;
    return count;
}

static bool
has_room(const struct frame *frame)
{
    const struct word *word = frame->node->word;
    size_t rules = argument_rule_count(word);
    if (rules > 0 && word->arguments[rules - 1].shape == SHAPE_REST)
        return true;
    return frame->given_count < rules;
}

static void
report_argument_count(struct resolver *resolver, const struct node *node,
                      struct span span)
{
    struct str signature = word_signature(resolver->arena, node->word);
    struct str name = str_from(node->word->name);
    if (is_str_empty(name))
        name = source_text(resolver->map, node->word_span);
    struct str takes =
        is_str_empty(signature)
            ? STR("no argument")
            : arena_format(resolver->arena, "`{}`", STRS(signature));
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L28, span, STRS(name, takes));
    diag_help(diag, "see `broxc explain {}`", STRS(name));
}

static struct frame *
push_frame(struct dealing *dealing, const struct word *word, enum layer outer,
           struct span span)
{
    struct arena *arena = dealing->resolver->arena;
    struct node *node = arena_new(arena, sizeof *node);
    node->word = word;
    node->span = span;
    node->word_span = span;
    struct frame *frame = &dealing->frames[dealing->count++];
    *frame = (struct frame){.node = node, .layer = layer_of(word, outer)};
    return frame;
}

static void
give(struct dealing *dealing, struct frame *frame,
     const struct argument *argument)
{
    dealing->given[dealing->given_count++] = argument;
    frame->given_count++;
}

static void
add_child(struct resolver *resolver, struct frame *frame,
          const struct node *child)
{
    vec_add_pointer(&resolver->open_children, child);
    frame->child_count++;
    frame->node->has_paths = frame->node->has_paths || child->has_paths;
}

/* `[a b]` from what REST takes, so that one rule types it. */
static const struct argument *
rest_list(struct resolver *resolver, const struct argument *const *items,
          size_t count)
{
    struct argument *list = arena_new(resolver->arena, sizeof *list);
    struct argument *copies =
        arena_array(resolver->arena, count, sizeof(struct argument));
    for (size_t i = 0; i < count; i++)
        copies[i] = *items[i];
    list->kind = ARGUMENT_LIST;
    list->items = copies;
    list->item_count = (uint32_t)count;
    list->span = span_join(items[0]->span, items[count - 1]->span);
    return list;
}

static void
fill_cell(struct dealing *dealing, const struct frame *frame, size_t index,
          const struct argument *argument)
{
    struct node *node = frame->node;
    struct cell *cell = &node->cells[index];
    cell->syntax = argument;
    node->span = span_join(node->span, argument->span);
    if (has_paths(argument))
        node->has_paths = true;
    else
        cell->value =
            type_argument(dealing->resolver, &node->word->arguments[index],
                          argument, frame->layer);
}

/* Where one is lacking nobody knows which. */
static void
poison_cell(struct resolver *resolver, struct cell *cell,
            const struct argument *argument)
{
    cell->syntax = argument;
    cell->value = poison_value(resolver, argument->span);
}

/* Optional arguments are passed over when what is left would not suffice. */
static void
fill_cells(struct dealing *dealing, struct frame *frame)
{
    struct node *node = frame->node;
    const struct word *word = node->word;
    size_t left = frame->given_count;
    const struct argument *const *given =
        &dealing->given[dealing->given_count - left];
    size_t required = required_count(word);
    size_t next = 0;
    bool is_lacking = left < required;
    if (is_lacking) {
        report_argument_count(dealing->resolver, node, node->span);
        node->is_misread = true;
        required = 0;
    }
    for (size_t i = 0; i < argument_rule_count(word) && left > 0; i++) {
        const struct argument_rule *rule = &word->arguments[i];
        if (rule->is_optional && left <= required)
            continue;
        required -= rule->is_optional || required == 0 ? 0 : 1;
        if (rule->shape == SHAPE_REST) {
            fill_cell(dealing, frame, i,
                      rest_list(dealing->resolver, &given[next], left));
            return;
        }
        if (is_lacking)
            poison_cell(dealing->resolver, &node->cells[i], given[next++]);
        else
            fill_cell(dealing, frame, i, given[next++]);
        left--;
    }
}

static struct str
duplicate_key(struct resolver *resolver, const struct node *node)
{
    struct str name = str_from(node->word->name);
    if (node->word->occurs != OCCURS_KEYED)
        return name;
    return arena_format(resolver->arena, "{} {}", STRS(name, node_key(node)));
}

/* In most blocks no word stands twice. */
static bool
may_repeat(const struct node *const *nodes, size_t count)
{
    struct word_set seen = {0};
    for (size_t i = 0; i < count; i++) {
        const struct word *word = nodes[i]->word;
        if (word->occurs != OCCURS_MANY && word_set_has(&seen, word->id))
            return true;
        word_set_add(&seen, word->id);
    }
    return false;
}

/* L02: in one block a fact is set once. */
static void
check_duplicates(struct resolver *resolver, const struct node *const *nodes,
                 size_t count)
{
    struct map seen;
    if (!may_repeat(nodes, count))
        return;
    map_init(&seen, resolver->arena);
    for (size_t i = 0; i < count; i++) {
        const struct node *node = nodes[i];
        if (node->word->occurs == OCCURS_MANY)
            continue;
        struct str key = duplicate_key(resolver, node);
        const struct node *first = map_find(&seen, key);
        if (first == NULL) {
            map_put(&seen, key, node);
            continue;
        }
        struct diag *diag =
            diag_add(resolver->sink, DIAG_L02, node->span, STRS(str_trim(key)));
        diag_label(diag, "set again here", NO_STRS);
        diag_note(diag, first->span, "it is set here first", NO_STRS);
    }
}

static const struct node *
child_from(const struct node *node, size_t index, enum word_id id)
{
    for (size_t i = index; i < node->child_count; i++) {
        if (node->children[i]->word->id == id)
            return node->children[i];
    }
    return NULL;
}

/* Children of one word are chained, so that a block of a thousand `run` lines
 * is not walked for every other word. */
static void
index_children(struct resolver *resolver, struct node *node,
               struct node *const *children)
{
    struct word_set *words = arena_new(resolver->arena, sizeof *words);
    const struct node **first = NULL;
    if (node->child_count > CHILDREN_FEW)
        first = arena_array(resolver->arena, WORD_COUNT, sizeof *first);
    for (size_t i = node->child_count; i-- > 0;) {
        enum word_id id = children[i]->word->id;
        if (word_set_has(words, id))
            children[i]->next_same =
                first != NULL ? first[id] : child_from(node, i + 1, id);
        if (first != NULL)
            first[id] = children[i];
        word_set_add(words, id);
    }
    node->words = words;
    node->first_by_word = first;
}

/* A word's children, no longer open. */
static void
close_children(struct resolver *resolver, struct frame *frame)
{
    struct node *node = frame->node;
    struct vec *open = &resolver->open_children;
    size_t count = frame->child_count;
    if (count == 0)
        return;
    struct node **children =
        arena_array(resolver->arena, count, sizeof *children);
    open->count -= count;
    memcpy(children, (struct node **)open->items + open->count,
           count * sizeof *children);
    node->children = (const struct node *const *)children;
    node->child_count = count;
    index_children(resolver, node, children);
    check_duplicates(resolver, node->children, count);
}

static void
close_frame(struct dealing *dealing)
{
    struct frame *frame = &dealing->frames[--dealing->count];
    struct node *node = frame->node;
    fill_cells(dealing, frame);
    dealing->given_count -= frame->given_count;
    close_children(dealing->resolver, frame);
    if (dealing->count == 0)
        return;
    struct frame *outer = &dealing->frames[dealing->count - 1];
    add_child(dealing->resolver, outer, node);
    outer->node->span = span_join(outer->node->span, node->span);
}

static void
close_frames(struct dealing *dealing, size_t count)
{
    while (dealing->count > count)
        close_frame(dealing);
}

/* Is this atom a clause of an open word? Closes what is open inside. */
static bool
open_clause(struct dealing *dealing, const struct argument *argument)
{
    const struct frame *inner = &dealing->frames[dealing->count - 1];
    if (!is_plain_atom(argument) ||
        inner->given_count < required_count(inner->node->word))
        return false;
    for (size_t i = dealing->count; i-- > 0;) {
        enum place place = dealing->frames[i].node->word->opens;
        const struct word *word =
            place == PLACE_NONE
                ? NULL
                : schema_find(dealing->resolver->schema, place, argument->text);
        if (word == NULL || i + 1 >= FRAMES_MAX)
            continue;
        close_frames(dealing, i + 1);
        push_frame(dealing, word, dealing->frames[i].layer, argument->span);
        return true;
    }
    return false;
}

static bool
take_argument(struct dealing *dealing, const struct argument *argument)
{
    for (size_t i = dealing->count; i-- > 0;) {
        if (!has_room(&dealing->frames[i]))
            continue;
        close_frames(dealing, i + 1);
        give(dealing, &dealing->frames[i], argument);
        return true;
    }
    return false;
}

/* An argument that nobody takes: a misspelled clause, or one too many. Gives
 * the clause that it is nearest to, or an empty text. */
static struct str
report_extra(struct dealing *dealing, const struct argument *argument)
{
    struct resolver *resolver = dealing->resolver;
    const struct frame *outer = &dealing->frames[0];
    struct near near = {.wanted = argument->text};
    bool has_clauses = false;
    for (size_t i = 0; i < dealing->count; i++) {
        enum place place = dealing->frames[i].node->word->opens;
        has_clauses = has_clauses || takes_clauses(place);
        if (takes_clauses(place))
            offer_words(&near, place);
    }
    if (has_clauses && is_plain_atom(argument) &&
        is_ascii_alpha(argument->text.len > 0 ? argument->text.at[0] : '0'))
        report_unknown_word(resolver, outer->node->word->opens, argument->text,
                            argument->span, &near);
    else
        report_argument_count(
            resolver, dealing->frames[dealing->count - 1].node, argument->span);
    return near.best;
}

static void
deal_arguments(struct dealing *dealing, const struct statement *statement)
{
    for (size_t i = 0; i < statement->argument_count; i++) {
        const struct argument *argument = &statement->arguments[i];
        if (open_clause(dealing, argument))
            continue;
        if (take_argument(dealing, argument))
            continue;
        struct argument meant = *argument;
        meant.text = report_extra(dealing, argument);
        if (open_clause(dealing, &meant))
            continue;
        dealing->frames[0].node->is_misread = true;
        return;
    }
}

static void
add_block(struct dealing *dealing, const struct block *block)
{
    struct resolver *resolver = dealing->resolver;
    struct frame *frame = &dealing->frames[0];
    if (frame->node->word->opens == PLACE_NONE) {
        struct diag *diag =
            diag_add(resolver->sink, DIAG_L25, block->open,
                     STRS(STR("the end of the line"), STR("a block")));
        diag_label(diag, "`{}` takes no block",
                   STRS(str_from(frame->node->word->name)));
        return;
    }
    if (frame->node->word->opens == PLACE_PATCH) {
        frame->node->block = block;
        return;
    }
    for (size_t i = 0; i < block->statement_count; i++) {
        const struct node *child =
            resolve_statement(resolver, frame->node->word->opens, frame->layer,
                              &block->statements[i]);
        if (child != NULL)
            add_child(resolver, frame, child);
    }
}

static const struct node *
resolve_statement(struct resolver *resolver, enum place place, enum layer outer,
                  const struct statement *statement)
{
    const struct word *word =
        statement->word.kind == ARGUMENT_POISON
            ? NULL
            : find_word(resolver, place, &statement->word);
    if (word == NULL)
        return NULL;
    struct dealing dealing = {
        .resolver = resolver,
        .given = arena_array(resolver->arena, statement->argument_count + 1,
                             sizeof *dealing.given)};
    struct frame *frame =
        push_frame(&dealing, word, outer, statement->word.span);
    struct node *node = frame->node;
    node->doc = statement->doc;
    if (word->name[0] == '\0')
        give(&dealing, frame, &statement->word);
    deal_arguments(&dealing, statement);
    close_frames(&dealing, 1);
    if (statement->block != NULL)
        add_block(&dealing, statement->block);
    close_frame(&dealing);
    return node;
}

/* A statement of a file, and the node that it became; NULL when unknown. */
struct typed {
    const struct statement *statement;
    const struct node *node;
};

static void
type_statement(struct resolver *resolver, void *things, size_t index)
{
    struct typed *typed = (struct typed *)things + index;
    typed->node = resolve_statement(resolver, PLACE_FILE, LAYER_ENVIRONMENT,
                                    typed->statement);
}

/* With its block, in bytes of the program. */
static size_t
statement_length(const void *things, size_t index)
{
    const struct typed *typed = (const struct typed *)things + index;
    const struct statement *statement = typed->statement;
    uint32_t end = statement->block != NULL ? statement->block->close.end
                                            : statement->span.end;
    return end - statement->span.start;
}

void
resolve_statements(struct resolver *resolver, const struct resolve_input *input)
{
    struct vec all;
    struct vec nodes;
    vec_init(&all, resolver->arena, sizeof(struct typed));
    vec_init(&nodes, resolver->arena, sizeof(const struct node *));
    for (size_t i = 0; i < input->file_count; i++) {
        const struct block *file = input->files[i];
        for (size_t j = 0; j < file->statement_count; j++)
            ((struct typed *)vec_add(&all))->statement = &file->statements[j];
    }
    work_in_lanes(resolver, &(struct work){.things = all.items,
                                           .count = all.count,
                                           .one = type_statement,
                                           .weigh = statement_length});
    for (size_t i = 0; i < all.count; i++) {
        const struct typed *typed = vec_at(&all, i);
        if (typed->node != NULL)
            vec_add_pointer(&nodes, typed->node);
    }
    resolver->statements = nodes.items;
    resolver->statement_count = nodes.count;
    check_duplicates(resolver, resolver->statements, nodes.count);
}

const struct node *
node_child(const struct node *node, enum word_id id)
{
    if (node->words == NULL || !word_set_has(node->words, id))
        return NULL;
    return node->first_by_word != NULL ? node->first_by_word[id]
                                       : child_from(node, 0, id);
}

/* `port 3000` leaves its name out: then the key is the word's fallback. */
struct str
node_key(const struct node *node)
{
    const struct argument *first = node->cells[0].syntax;
    if (first != NULL)
        return first->text;
    return node->word->fallback[0] != '\0' ? str_from(node->word->fallback)
                                           : str_from(node->word->name);
}
