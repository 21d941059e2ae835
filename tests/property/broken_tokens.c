/*
 * A slip of one token: each token of a valid program is left out, doubled,
 * misspelled and swapped with the next, and what is said is counted. A slip
 * that leaves a valid program is neither good nor bad, and counted apart. Of
 * the others, one or two messages are to be said, errors or not, the first on
 * the line of the slip; of a token that is gone or was swapped, up to the line
 * of the next one. A name that is misspelled where it is declared is said where
 * it is used: that counts as the wrong line, though a note shows the right one.
 *
 *     broken_tokens SHARE_MIN PROGRAM...     SHARE_MIN in percent
 */
#include "brx/brx.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGES_MAX = 2, WORST_SHOWN = 12, TEXT_MAX = 1 << 20 };

enum slip { SLIP_DELETE, SLIP_DOUBLE, SLIP_MISSPELL, SLIP_SWAP, SLIP_COUNT };

static const char *const slip_names[] = {"delete", "double", "misspell",
                                         "swap"};

struct token {
    size_t start;
    size_t end;
};

struct program {
    const char *path;
    char *text;
    size_t len;
    struct token *tokens;
    size_t token_count;
};

struct counts {
    size_t slips;  /* that say something */
    size_t good;   /* few messages, the first at the right line */
    size_t placed; /* the first at the right line */
    size_t few;    /* few messages */
    size_t silent; /* still a valid program */
};

/* What one program says: how many messages, and where the first one is. */
struct said {
    size_t count;
    bool is_here; /* the first is in the program itself */
    size_t line;
    char first[256];
};

static void
die(const char *what, const char *which)
{
    fprintf(stderr, "broken_tokens: %s %s\n", what, which);
    exit(2);
}

static void
read_program(struct program *program, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die("cannot read", path);
    program->path = path;
    program->text = malloc(TEXT_MAX);
    if (program->text == NULL)
        die("no memory for", path);
    program->len = fread(program->text, 1, TEXT_MAX, file);
    fclose(file);
}

static bool
is_bracket(char byte)
{
    return byte != '\0' && strchr("{}[];", byte) != NULL;
}

/* Behind the token at `at`: a bracket, a text in quotes, or what has no blank
 * in it. */
