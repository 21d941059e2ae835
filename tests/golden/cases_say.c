/*
 * Texts, lines, and a program's messages.
 */
#include "cases.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8 };

void
text_add(struct text *text, const char *bytes, size_t len)
{
    if (text->len + len + 1 > text->room) {
        text->room = 2 * (text->len + len + 1);
        text->at = realloc(text->at, text->room);
        if (text->at == NULL)
            abort();
    }
    memcpy(text->at + text->len, bytes, len);
    text->len += len;
    text->at[text->len] = '\0';
}

bool
text_read(struct text *text, const char *path)
{
    char chunk[4096];
    size_t count;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    text_add(text, "", 0);
    while ((count = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add(text, chunk, count);
    fclose(file);
    return true;
}

void
text_free(struct text *text)
{
    free(text->at);
    *text = (struct text){NULL, 0, 0};
}

void
lines_add(struct lines *lines, const char *line)
{
    lines->at = realloc(lines->at, (lines->count + 1) * sizeof *lines->at);
    if (lines->at == NULL)
        abort();
    struct text copy = {NULL, 0, 0};
    text_add(&copy, line, strlen(line));
    lines->at[lines->count++] = copy.at;
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void
lines_sort(struct lines *lines)
{
    if (lines->count > 0)
        qsort(lines->at, lines->count, sizeof *lines->at, compare_lines);
}

bool
are_lines_equal(const struct lines *a, const struct lines *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->at[i], b->at[i]) != 0)
            return false;
    }
    return true;
}

void
lines_print(const struct lines *lines, const char *title)
{
    printf("%s:\n", title);
    for (size_t i = 0; i < lines->count; i++)
        printf("    %s\n", lines->at[i]);
}

void
lines_free(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->at[i]);
    free(lines->at);
    *lines = (struct lines){NULL, 0};
}

void
fail(struct golden *golden, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    golden->has_failed = true;
}

/* ---- messages ---- */

static enum brx_status
read_overlay(void *context, struct brx_text path, struct brx_text *text)
{
    struct overlay *overlay = context;
    struct text name = {NULL, 0, 0};
    text_add(&name, path.at, path.len);
    bool is_given = strcmp(name.at, overlay->name) == 0;
    enum brx_status status = BRX_OK;
    if (is_given) {
        *text = (struct brx_text){overlay->text->at, overlay->text->len};
    } else if (overlay->file_count < OVERLAY_FILES_MAX &&
               text_read(&overlay->files[overlay->file_count], name.at)) {
        const struct text *file = &overlay->files[overlay->file_count++];
        *text = (struct brx_text){file->at, file->len};
    } else {
        *text = brx_text("it is not there");
        status = BRX_CANNOT_READ;
    }
    text_free(&name);
    return status;
}

static bool
take_word(struct brx_options *options, const char *word, const char *value)
{
    if (value == NULL)
        return false;
    if (strcmp(word, "--date") == 0)
        options->today = brx_text(value);
    else if (strcmp(word, "--profile") == 0 && strcmp(value, "hardened") == 0)
        options->profile = BRX_HARDENED;
    else if (strcmp(word, "--profile") == 0 && strcmp(value, "basic") == 0)
        options->profile = BRX_BASIC;
    else
        return false;
    return true;
}

/* `words` is cut into its words. */
static bool
take_words(struct brx_options *options, char *words)
{
    char *word;
    while ((word = strtok(words, " \n")) != NULL) {
        words = NULL;
        if (strcmp(word, "--release") == 0)
            options->is_release = true;
        else if (!take_word(options, word, strtok(NULL, " \n")))
            return false;
    }
    return true;
}

/* `a.brx:3:5: error[L01]: …` gives `a.brx:3 L01`, `info[O01]: …` `- O01`. */
static void
add_place(struct lines *places, const char *line, size_t len)
{
    static const char *const severities[] = {"error[", "warning[", "info["};
    for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++) {
        for (const char *at = line; at + 12 < line + len; at++) {
            if (strncmp(at, severities[i], strlen(severities[i])) != 0 ||
                (at > line && strncmp(at - 2, ": ", 2) != 0))
                continue;
            const char *code = at + strlen(severities[i]);
            int code_len = (int)strcspn(code, "]");
            int place_len = (int)(at - line) - 2;
            while (place_len > 0 && line[place_len - 1] != ':')
                place_len--;
            char place[PATH_BYTES];
            if (at == line)
                snprintf(place, sizeof place, "- %.*s", code_len, code);
            else
                snprintf(place, sizeof place, "%.*s %.*s", place_len - 1, line,
                         code_len, code);
            lines_add(places, place);
            return;
        }
    }
}

static void
read_places(struct said *said)
{
    struct brx_text all = brx_messages(said->brx, BRX_SHORT, BRX_NO_COLOR);
    for (size_t start = 0; start < all.len;) {
        const char *line = all.at + start;
        const char *end = memchr(line, '\n', all.len - start);
        size_t len = end == NULL ? all.len - start : (size_t)(end - line);
        add_place(&said->places, line, len);
        start += len + 1;
    }
    lines_sort(&said->places);
}

bool
say(struct said *said, const char *program, const struct text *given,
    const char *arguments)
{
    struct brx_options options = brx_default_options();
    struct text words = {NULL, 0, 0};
    *said = (struct said){.overlay = {.name = program, .text = given}};
    text_add(&words, arguments, strlen(arguments));
    bool is_known = take_words(&options, words.at);
    if (given != NULL) {
        options.read = read_overlay;
        options.read_context = &said->overlay;
    }
    if (is_known) {
        said->brx = brx_open(&options);
        if (said->brx == NULL ||
            brx_compile(said->brx, brx_text(program)) != BRX_OK)
            abort();
        read_places(said);
    }
    text_free(&words);
    return is_known;
}

struct brx_reading
say_of_document(struct said *said, const char *path)
{
    struct brx_reading reading = {0, 0, 0, 0};
    if (brx_compare_document(said->brx, brx_text(path), &reading) != BRX_OK)
        abort();
    lines_free(&said->places);
    read_places(said);
    return reading;
}

void
said_free(struct said *said)
{
    brx_close(said->brx);
    lines_free(&said->places);
    for (size_t i = 0; i < said->overlay.file_count; i++)
        text_free(&said->overlay.files[i]);
}
