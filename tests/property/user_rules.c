/*
 * user_rules SEED ROUNDS: rules of a user's own against a reckoning of their
 * own. A round makes a program of environments and services with random facts,
 * and an `assert` and a `rule` with random lines: each line that does not hold
 * is told once for each subject of which it does not, and no other is. Then a
 * line is broken in a way that is known: it is told, on its line, by an error
 * that has a code. The same seed makes the same programs.
 */
#include <brx/brx.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENVIRONMENTS = 3,
    SERVICES = 3,
    LINES_MAX = 4,
    PROGRAM_MAX = 8192,
    FIRST_LINE = 1,
};

enum field { MEMORY_MIN, MEMORY_MAX, CPU_MIN, CPU_MAX, COUNT, FIELD_COUNT };

static const struct {
    const char *path;
    const char *unit;
    enum field least; /* what it is compared with has the same unit */
    enum field most;
} fields[] = {
    [MEMORY_MIN] = {"memory.min", "Mi", MEMORY_MIN, MEMORY_MAX},
    [MEMORY_MAX] = {"memory.max", "Mi", MEMORY_MIN, MEMORY_MAX},
    [CPU_MIN] = {"cpu.min", "m", CPU_MIN, CPU_MAX},
    [CPU_MAX] = {"cpu.max", "m", CPU_MIN, CPU_MAX},
    [COUNT] = {"count", "", COUNT, COUNT},
};
static const char *const environments[ENVIRONMENTS] = {"dev", "test", "live"};
static const char *const tiers[ENVIRONMENTS] = {"development", "staging",
                                                "production"};
static const char *const services[SERVICES] = {"api", "web", "mail"};
static const char *const comparisons[] = {"<", "<=", ">", ">=", "==", "!="};
enum { COMPARISON_COUNT = sizeof comparisons / sizeof comparisons[0] };

struct world {
    bool runs[ENVIRONMENTS][SERVICES];
    long facts[ENVIRONMENTS][SERVICES][FIELD_COUNT];
};

/* A side that is a path: of one service of one environment, or of the rule's
 * turn where that is -1. */
struct side {
    int environment;
    int service;
    enum field field;
};

struct line {
    struct side left;
    struct side right;
    bool is_literal; /* the right side is `number` */
    long number;
    size_t comparison;
};

struct program {
    char text[PROGRAM_MAX];
    size_t len;
    size_t lines; /* that are complete */
};

static uint64_t state;

/* xorshift64*, Vigna 2016: the same on every machine. */
static size_t
roll(size_t count)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (size_t)((state * 2685821657736338717U) >> 33) % count;
}

static const char *
pick(const char *const *words, size_t count)
{
    return words[roll(count)];
}

/* ---- programs ----------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void
say(struct program *program, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *at = program->text + program->len;
    int len = vsnprintf(at, PROGRAM_MAX - program->len, format, list);
    va_end(list);
    if (len < 0 || (size_t)len >= PROGRAM_MAX - program->len)
        abort();
    program->len += (size_t)len;
    for (; *at != '\0'; at++)
        program->lines += *at == '\n';
}

static void
make_world(struct world *world)
{
    for (size_t e = 0; e < ENVIRONMENTS; e++) {
        for (size_t s = 0; s < SERVICES; s++) {
            long *facts = world->facts[e][s];
            world->runs[e][s] = s == 0 || roll(4) > 0;
            facts[MEMORY_MIN] = 64 * (1 + (long)roll(4));
            facts[MEMORY_MAX] = facts[MEMORY_MIN] + 64 * (long)roll(3);
            facts[CPU_MIN] = 100 * (1 + (long)roll(3));
            facts[CPU_MAX] = facts[CPU_MIN] + 100 * (long)roll(3);
            facts[COUNT] = 1 + (long)roll(3);
        }
    }
}

static void
say_world(struct program *program, const struct world *world)
{
    say(program, "brx 1\nproject shop { registry ghcr.io/shop }\n");
    for (size_t s = 0; s < SERVICES; s++)
        say(program, "service %s { port http 8080; ready GET /r }\n",
            services[s]);
    for (size_t e = 0; e < ENVIRONMENTS; e++) {
        say(program, "env %s { tier %s\n", environments[e], tiers[e]);
        for (size_t s = 0; s < SERVICES; s++) {
            const long *facts = world->facts[e][s];
            if (world->runs[e][s])
                say(program, "run %s %ld memory %ldMi..%ldMi cpu %ldm..%ldm\n",
                    services[s], facts[COUNT], facts[MEMORY_MIN],
                    facts[MEMORY_MAX], facts[CPU_MIN], facts[CPU_MAX]);
        }
        say(program, "}\n");
    }
}

static void
say_side(struct program *program, const struct side *side)
{
    const char *field = fields[side->field].path;
    const char *environment =
        side->environment < 0 ? "env" : environments[side->environment];
    if (side->service < 0)
        say(program, "service.%s", field);
    else
        say(program, "%s.%s.%s", environment, services[side->service], field);
}

static void
say_line(struct program *program, const struct line *line)
{
    say(program, "    ");
    say_side(program, &line->left);
    say(program, " %s ", comparisons[line->comparison]);
    if (line->is_literal)
        say(program, "%ld%s", line->number, fields[line->left.field].unit);
    else
        say_side(program, &line->right);
    say(program, "\n");
}

/* ---- what holds --------------------------------------------------------- */