static size_t
token_end(const struct program *program, size_t at)
{
    const char *text = program->text;
    size_t end = at + 1;
    if (is_bracket(text[at]))
        return end;
    if (text[at] == '"') {
        while (end < program->len && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        return end + 1;
    }
    while (end < program->len && !isspace((unsigned char)text[end]) &&
           (!is_bracket(text[end]) || text[end - 1] == '$' ||
            memchr(text + at, '$', end - at) != NULL) &&
           text[end] != '"')
        end++;
    return end;
}

static void
find_tokens(struct program *program)
{
    program->tokens = calloc(program->len + 1, sizeof *program->tokens);
    if (program->tokens == NULL)
        die("no memory for", program->path);
    for (size_t at = 0; at < program->len;) {
        if (isspace((unsigned char)program->text[at])) {
            at++;
        } else if (program->text[at] == '#') {
            while (at < program->len && program->text[at] != '\n')
                at++;
        } else {
            size_t end = token_end(program, at);
            program->tokens[program->token_count++] = (struct token){at, end};
            at = end;
        }
    }
}

static size_t
line_of(const struct program *program, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += program->text[i] == '\n';
    return line;
}

/* ---- slips -------------------------------------------------------------- */

static char *
put(char *to, const char *from, size_t len)
{
    memcpy(to, from, len);
    return to + len;
}

/* Two letters change places, or a sign is typed twice. */
static char *
put_misspelled(char *to, const char *at, size_t len)
{
    size_t middle = len / 2;
    if (len >= 4 && at[middle] != at[middle - 1]) {
        char *end = put(to, at, len);
        to[middle - 1] = at[middle];
        to[middle] = at[middle - 1];
        return end;
    }
    to = put(to, at, len);
    *to++ = at[len - 1];
    return to;
}

/* The program with that slip; its length. */
static size_t
make_slip(const struct program *program, size_t index, enum slip slip,
          char *out)
{
    const struct token *token = &program->tokens[index];
    const struct token *next = token + 1;
    const char *text = program->text;
    size_t len = token->end - token->start;
    size_t rest = token->end;
    char *to = put(out, text, token->start);
    switch (slip) {
    case SLIP_DELETE:
        break;
    case SLIP_DOUBLE:
        to = put(to, text + token->start, len);
        *to++ = ' ';
        to = put(to, text + token->start, len);
        break;
    case SLIP_MISSPELL:
        to = put_misspelled(to, text + token->start, len);
        break;
    case SLIP_SWAP:
        to = put(to, text + next->start, next->end - next->start);
        to = put(to, text + token->end, next->start - token->end);
        to = put(to, text + token->start, len);
        rest = next->end;
        break;
    case SLIP_COUNT:
        break;
    }
    to = put(to, text + rest, program->len - rest);
    return (size_t)(to - out);
}

/* ---- what is said ------------------------------------------------------- */

/* `FILE:LINE:COLUMN: …`, a message a line. */
static void
read_said(struct said *said, const char *path, struct brx_text messages)
{
    size_t path_len = strlen(path);
    for (size_t at = 0; at < messages.len;) {
        const char *line = messages.at + at;
        const char *end = memchr(line, '\n', messages.len - at);
        size_t len = end == NULL ? messages.len - at : (size_t)(end - line);
        if (said->count++ == 0) {
            snprintf(said->first, sizeof said->first, "%.*s", (int)len, line);
            said->is_here = len > path_len && line[path_len] == ':' &&
                            memcmp(line, path, path_len) == 0;
            if (said->is_here)
                said->line = strtoul(line + path_len + 1, NULL, 10);
        }
        at += len + 1;
    }
}

static void
compile(const struct program *program, const char *text, size_t len,
        struct said *said)
{
    struct brx_file file = {brx_text(program->path), {text, len}};
    struct brx_options options = brx_default_options();
    options.files = &file;
    options.file_count = 1;
    struct brx *brx = brx_open(&options);
    *said = (struct said){0};
    if (brx == NULL || brx_compile(brx, file.path) != BRX_OK)
        die("cannot compile", program->path);
    read_said(said, program->path, brx_messages(brx, BRX_SHORT, BRX_NO_COLOR));
    brx_close(brx);
}

/* A token that is gone is missed where it stood, or where the next one is; a
 * text in quotes may take the following lines with it. */
static bool
is_guilty_line(const struct program *program, size_t index, enum slip slip,
               const struct said *said)
{
    size_t first = line_of(program, program->tokens[index].start);
    size_t last = line_of(program, program->tokens[index].end);
    if (slip == SLIP_SWAP || slip == SLIP_DELETE)
        last = index + 1 < program->token_count
                   ? line_of(program, program->tokens[index + 1].end)
                   : last;
    return said->is_here && said->line >= first && said->line <= last;
}

static void
judge(const struct program *program, size_t index, enum slip slip, char *out,
      struct counts *counts)
{
    static size_t shown;
    struct said said;
    size_t len = make_slip(program, index, slip, out);
    const struct token *token = &program->tokens[index];
    compile(program, out, len, &said);
    if (said.count == 0) {
        counts->silent++;
        return;
    }
    bool is_placed = is_guilty_line(program, index, slip, &said);
    bool is_few = said.count <= MESSAGES_MAX;
    counts->slips++;
    counts->placed += is_placed;
    counts->few += is_few;
    counts->good += is_placed && is_few;
    if ((is_placed && is_few) ||
        (shown++ >= WORST_SHOWN && getenv("BROKEN_TOKENS_ALL") == NULL))
        return;
    printf("%s:%zu: %s `%.*s`: %zu messages, the first: %s\n", program->path,
           line_of(program, token->start), slip_names[slip],
           (int)(token->end - token->start), program->text + token->start,
           said.count, said.first);
}

static void
judge_program(const struct program *program, struct counts *counts)
{
    char *out = malloc(2 * TEXT_MAX);
    struct said said;
    if (out == NULL)
        die("no memory for", program->path);
    compile(program, program->text, program->len, &said);
    if (said.count > 0)
        die("is no valid program:", program->path);
    for (size_t i = 0; i < program->token_count; i++) {
        for (int slip = 0; slip < SLIP_COUNT; slip++) {
            if (slip != SLIP_SWAP || i + 1 < program->token_count)
                judge(program, i, (enum slip)slip, out, &counts[slip]);
        }
    }
    free(out);
}

static double
percent(size_t part, size_t whole)
{
    return whole == 0 ? 100.0 : 100.0 * (double)part / (double)whole;
}

int
main(int count, char **arguments)
{
    struct counts counts[SLIP_COUNT] = {{0}};
    struct counts all = {0};
    if (count < 3)
        die("usage:", "broken_tokens SHARE_MIN PROGRAM...");
    for (int i = 2; i < count; i++) {
        struct program program = {0};
        read_program(&program, arguments[i]);
        find_tokens(&program);
        judge_program(&program, counts);
        free(program.tokens);
        free(program.text);
    }
    for (int i = 0; i < SLIP_COUNT; i++) {
        const struct counts *at = &counts[i];
        printf("%-9s %5zu slips, %5zu still valid; one or two messages %5.1f "
               "%%, the right line first %5.1f %%, both %5.1f %%\n",
               slip_names[i], at->slips, at->silent,
               percent(at->few, at->slips), percent(at->placed, at->slips),
               percent(at->good, at->slips));
        all.slips += at->slips;
        all.silent += at->silent;
        all.good += at->good;
    }
    printf("all       %5zu slips, %5zu still valid; both %5.1f %%\n", all.slips,
           all.silent, percent(all.good, all.slips));
    if (all.slips == 0 || percent(all.good, all.slips) < atof(arguments[1]))
        return 1;
    return 0;
}
