/*
 * Which faults follow from another one. All in order of place, each looked up
 * once.
 */
#include "resolve/consequences.h"

#include "resolve/faults.h"

#include <assert.h>

enum { PLACES_SHOWN = 3 };

/* ---- in one line and one statement -------------------------------------- */

/* On a line with a fault of brackets no word is unknown. */
static void
withdraw_in_line(const struct fault *from, const struct fault *to)
{
    bool has_bracket = false;
    for (const struct fault *fault = from; fault < to; fault++)
        has_bracket = has_bracket || fault->kind == FAULT_BRACKET;
    for (const struct fault *fault = from; has_bracket && fault < to; fault++) {
        if (fault->kind == FAULT_WORD || fault->kind == FAULT_CHOICE ||
            (fault->kind == FAULT_NAME && is_at_word(fault)))
            diag_withdraw(fault->diag);
    }
}

static void
withdraw_in_lines(const struct faults *faults)
{
    size_t from = 0;
    for (size_t i = 1; i <= faults->count; i++) {
        if (i < faults->count &&
            faults->at[i].line_start == faults->at[from].line_start)
            continue;
        withdraw_in_line(&faults->at[from], &faults->at[i]);
        from = i;
    }
}

static struct str
pointer_key(struct arena *arena, const void *pointer)
{
    return arena_copy(arena,
                      (struct str){(const char *)&pointer, sizeof pointer});
}

/* `WORD takes …`, at that word: it lacks an argument. */
static bool
is_lack(const struct faults *faults, const struct fault *fault)
{
    struct str text = source_text(faults->resolver->map, fault->diag->span);
    size_t end = 0;
    struct str word = next_word(text, &end);
    struct str headline = fault->diag->headline;
    return fault->diag->code == DIAG_L28 && word.len > 0 &&
           has_prefix(str_slice(headline, 1, headline.len), word);
}

/* What a statement lacks, or what does not go together in it: said when all of
 * it had been read. */
static bool
is_conclusion(const struct faults *faults, const struct fault *fault)
{
    return fault->diag->code == DIAG_L29 ||
           (fault->diag->code == DIAG_L28 && is_at_word(fault) &&
            !is_lack(faults, fault));
}

/* Its statement is read as that of the nearest word: a guess. */
static bool
is_guess(const struct fault *fault)
{
    return fault->diag->code == DIAG_L01 && is_at_word(fault);
}

/* Does `fault` only say once more that its statement could not be read, which
 * `first` has said? */
static bool
is_said_by(const struct faults *faults, const struct fault *fault,
           const struct fault *first)
{
    if (fault == first)
        return false;
    return first->diag->span.start == fault->diag->span.start ||
           is_conclusion(faults, fault) ||
           (is_guess(first) && fault->kind <= FAULT_CHOICE) ||
           (first->kind == FAULT_CHOICE && fault->kind == FAULT_WORD &&
            !is_lack(faults, fault));
}

/* Does it make its statement unreadable? A clause that lacks its argument does
 * not. */
static bool
is_unreadable(const struct faults *faults, const struct fault *fault)
{
    return fault->kind <= FAULT_CHOICE && !is_conclusion(faults, fault) &&
           (is_at_word(fault) || !is_lack(faults, fault));
}

/* By statement, the first fault that made it unreadable. */
static struct map
find_firsts(const struct faults *faults)
{
    struct map firsts;
    map_init(&firsts, faults->resolver->arena);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->at[i];
        if (fault->statement == NULL || !is_standing(fault) ||
            !is_unreadable(faults, fault))
            continue;
        struct str key = pointer_key(faults->resolver->arena, fault->statement);
        if (map_find(&firsts, key) == NULL)
            map_put(&firsts, key, fault);
    }
    return firsts;
}

/* A statement is said to be unreadable once; what it is said to lack may be
 * the very word that was not understood. */
static void
withdraw_in_statements(const struct faults *faults)
{
    struct map firsts = find_firsts(faults);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->at[i];
        if (fault->statement == NULL || !is_standing(fault))
            continue;
        const struct fault *first = map_find(
            &firsts, pointer_key(faults->resolver->arena, fault->statement));
        if (first != NULL && is_said_by(faults, fault, first))
            diag_withdraw(fault->diag);
    }
}

