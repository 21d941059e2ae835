/*
 * mutate SEED ROUNDS FILE...: damages programs, a few tokens at a time, and
 * compiles what is left through the public header. Whatever the damage, the
 * compile ends, and every place in its messages lies in the program. A program
 * that is still sound is emitted too. The same seed does the same damage.
 */
#include <brx/brx.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROGRAM_MAX = 1 << 16, DAMAGE_MAX = 4 };

struct text {
    char at[PROGRAM_MAX];
    size_t len;
};

static struct text whole;
static struct text damaged;
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

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

/* The token at or after a random place: [*from, *to). */
static void
pick_token(const struct text *text, size_t *from, size_t *to)
{
    size_t at = text->len == 0 ? 0 : roll(text->len);
    while (at < text->len && is_blank(text->at[at]))
        at++;
    *from = at;
    while (at < text->len && !is_blank(text->at[at]))
        at++;
    *to = at;
}

/* Puts `len` bytes in the place of [from, to), when there is room. */
static void
replace(struct text *text, size_t from, size_t to, const char *bytes,
        size_t len)
{
    if (text->len - (to - from) + len > PROGRAM_MAX)
        return;
    memmove(text->at + from + len, text->at + to, text->len - to);
    memcpy(text->at + from, bytes, len);
    text->len += len - (to - from);
}

static void
flip_byte(struct text *text, size_t from, size_t to)
{
    static const char odd[] = "{}[];,\"$?<>.-#\\ \n\t0Z\x80\xC3";
    if (from < to)
        text->at[from + roll(to - from)] = odd[roll(sizeof odd - 1)];
}

/* One small damage: a token is lost, doubled, bent, or another's. */
static void
damage(struct text *text)
{
    size_t from;
    size_t to;
    size_t other;
    size_t other_end;
    char copy[PROGRAM_MAX];
    pick_token(text, &from, &to);
    pick_token(&whole, &other, &other_end);
    size_t len = other_end - other;
    memcpy(copy, whole.at + other, len);
    switch (roll(5)) {
    case 0:
        replace(text, from, to, "", 0);
        return;
    case 1:
        replace(text, from, to, copy, len);
        return;
    case 2:
        replace(text, from, from, copy, len);
        return;
    case 3:
        replace(text, from, text->len, "", 0);
        return;
    }
    flip_byte(text, from, to);
}

static enum brx_status
read_damaged(void *context, struct brx_text path, struct brx_text *text)
{
    (void)context;
    (void)path;
    *text = (struct brx_text){damaged.at, damaged.len};
    return BRX_OK;
}

static void
fail(const char *what)
{
    fprintf(stderr, "%s in this program:\n", what);
    fwrite(damaged.at, 1, damaged.len, stderr);
    exit(1);
}

/* Every `"start":N,"end":N` of the messages. */
static void
check_places(struct brx_text messages)
{
    static const char start_key[] = "\"start\":";
    const char *at = messages.at;
    const char *end = messages.at + messages.len;
    for (; at + sizeof start_key < end; at++) {
        if (memcmp(at, start_key, sizeof start_key - 1) != 0)
            continue;
        char *rest;
        unsigned long from = strtoul(at + sizeof start_key - 1, &rest, 10);
        unsigned long to = strtoul(rest + strlen(",\"end\":"), NULL, 10);
        if (from > to || to > damaged.len)
            fail("a place out of the program");
    }
}

static void
compile_damaged(void)
{
    struct brx_options options = brx_default_options();
    options.read = read_damaged;
    struct brx *brx = brx_open(&options);
    if (brx == NULL || brx_compile(brx, brx_text("m.brx")) != BRX_OK)
        fail("the machine failed");
    check_places(brx_messages(brx, BRX_JSON, BRX_NO_COLOR));
    brx_messages(brx, BRX_HUMAN, BRX_TAGS);
    if (brx_error_count(brx) > 0 && brx_messages(brx, BRX_SHORT, 0).len == 0)
        fail("errors without a message");
    struct brx_selection selection = {.size = sizeof selection,
                                      .is_flat = true};
    if (brx_error_count(brx) == 0 && brx_emit(brx, &selection) != BRX_OK)
        fail("a sound program that is not emitted");
    brx_close(brx);
}

/* An assertion that failed, or a sanitizer: which program was it? */
static void
show_program(int number)
{
    (void)number;
    ssize_t written = write(STDERR_FILENO, damaged.at, damaged.len);
    _exit(written < 0 ? 3 : 1);
}

static void
read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    whole.len = fread(whole.at, 1, PROGRAM_MAX, file);
    fclose(file);
}

int
main(int count, char **arguments)
{
    if (count < 4) {
        fputs("usage: mutate SEED ROUNDS FILE...\n", stderr);
        return 2;
    }
    signal(SIGABRT, show_program);
    signal(SIGSEGV, show_program);
    state = strtoull(arguments[1], NULL, 10) * 2 + 1;
    unsigned long rounds = strtoul(arguments[2], NULL, 10);
    for (int i = 3; i < count; i++) {
        read_whole(arguments[i]);
        for (unsigned long round = 0; round < rounds; round++) {
            damaged = whole;
            for (size_t n = roll(DAMAGE_MAX) + 1; n > 0; n--)
                damage(&damaged);
            compile_damaged();
        }
    }
    return 0;
}
