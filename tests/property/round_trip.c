/*
 * round_trip: every word of the table that takes a text gets hostile ones. The
 * program is made from the table, so that a new word is covered on its first
 * day. What a word refuses is an error with a place; what it takes stands
 * unchanged in what is written: the same program with a harmless text gives
 * the same data, but for that text.
 *
 *     round_trip                        all of them, in memory
 *     round_trip --write FOLDER EVERY   one of EVERY programs that are taken
 *                                       as FOLDER/NUMBER.brx, too, for tools
 *                                       that read what is made of it
 *     round_trip --told                 only the texts that are also held to
 *                                       how they are told of
 */
#include "round_trip.h"
#include "round_trip_made.h"
#include "round_trip_told.h"

#include <stdio.h>
#include <stdlib.h>

#define MARK "zqx"
#define OTHER "xqz"

static const char MEBIBYTE[] = "a mebibyte";
static const char CANARY[] =
    "'\"$(touch canary)`touch canary`;touch canary&\n;touch canary # ${x?}";

static const char *const hostile[] = {
    "no",
    "on",
    "null",
    "~",
    "0123",
    "1e3",
    "12:30",
    "<<",
    "=",
    "\xF0\x9F\x9A\x80",
    "it's \"q\" \\ `x`",
    "a\n---\nb: c\n",
    "${{ secrets.X }}",
    "$(HOME) $$(X) ${Y}",
    "{{ x }}: #y",
    " lead",
    "-x",
    "%41&'|;",
    "x \r\n::error::%0A::warning::\x1B[31m",
    "]]></text><script>|\"<b>*`",
    "a\xE2\x80\xAE b",
    "2026-11-23",
    CANARY,
    MEBIBYTE,
};

enum { HOSTILE_COUNT = sizeof hostile / sizeof hostile[0] };

/* What may have to stand before a text for the word to take any. */
static const char *const prefixes[] = {"", "/", "a/", "1.", "a:"};

struct exception {
    int word;
    const char *argument;
    const char *why;
};

static const char *const word_ids[] = {
#define WORD(id, name, places, opens, occurs, fallback, since, arguments, doc) \
    [WORD_##id] = #id,
#include "schema/words.def"
#undef WORD
};

static const struct exception exceptions[] = {
#define EXCEPTION(word, argument, why) {WORD_##word, argument, why},
#include "round_trip.def"
#undef EXCEPTION
};

struct tally {
    const char *folder; /* NULL: nothing is written */
    size_t every;
    bool is_told_alone; /* the texts of is_told(), and no others */
    size_t position_count;
    size_t taken_count;
    size_t refused_count;
    size_t fault_count;
};

static bool
is_text_type(enum type_kind type)
{
    return type == TYPE_TEXT || type == TYPE_NAME || type == TYPE_KEY ||
           type == TYPE_OBJECT || type == TYPE_PATH || type == TYPE_ANY ||
           type == TYPE_BELOW || type == TYPE_PATTERN || type == TYPE_OWNED ||
           type == TYPE_VARIABLE;
}

static const char *
exception_find(const struct word *word, const char *argument)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        if (exceptions[i].word == (int)word->id &&
            is_str_equal(str_from(exceptions[i].argument), str_from(argument)))
            return exceptions[i].why;
    }
    return NULL;
}

/* Those that are read as pages, as pictures, by shells and by eyes. */
static bool
is_told(struct str text)
{
    return has_prefix(text, STR("'\"$(")) || has_prefix(text, STR("]]>")) ||
           has_byte(text, '\xAE') || has_byte(text, '\r');
}

/* The harmless text takes the form of the hostile one where that counts: a
 * command with a blank in it is the shell's. */
static struct str
harmless_for(struct str text)
{
    return has_byte(text, ' ') || has_byte(text, '\n') ? STR(MARK " " MARK)
                                                       : STR(MARK);
}

static struct str
harmless_before(struct str text)
{
    return has_byte(text, ' ') || has_byte(text, '\n') ? STR(OTHER " " OTHER)
                                                       : STR(OTHER);
}

static struct str
hostile_text(struct arena *arena, const char *text)
{
    struct buf buf;
    if (text != MEBIBYTE)
        return str_from(text);
    buf_init(&buf, arena);
    buf_repeat(&buf, 'x', 1048000);
    return buf_str(&buf);
}