/* ---- names -------------------------------------------------------------- */

/* What a name is called in a message, and the word that declares it: of the
 * statement itself, which lacks its name, or of the one around it. */
static const struct {
    const char *prefix;
    const char *word;
    bool is_around;
} declarations[] = {
    {"no service ", "service", false},  {"no service ", "stateful", false},
    {"no service ", "worker", false},   {"no service ", "job", false},
    {"no environment ", "env", false},  {"no channel ", "slack", false},
    {"no profile ", "profile", false},  {"no volume ", "volume", false},
    {"no config key ", "config", true},
};

enum { DECLARATION_COUNT = sizeof declarations / sizeof declarations[0] };

/* What could not be read, and so may declare a name. */
struct loss {
    struct map unread;  /* words of the statements that could not be read */
    struct map doubted; /* and of those with a name that leads nowhere */
    bool is_lost[DECLARATION_COUNT];
};

/* What the fault leaves unread: its statement, and the block too when its
 * very word is unknown. */
static struct span
unread_span(const struct fault *fault)
{
    const struct statement *statement = fault->statement;
    if (statement == NULL)
        return fault->diag->span;
    bool is_word_unknown =
        fault->diag->span.start == statement->word.span.start &&
        fault->diag->code != DIAG_L28 && fault->diag->fixes == NULL;
    return is_word_unknown ? whole_span(statement) : statement->span;
}

static void
add_words(const struct faults *faults, struct map *words,
          const struct fault *fault)
{
    struct str text = source_text(faults->resolver->map, unread_span(fault));
    size_t at = 0;
    for (struct str word = next_word(text, &at); !is_str_empty(word);
         word = next_word(text, &at))
        map_put(words, word, (void *)fault);
}

static void
find_words(const struct faults *faults, struct loss *loss)
{
    const struct fault *last = NULL;
    map_init(&loss->unread, faults->resolver->arena);
    map_init(&loss->doubted, faults->resolver->arena);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->at[i];
        bool is_again = last != NULL && fault->statement != NULL &&
                        fault->statement == last->statement &&
                        last->kind <= fault->kind;
        if (!is_standing(fault) || fault->kind > FAULT_NAME || is_again ||
            is_fact(fault) || is_span_nowhere(fault->diag->span))
            continue;
        last = fault;
        add_words(faults, &loss->doubted, fault);
        if (fault->kind <= FAULT_CHOICE)
            add_words(faults, &loss->unread, fault);
    }
}

static bool
is_declaration_lost(const struct fault *fault, size_t index)
{
    bool is_around = declarations[index].is_around;
    const struct statement *statement =
        is_around ? fault->parent : fault->statement;
    return statement != NULL && (is_around || is_at_word(fault)) &&
           is_str_equal(statement->word.text,
                        str_from(declarations[index].word));
}

static void
find_declarations(const struct faults *faults, struct loss *loss)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->at[i];
        if (fault->kind > FAULT_CHOICE || !is_standing(fault))
            continue;
        for (size_t j = 0; j < DECLARATION_COUNT; j++)
            loss->is_lost[j] =
                loss->is_lost[j] || is_declaration_lost(fault, j);
    }
}

/* Do they hold one of the name's words, in another statement? */
static bool
holds_word(const struct map *words, const struct fault *name, struct str text)
{
    size_t at = 0;
    for (struct str word = next_word(text, &at); !is_str_empty(word);
         word = next_word(text, &at)) {
        const struct fault *fault = map_find(words, word);
        if (fault != NULL && fault != name &&
            (fault->statement == NULL || fault->statement != name->statement))
            return true;
    }
    return false;
}

static bool
is_kind_lost(const struct fault *name, const struct loss *loss)
{
    for (size_t i = 0; i < DECLARATION_COUNT; i++) {
        if (loss->is_lost[i] &&
            has_prefix(name->diag->headline, str_from(declarations[i].prefix)))
            return true;
    }
    return false;
}

/* May the name be declared where nothing could be read? A path leads over many
 * statements; its first word says only in which environment. */