/* False where the fact is not said. */
static bool
look_up(const struct world *world, const struct side *side, int environment,
        int service, long *fact)
{
    int e = side->environment < 0 ? environment : side->environment;
    int s = side->service < 0 ? service : side->service;
    *fact = world->facts[e][s][side->field];
    return world->runs[e][s];
}

static bool
compares(long left, size_t comparison, long right)
{
    const bool holds[] = {left<right, left <= right, left> right, left >= right,
                          left == right, left != right};
    return holds[comparison];
}

/* One if the line is told for that turn; `*is_said` when it has both sides. */
static size_t
count_failure(const struct world *world, const struct line *line,
              int environment, int service, bool *is_said)
{
    long left;
    long right = line->number;
    if (!look_up(world, &line->left, environment, service, &left) ||
        (!line->is_literal &&
         !look_up(world, &line->right, environment, service, &right)))
        return 0;
    *is_said = true;
    return !compares(left, line->comparison, right);
}

/* ---- random rules ------------------------------------------------------- */

enum turn { TURN_NONE, TURN_ENVIRONMENT, TURN_SERVICE };

/* Only a service that runs everywhere, where no turn passes a line over. */
static struct side
make_side(enum turn turn, enum field least, enum field most)
{
    struct side side = {
        .field = (enum field)(least + roll((size_t)(most - least) + 1))};
    bool is_of_turn = turn != TURN_NONE && roll(3) > 0;
    side.environment = is_of_turn ? -1 : (int)roll(ENVIRONMENTS);
    side.service = turn == TURN_NONE || !is_of_turn ? 0 : (int)roll(SERVICES);
    if (turn == TURN_SERVICE && is_of_turn && roll(2) == 0)
        side.service = -1;
    return side;
}

static struct line
make_line(enum turn turn)
{
    struct line line = {.left = make_side(turn, MEMORY_MIN, COUNT),
                        .comparison = roll(COMPARISON_COUNT),
                        .is_literal = roll(2) == 0};
    enum field field = line.left.field;
    line.right = make_side(turn, fields[field].least, fields[field].most);
    line.number = field == COUNT        ? 1 + (long)roll(3)
                  : field <= MEMORY_MAX ? 64 * (1 + (long)roll(6))
                                        : 100 * (1 + (long)roll(5));
    return line;
}

/* What a line is to say: so many times L12, or that a path leads nowhere. */
struct expected {
    size_t failures;
    bool leads_nowhere;
};

static struct expected
expect_line(const struct world *world, const struct line *line, enum turn turn,
            int tier)
{
    struct expected expected = {0, true};
    bool is_said = false;
    bool has_turns = false;
    for (int e = 0; e < ENVIRONMENTS; e++) {
        if ((tier >= 0 && e != tier) || (turn == TURN_NONE && e > 0))
            continue;
        for (int s = 0; s < SERVICES; s++) {
            bool is_turn = turn == TURN_SERVICE ? world->runs[e][s] : s == 0;
            has_turns = has_turns || is_turn;
            if (is_turn)
                expected.failures += count_failure(world, line, e, s, &is_said);
        }
    }
    expected.leads_nowhere = has_turns && !is_said;
    return expected;
}

