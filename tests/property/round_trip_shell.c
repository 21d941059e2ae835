/*
 * Words of a shell (POSIX 2.2, 2.3), as far as ours go: quotes are taken off,
 * what stands in a comment is left out, and nothing is expanded.
 */
#include "round_trip_shell.h"

#include "base/vec.h"

#include <string.h>

struct shell_word {
    struct str text;
    bool is_sign; /* stands outside of quotes: a newline, `;`, `|` … */
};

struct cutter {
    struct arena *arena;
    struct str text;
    size_t at;
};

static char
here(const struct cutter *cutter)
{
    return cutter->at < cutter->text.len ? cutter->text.at[cutter->at] : '\0';
}

static bool
is_sign(char byte)
{
    return byte != '\0' && strchr("\n;|&()<>", byte) != NULL;
}

static bool
is_word_end(const struct cutter *cutter)
{
    char byte = here(cutter);
    return cutter->at >= cutter->text.len || byte == ' ' || byte == '\t' ||
           is_sign(byte);
}

/* What is between double quotes stays as it stands there. */
static void
add_quoted(struct cutter *cutter, struct buf *word, char quote)
{
    cutter->at++;
    while (cutter->at < cutter->text.len && here(cutter) != quote) {
        if (quote == '"' && here(cutter) == '\\')
            buf_byte(word, cutter->text.at[cutter->at++]);
        if (cutter->at < cutter->text.len)
            buf_byte(word, cutter->text.at[cutter->at++]);
    }
    cutter->at++;
}

static struct str
cut_word(struct cutter *cutter)
{
    struct buf word;
    buf_init(&word, cutter->arena);
    while (!is_word_end(cutter)) {
        char byte = here(cutter);
        if (byte == '\'' || byte == '"') {
            add_quoted(cutter, &word, byte);
        } else {
            cutter->at += byte == '\\';
            if (cutter->at < cutter->text.len)
                buf_byte(&word, here(cutter));
            cutter->at++;
        }
    }
    return buf_str(&word);
}

static struct vec
shell_words(struct arena *arena, struct str text)
{
    struct cutter cutter = {arena, text, 0};
    struct vec words;
    vec_init(&words, arena, sizeof(struct shell_word));
    while (cutter.at < text.len) {
        char byte = here(&cutter);
        if (byte == '#') {
            cutter.at = str_index(text, '\n', cutter.at);
        } else if (byte == ' ' || byte == '\t') {
            cutter.at++;
        } else if (is_sign(byte)) {
            *(struct shell_word *)vec_add(&words) = (struct shell_word){
                str_slice(text, cutter.at, cutter.at + 1), true};
            cutter.at++;
        } else {
            struct str word = cut_word(&cutter);
            *(struct shell_word *)vec_add(&words) =
                (struct shell_word){word, false};
        }
    }
    return words;
}

struct str
compare_scripts(struct arena *arena, const struct document *good,
                const struct document *bad, struct str mark, struct str text)
{
    struct vec wanted = shell_words(arena, good->content);
    struct vec found = shell_words(arena, bad->content);
    for (size_t i = 0; i < wanted.count && i < found.count; i++) {
        const struct shell_word *a = vec_at(&wanted, i);
        const struct shell_word *b = vec_at(&found, i);
        struct str meant = replaced(arena, a->text, mark, text);
        if (a->is_sign != b->is_sign || !is_str_equal(meant, b->text))
            return arena_format(arena, "{}: expected the word `{}`, found `{}`",
                                STRS(bad->path, meant, b->text));
    }
    return wanted.count == found.count
               ? STR("")
               : arena_format(arena, "{}: other words", STRS(bad->path));
}
