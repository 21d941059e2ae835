/*
 * Words inside of texts.
 */
#include "check/words.h"

static bool is_word_at(struct str text, size_t at, struct str word);
static bool is_letter(char byte);

bool
has_word(struct str text, const char *word)
{
    struct str wanted = str_from(word);
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (is_word_at(text, i, wanted))
            return true;
    }
    return false;
}

bool
ends_with_word(struct str text, const char *word)
{
    struct str wanted = str_from(word);
    return text.len >= wanted.len &&
           is_word_at(text, text.len - wanted.len, wanted);
}

const char *
word_find(struct str text, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (has_word(text, words[i]))
            return words[i];
    }
    return NULL;
}

const char *
last_word_find(struct str text, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (ends_with_word(text, words[i]))
            return words[i];
    }
    return NULL;
}

/* Digits bound a word, so that `test` stands in `test2`. */
static bool
is_word_at(struct str text, size_t at, struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char byte = text.at[at + i];
        bool is_match = word.at[i] == '_'
                            ? !is_letter(byte) && !is_ascii_digit(byte)
                            : ascii_lower(byte) == ascii_lower(word.at[i]);
        if (!is_match)
            return false;
    }
    size_t end = at + word.len;
    return (at == 0 || !is_letter(text.at[at - 1])) &&
           (end == text.len || !is_letter(text.at[end]));
}

/* Bytes of UTF-8 beyond ASCII are letters here. */
static bool
is_letter(char byte)
{
    return is_ascii_alpha(byte) || (unsigned char)byte >= 0x80;
}