/* ---- what is said ------------------------------------------------------- */

struct said {
    size_t failures[PROGRAM_MAX]; /* L12, by line */
    size_t faults[PROGRAM_MAX];   /* other errors of the language, by line */
    bool is_alike[PROGRAM_MAX];   /* a name of the line was a fault before */
    size_t more;                  /* places of such names that are not shown */
};

static void
die(const struct program *program, const char *what, size_t line)
{
    printf("line %zu: %s\n%s", line, what, program->text);
    exit(1);
}

/* `main.brx:LINE:COLUMN: error[CODE]: …` */
static void
read_message(const struct program *program, const char *text, struct said *said)
{
    static const char form[] = "main.brx:%zu:%zu: %7[a-z][%1[A-Z]%2[0-9]]";
    size_t line = 0;
    size_t column = 0;
    char severity[8];
    char family[2];
    char number[3];
    if (sscanf(text, form, &line, &column, severity, family, number) != 5 ||
        line < 1 || line > program->lines + 1)
        die(program, "a message without its place or its code", line);
    if (strcmp(severity, "error") != 0)
        return;
    if (family[0] == 'L' && strcmp(number, "12") == 0)
        said->failures[line]++;
    else
        said->faults[line]++;
}

/* A name that leads nowhere is said once, with its other places beside it. */
static void
read_places(struct brx *brx, struct said *said)
{
    static const char place[] = "note: and here\n  --> main.brx:";
    static const char rest[] = "note: and at ";
    struct brx_text messages = brx_messages(brx, BRX_HUMAN, BRX_NO_COLOR);
    char *text = strndup(messages.at, messages.len);
    if (text == NULL)
        abort();
    for (const char *at = text; (at = strstr(at, rest)) != NULL;) {
        at += strlen(rest);
        said->more += strtoul(at, NULL, 10);
    }
    for (const char *at = text; (at = strstr(at, place)) != NULL;) {
        at += strlen(place);
        size_t line = strtoul(at, NULL, 10);
        said->is_alike[line < PROGRAM_MAX ? line : 0] = true;
    }
    free(text);
}

static void
compile(const struct program *program, struct said *said)
{
    struct brx_file file = {brx_text("main.brx"),
                            {program->text, program->len}};
    struct brx_options options = brx_default_options();
    options.files = &file;
    options.file_count = 1;
    struct brx *brx = brx_open(&options);
    if (brx == NULL || brx_compile(brx, file.path) != BRX_OK)
        die(program, "the machine failed", 0);
    memset(said, 0, sizeof *said);
    struct brx_text messages = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    for (size_t at = 0; at < messages.len;) {
        const char *line = messages.at + at;
        const char *end = memchr(line, '\n', messages.len - at);
        char text[256];
        if (end == NULL)
            break;
        snprintf(text, sizeof text, "%.*s", (int)(end - line), line);
        read_message(program, text, said);
        at += (size_t)(end - line) + 1;
    }
    read_places(brx, said);
    brx_close(brx);
}

/* ---- rounds ------------------------------------------------------------- */

static void
say_head(struct program *program, enum turn turn, int tier)
{
    static const char *const each[] = {"", " for each env",
                                       " for each service"};
    say(program, "%s \"a rule\"%s", turn == TURN_NONE ? "assert" : "rule",
        each[turn]);
    if (tier >= 0)
        say(program, " where tier %s", tiers[tier]);
    say(program, " {\n");
}