static struct str
program_at(struct arena *arena, const struct position *position,
           const char *prefix, struct str text)
{
    return position_program(
        arena, position,
        arena_format(arena, "{}{}", STRS(str_from(prefix), text)));
}

static struct made
make_at(struct arena *arena, const struct position *position,
        const char *prefix, struct str text)
{
    return make_program(arena, program_at(arena, position, prefix, text));
}

/* How the program with the text is told of, against the harmless one. */
static struct str
compare_told(struct arena *arena, const struct position *position,
             const char *prefix, struct str harmless, struct str text)
{
    struct str before =
        program_at(arena, position, prefix, harmless_before(text));
    struct made good = tell_program(
        arena, before, program_at(arena, position, prefix, harmless));
    struct made bad =
        tell_program(arena, before, program_at(arena, position, prefix, text));
    return compare_made(arena, &good, &bad, harmless, text);
}

static void
write_program(const struct tally *tally, struct str program)
{
    char path[FILENAME_MAX];
    snprintf(path, sizeof path, "%s/%zu.brx", tally->folder,
             tally->taken_count);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(program.at, 1, program.len, file) != program.len)
        abort();
    fclose(file);
}

/* Of what is taken; not those that are long. */
static void
keep_program(const struct position *position, const char *prefix,
             struct str text, const struct tally *tally)
{
    struct arena *arena = arena_open();
    if (tally->folder != NULL && tally->taken_count % tally->every == 0)
        write_program(tally, program_at(arena, position, prefix, text));
    arena_close(arena);
}

/* Empty when it is taken as it is, or refused as it should be. */
static struct str
fault_of(struct arena *arena, const struct position *position,
         const char *prefix, struct str text, struct tally *tally)
{
    struct str harmless = harmless_for(text);
    struct made bad = make_at(arena, position, prefix, text);
    if (!is_str_empty(bad.fault))
        return bad.fault;
    if (bad.is_refused) {
        tally->refused_count++;
        return bad.has_place ? STR("") : STR("it is refused without a place");
    }
    struct made good = make_at(arena, position, prefix, harmless);
    if (good.is_refused)
        return STR("what is harmless of its form is refused");
    tally->taken_count++;
    keep_program(position, prefix, text, tally);
    struct str fault = compare_made(arena, &good, &bad, harmless, text);
    if (is_str_empty(fault) && is_told(text))
        return compare_told(arena, position, prefix, harmless, text);
    return fault;
}

static void
try_text(const struct position *position, const char *prefix, const char *text,
         struct tally *tally)
{
    struct arena *arena = arena_open();
    struct str fault =
        fault_of(arena, position, prefix, hostile_text(arena, text), tally);
    if (!is_str_empty(fault)) {
        tally->fault_count++;
        printf("%s, %s, `%.60s`: %.*s\n", word_ids[position->word->id],
               position->word->arguments[position->argument].name, text,
               (int)fault.len, fault.at);
    }
    arena_close(arena);
}

/* NULL when no harmless text is taken; `why` then says it. */
static const char *
find_prefix(const struct position *position, struct buf *why)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        struct arena *arena = arena_open();
        struct made made = make_at(arena, position, prefixes[i], STR(MARK));
        bool is_taken = !made.is_refused;
        if (i == 0)
            buf_add(why, made.messages);
        arena_close(arena);
        if (is_taken)
            return prefixes[i];
    }
    return NULL;
}

static void
try_position(const struct position *position, struct tally *tally)
{
    struct arena *arena = arena_open();
    struct buf why;
    const char *name = position->word->arguments[position->argument].name;
    const char *known = exception_find(position->word, name);
    buf_init(&why, arena);
    const char *prefix = find_prefix(position, &why);
    tally->position_count++;
    if (prefix == NULL && known == NULL) {
        tally->fault_count++;
        printf("%s, %s: no text is taken at all; round_trip.def helps\n%.*s\n",
               word_ids[position->word->id], name, (int)why.len, why.at);
    }
    if (prefix != NULL && known != NULL) {
        tally->fault_count++;
        printf("%s, %s: it needs no exception\n", word_ids[position->word->id],
               name);
    }
    for (size_t i = 0; prefix != NULL && i < HOSTILE_COUNT; i++) {
        if (!tally->is_told_alone || is_told(str_from(hostile[i])))
            try_text(position, prefix, hostile[i], tally);
    }
    arena_close(arena);
}

