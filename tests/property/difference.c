/*
 * difference ROUNDS FILE...: programs against slightly changed copies of
 * themselves. When both are sound, the documents differ exactly when the
 * comparison says something: nothing that is written goes unmentioned, and
 * what is mentioned is written. Facts that only the checks read, and that no
 * document holds, are told apart: a change of those alone may leave every
 * document as it is, and its fields are the ones listed here.
 */
#include <brx/brx.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRAM_MAX = 1 << 17 };

struct text {
    char at[PROGRAM_MAX];
    size_t len;
};

static struct text whole;
static struct text changed;
static size_t compared;
static size_t told;
static size_t failed;

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void
replace(size_t from, size_t to, const char *bytes, size_t len)
{
    changed = whole;
    if (whole.len - (to - from) + len > PROGRAM_MAX)
        return;
    memmove(changed.at + from + len, whole.at + to, whole.len - to);
    memcpy(changed.at + from, bytes, len);
    changed.len = whole.len - (to - from) + len;
}

/* Sound, and its documents made; or NULL. */
static struct brx *
build(const char *path, const struct text *text)
{
    struct brx_file file = {brx_text(path), {text->at, text->len}};
    struct brx_options options = brx_default_options();
    options.files = &file;
    options.file_count = 1;
    struct brx *brx = brx_open(&options);
    if (brx == NULL || brx_compile(brx, brx_text(path)) != BRX_OK)
        exit(2);
    if (brx_error_count(brx) == 0 && brx_emit(brx, NULL) == BRX_OK)
        return brx;
    brx_close(brx);
    return NULL;
}

static void
fail(const char *path, const char *what, struct brx_text text)
{
    printf("%s: %s\n", path, what);
    size_t at = 0;
    while (at < changed.len && at < whole.len && changed.at[at] == whole.at[at])
        at++;
    while (at > 0 && whole.at[at - 1] != '\n')
        at--;
    printf("  was: %.*s\n  is:  %.*s\n%.*s", (int)strcspn(whole.at + at, "\n"),
           whole.at + at, (int)strcspn(changed.at + at, "\n"), changed.at + at,
           (int)text.len, text.at);
    failed++;
}

static void
compare(const char *path, const struct brx *before)
{
    struct brx_difference difference;
    struct brx *after = build(path, &changed);
    if (after == NULL)
        return;
    if (brx_compare(after, before, BRX_PLAIN, &difference) != BRX_OK)
        exit(2);
    compared++;
    told += difference.changes > 0;
    if (difference.files > 0 && difference.written == 0)
        fail(path, "what is written goes unmentioned", difference.text);
    if (difference.files == 0 && difference.written > 0)
        fail(path, "what is mentioned is not written", difference.text);
    brx_close(after);
}

/* One token: it goes, or is another. */
static void
change_token(const char *path, const struct brx *before, size_t from, size_t to)
{
    char bytes[64];
    replace(from, to, "", 0);
    compare(path, before);
    size_t digit = from;
    while (digit < to && !is_digit(whole.at[digit]))
        digit++;
    size_t len = to - from < sizeof bytes - 1 ? to - from : sizeof bytes - 2;
    if (digit < to) {
        bytes[0] = whole.at[digit] == '9' ? '8' : (char)(whole.at[digit] + 1);
        replace(digit, digit + 1, bytes, 1);
        compare(path, before);
    }
    memcpy(bytes, whole.at + from, len);
    bytes[len] = bytes[len - 1];
    bytes[len - 1] = 'x';
    replace(from, to, bytes, bytes[len] == '"' ? len + 1 : len);
    compare(path, before);
}

/* One line: it goes, or changes places with the next. */
static void
change_line(const char *path, const struct brx *before, size_t from, size_t to)
{
    char bytes[4096];
    replace(from, to, "", 0);
    compare(path, before);
    size_t end = to + strcspn(whole.at + to, "\n") + 1;
    if (end > whole.len || end - from > sizeof bytes)
        return;
    memcpy(bytes, whole.at + to, end - to);
    memcpy(bytes + (end - to), whole.at + from, to - from);
    replace(from, end, bytes, end - from);
    compare(path, before);
}

static void
read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    whole.len = fread(whole.at, 1, PROGRAM_MAX - 1, file);
    whole.at[whole.len] = '\0';
    fclose(file);
}

/* Every `step`th token and line, so that the time is bounded. */
static void
change_program(const char *path, size_t step, size_t turn)
{
    struct brx *before = build(path, &whole);
    if (before == NULL)
        return;
    size_t number = 0;
    for (size_t at = 0, end; at < whole.len; at = end) {
        end = at + strcspn(whole.at + at, "\n");
        end += whole.at[end] == '\n';
        if (number++ % step == turn)
            change_line(path, before, at, end);
    }
    for (size_t at = 0, end; at < whole.len; at = end) {
        while (at < whole.len && is_blank(whole.at[at]))
            at++;
        end = at;
        while (end < whole.len && !is_blank(whole.at[end]))
            end++;
        if (number++ % step == turn && end > at)
            change_token(path, before, at, end);
    }
    brx_close(before);
}

int
main(int count, char **arguments)
{
    if (count < 4) {
        fputs("usage: difference STEP TURN FILE...\n", stderr);
        return 2;
    }
    size_t step = strtoul(arguments[1], NULL, 10);
    size_t turn = strtoul(arguments[2], NULL, 10);
    for (int i = 3; i < count; i++) {
        read_whole(arguments[i]);
        change_program(arguments[i], step == 0 ? 1 : step, turn);
    }
    printf("%zu pairs of sound programs, %zu with differences, %zu faults\n",
           compared, told, failed);
    return failed > 0 || told == 0;
}