static bool
is_doubted(const struct faults *faults, const struct fault *name,
           const struct loss *loss)
{
    struct str text = source_text(faults->resolver->map, name->diag->span);
    if (!is_fact(name))
        return is_kind_lost(name, loss) ||
               holds_word(&loss->unread, name, text);
    size_t dot = str_index(text, '.', 0);
    return holds_word(&loss->doubted, name, str_slice(text, dot, text.len));
}

/* The second and later ones become notes of the first. One place may be read
 * more than once: in each environment. */
static void
join_alike(struct map *firsts, struct fault *fault)
{
    struct fault *first = map_find(firsts, fault->diag->headline);
    if (first == NULL) {
        map_put(firsts, fault->diag->headline, fault);
        fault->alike_at = fault->diag->span;
        return;
    }
    diag_withdraw(fault->diag);
    if (first->alike_at.start == fault->diag->span.start)
        return;
    first->alike_at = fault->diag->span;
    if (first->alike++ < PLACES_SHOWN)
        diag_note(first->diag, fault->diag->span, "and here", NO_STRS);
}

static void
remark_more(struct resolver *resolver, const struct fault *fault)
{
    if (fault->alike <= PLACES_SHOWN)
        return;
    int64_t more = (int64_t)fault->alike - PLACES_SHOWN;
    diag_remark(fault->diag,
                more == 1 ? "and at {} more place" : "and at {} more places",
                STRS(arena_number(resolver->arena, more)));
}

static void
withdraw_names(struct faults *faults)
{
    struct loss loss = {.is_lost = {false}};
    struct map firsts;
    map_init(&firsts, faults->resolver->arena);
    find_words(faults, &loss);
    find_declarations(faults, &loss);
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->at[i];
        if (fault->kind != FAULT_NAME || !is_standing(fault) ||
            is_span_nowhere(fault->diag->span))
            continue;
        if (is_doubted(faults, fault, &loss))
            diag_withdraw(fault->diag);
        else
            join_alike(&firsts, fault);
    }
    for (size_t i = 0; i < faults->count; i++)
        remark_more(faults->resolver, &faults->at[i]);
}

/* ---- the program -------------------------------------------------------- */

static bool
is_statement_lost(const struct fault *fault)
{
    return fault->parent == NULL && is_standing(fault) &&
           (fault->kind == FAULT_BRACKET || fault->diag->code == DIAG_L01 ||
            fault->diag->code == DIAG_L35);
}

/* What the whole program is said to lack may be the statement that could not
 * be read. */
static void
withdraw_lacks(const struct faults *faults)
{
    bool is_lost = false;
    for (size_t i = 0; i < faults->count; i++)
        is_lost = is_lost || is_statement_lost(&faults->at[i]);
    for (size_t i = 0; is_lost && i < faults->count; i++) {
        struct diag *diag = faults->at[i].diag;
        if (diag->span.start == 0 && is_span_empty(diag->span))
            diag_withdraw(diag);
    }
}

/* ---- what was read ------------------------------------------------------ */

static struct environment *
environment_of(const struct resolver *resolver, const struct fault *fault)
{
    const struct statement *outer = fault->outer;
    if (outer == NULL || outer->argument_count == 0 ||
        !is_str_equal(outer->word.text, STR("env")))
        return NULL;
    const struct environment_entry *entry =
        map_find(&resolver->environments, outer->arguments[0].text);
    return entry == NULL ? NULL : entry->result;
}

/* So that who judges what was read need not judge the rest. */
static void
mark_unread(struct resolver *resolver, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->at[i];
        if (!is_standing(fault) || !leaves_unread(fault))
            continue;
        struct environment *environment = environment_of(resolver, fault);
        if (environment != NULL)
            environment->is_unread = true;
        else
            resolver->ir->is_unread = true;
    }
    for (size_t i = 0; i < resolver->environment_list.count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        if ((*entry)->like != NULL && (*entry)->like->result->is_unread)
            (*entry)->result->is_unread = true;
    }
}

void
withdraw_consequences(struct resolver *resolver,
                      const struct resolve_input *input)
{
    if (sink_error_count(resolver->sink) == 0)
        return;
    struct faults faults = collect_faults(resolver, input);
    withdraw_in_lines(&faults);
    withdraw_in_statements(&faults);
    withdraw_names(&faults);
    withdraw_lacks(&faults);
    mark_unread(resolver, &faults);
    assert(sink_error_count(resolver->sink) > 0);
}