/* A comparison that takes anything proves nothing. */
static bool
differs(struct arena *arena, const char *path, const char *wanted,
        const char *found, const char *text)
{
    struct document documents[] = {
        {str_from(path), str_from(wanted)},
        {str_from(path), str_from(found)},
    };
    struct made good = {.documents = &documents[0], .document_count = 1};
    struct made bad = {.documents = &documents[1], .document_count = 1};
    return !is_str_empty(
        compare_made(arena, &good, &bad, STR(MARK), str_from(text)));
}

static bool
sees(struct arena *arena, const char *found, const char *text)
{
    return differs(arena, "x.yaml", "a: zqx\nb: [zqx]\n", found, text);
}

static bool
sees_script(struct arena *arena, const char *found, const char *text)
{
    return differs(arena, "x.sh", "readonly A=zqx # zqx\nrun \"$A\"\n", found,
                   text);
}

static void
prove_comparison(void)
{
    struct arena *arena = arena_open();
    if (sees(arena, "a: 'no'\nb: ['no']\n", "no") ||
        !sees(arena, "a: no\nb: ['no']\n", "no") ||
        !sees(arena, "a: 1\nb: ['1']\n", "1") ||
        !sees(arena, "a: 'no'\nb: [no x]\n", "no") ||
        !sees(arena, "a: 'no'\nb: ['no', x]\n", "no") ||
        !sees(arena, "a: 'no'\nc: 1\nb: ['no']\n", "no") ||
        !sees(arena, "a: [\n", "no") ||
        sees_script(arena, "readonly A='x;y' # x\nrun \"$A\"\n", "x;y") ||
        !sees_script(arena, "readonly A=x;y # x\nrun \"$A\"\n", "x;y") ||
        !sees_script(arena, "readonly A='x' # x\ny\nrun \"$A\"\n", "x") ||
        !differs(arena, "a.md", "| zqx |\n", "| a | b |\n", "a | b") ||
        differs(arena, "a.md", "| zqx |\n", "| a \\| b |\n", "a | b") ||
        !differs(arena, "a.md", "| `zqx` |\n", "| `a`b` |\n", "a`b") ||
        !differs(arena, "a.svg", "<text>zqx</text>\n", "<text><b></text>\n",
                 "<b>") ||
        !differs(arena, "a.dot", "a [label=\"zqx\"]\n", "a [label=\"x\";b\"]\n",
                 "x\";b") ||
        !differs(arena, "a.txt", "  a zqx\n", "  a x\n;y\n", "x\n;y") ||
        !differs(arena, "a.txt", "  a zqx\n", "  a \x1B[31m\n", "\x1B[31m") ||
        differs(arena, "a.txt", "  a zqx\n", "  a x\n", "x") ||
        !differs(arena, "a.mermaid", "n1[\"zqx\"]\n", "n1[\"x\"] --> n2\n",
                 "x")) {
        fputs("the comparison does not see what differs\n", stderr);
        abort();
    }
    arena_close(arena);
}

int
main(int argc, char **argv)
{
    struct tally tally = {0};
    prove_comparison();
    bool is_written =
        argc == 4 && is_str_equal(str_from(argv[1]), STR("--write"));
    if (is_written) {
        tally.folder = argv[2];
        tally.every = strtoul(argv[3], NULL, 10);
    }
    tally.is_told_alone =
        argc == 2 && is_str_equal(str_from(argv[1]), STR("--told"));
    if ((argc > 1 && !is_written && !tally.is_told_alone) ||
        (is_written && tally.every == 0)) {
        fputs("usage: round_trip [--write FOLDER EVERY | --told]\n", stderr);
        return 2;
    }
    for (int id = 0; id < WORD_COUNT; id++) {
        struct position position;
        const struct word *word = schema_word((enum word_id)id);
        for (unsigned i = 0; i < argument_rule_count(word); i++) {
            if (is_text_type(word->arguments[i].type) &&
                position_find(word, i, &position))
                try_position(&position, &tally);
        }
    }
    printf("%zu arguments: %zu texts taken, %zu refused, %zu faults\n",
           tally.position_count, tally.taken_count, tally.refused_count,
           tally.fault_count);
    return tally.fault_count > 0;
}