static void
try_sound(const struct world *world)
{
    static struct said said;
    struct program program = {.lines = 0};
    size_t numbers[LINES_MAX];
    struct expected expected[LINES_MAX];
    enum turn turn = (enum turn)roll(3);
    int tier = turn == TURN_NONE || roll(2) == 0 ? -1 : (int)roll(ENVIRONMENTS);
    size_t count = 1 + roll(LINES_MAX);
    say_world(&program, world);
    say_head(&program, turn, tier);
    for (size_t i = 0; i < count; i++) {
        struct line line = make_line(turn);
        expected[i] = expect_line(world, &line, turn, tier);
        numbers[i] = program.lines + FIRST_LINE;
        say_line(&program, &line);
    }
    say(&program, "}\n");
    bool is_sound = true;
    compile(&program, &said);
    for (size_t i = 0; i < count; i++)
        is_sound = is_sound && !expected[i].leads_nowhere;
    for (size_t i = 0; i < count; i++) {
        /* Rules are held against facts only when every name is well. */
        size_t failures = is_sound ? expected[i].failures : 0;
        if (is_sound && said.failures[numbers[i]] != failures)
            die(&program, "another count of failures", numbers[i]);
        if (said.faults[numbers[i]] > 0 && !expected[i].leads_nowhere)
            die(&program, "a fault that is none", numbers[i]);
        bool is_unsaid = expected[i].leads_nowhere &&
                         said.faults[numbers[i]] == 0 &&
                         !said.is_alike[numbers[i]];
        if (is_unsaid && said.more-- == 0)
            die(&program, "a name that leads nowhere, and no word", numbers[i]);
    }
}

static void
say_broken(struct program *program)
{
    static const char *const lines[] = {
        "dev.api.memory >= 1Gi",
        "dev.api.memory.min >= dev.api.cpu.min",
        "dev.api.memory.min >= dev.api.memory",
        "dev.api.count >= 1Gi",
        "dev.api.count >= 5%",
        "dev.api.count >= \"three\"",
        "dev.api.memory.min >= 128",
        "dev.api.cpu.max < 1x",
        "dev.api.memory.min 128Mi",
        "dev.api.memory.min >=",
        "dev.api.memory.min",
        ">= 128Mi",
        "dev.api.memory.min >= 1Mi 2Mi",
        "dev.api.memory.min >= >= 1Mi",
        "dev.api.memory.min => 1Mi",
        "dev.api.memory.mid >= 1Mi",
        "dev.apy.memory.min >= 1Mi",
        "dve.api.memory.min >= 1Mi",
        "dev..api.memory.min >= 1Mi",
        ".dev.api.memory.min >= 1Mi",
        "dev.api.memory.min. >= 1Mi",
        "dev >= 1Mi",
        "dev.namespace < \"b\"",
        "dev.namespace == dev.api.count",
        "dev.api.count == dev.namespace",
        "dev.api.count >= [1 2]",
        "dev.api.count >= 1..2",
        "dev.api.count >= \xe2\x82\xac",
        "\xe6\x97\xa5.api.count >= 1",
        "dev.api.count >= 99999999999999999999",
        "dev.api.count >= dev.api.count.count",
        "dev.api.count -> 1",
        "\"dev.api.count\" { >= 1 }",
    };
    say(program, "    %s\n", pick(lines, sizeof lines / sizeof lines[0]));
}

/* One broken line among sound ones. */
static void
try_broken(const struct world *world)
{
    static struct said said;
    struct program program = {.lines = 0};
    struct line line = make_line(TURN_NONE);
    enum turn turn = (enum turn)roll(3);
    say_world(&program, world);
    say_head(&program, turn, -1);
    say_line(&program, &line);
    size_t number = program.lines + FIRST_LINE;
    say_broken(&program);
    say_line(&program, &line);
    say(&program, "}\n");
    compile(&program, &said);
    if (said.faults[number] == 0)
        die(&program, "a broken line that nothing is said of", number);
    for (size_t i = 0; i <= program.lines + 1; i++) {
        if (i != number && said.faults[i] > 0)
            die(&program, "a fault on a sound line", i);
    }
}

int
main(int count, char **arguments)
{
    if (count != 3) {
        fputs("usage: user_rules SEED ROUNDS\n", stderr);
        return 2;
    }
    state = strtoull(arguments[1], NULL, 10) * 2 + 1;
    size_t rounds = strtoull(arguments[2], NULL, 10);
    for (size_t i = 0; i < rounds; i++) {
        struct world world;
        make_world(&world);
        try_sound(&world);
        try_broken(&world);
    }
    printf("%zu rounds\n", rounds);
    return rounds == 0;
}
