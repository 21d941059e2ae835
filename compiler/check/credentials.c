#include "check/credentials.h"

#include "check/words.h"

enum {
    RANDOM_LENGTH = 24, /* bytes that a key has at the least */
    RANDOM_DIGITS = 3,
    RANDOM_PERCENT = 45, /* of bytes that are of another kind than the last */
    PERCENT = 100,
};

static bool has_token(struct str text, struct str word, size_t least);
static bool has_password(struct str text);
static bool is_random(struct str part);

const char *
credential_find(struct str text)
{
    static const struct {
        struct str start;
        size_t least;
        const char *label;
    } forms[] = {
        {STR_INIT("AKIA"), 16, "an AWS access key"},
        {STR_INIT("ghp_"), 30, "a GitHub token"},
        {STR_INIT("gho_"), 30, "a GitHub token"},
        {STR_INIT("ghs_"), 30, "a GitHub token"},
        {STR_INIT("github_pat_"), 30, "a GitHub token"},
        {STR_INIT("glpat-"), 20, "a GitLab token"},
        {STR_INIT("sk_live_"), 16, "a Stripe key"},
        {STR_INIT("rk_live_"), 16, "a Stripe key"},
        {STR_INIT("xoxb-"), 16, "a Slack token"},
        {STR_INIT("xoxp-"), 16, "a Slack token"},
        {STR_INIT("npm_"), 30, "an npm token"},
        {STR_INIT("AIza"), 30, "a Google key"},
        {STR_INIT("AccountKey="), 16, "a storage account's key"},
        {STR_INIT("SharedAccessKey="), 16, "a shared access key"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (has_token(text, forms[i].start, forms[i].least))
            return forms[i].label;
    }
    if (has_word(text, "PRIVATE_KEY") &&
        has_prefix(str_trim(text), STR("-----BEGIN")))
        return "a private key";
    return has_password(text) ? "a URL with a password" : NULL;
}

bool
is_secret_name(struct str name)
{
    static const char *const words[] = {
        "PASSWORD",   "PASSWD",     "PASSPHRASE",  "SECRET",
        "TOKEN",      "API_KEY",    "APIKEY",      "PRIVATE_KEY",
        "ACCESS_KEY", "SECRET_KEY", "CREDENTIALS", NULL};
    static const char *const open_words[] = {"PUBLIC", "PUBLISHABLE", NULL};
    return last_word_find(name, words) != NULL &&
           word_find(name, open_words) == NULL;
}

static bool
is_random_byte(char byte)
{
    return is_ascii_alnum(byte) || byte == '+' || byte == '_' || byte == '-';
}

struct str
random_part(struct str text)
{
    size_t start = 0;
    /* A certificate and a public key are for everybody. */
    if (has_prefix(str_trim(text), STR("-----BEGIN")) ||
        has_prefix(text, STR("ssh-")))
        return STR("");
    while (start < text.len) {
        size_t end = start;
        while (end < text.len && is_random_byte(text.at[end]))
            end++;
        struct str part = str_slice(text, start, end);
        if (is_random(part))
            return part;
        start = end + 1;
    }
    return STR("");
}

/* ---- random ------------------------------------------------------------- */

enum byte_kind { SMALL, CAPITAL, DIGIT, SIGN, KIND_COUNT };

static enum byte_kind
byte_kind(char byte)
{
    if (is_ascii_digit(byte))
        return DIGIT;
    if (is_ascii_upper(byte))
        return CAPITAL;
    return is_ascii_alpha(byte) ? SMALL : SIGN;
}

/* Names change from one kind to another at their words' bounds, keys
 * everywhere: `getUserById2024` has few changes for its length. */
static bool
is_random(struct str part)
{
    size_t counts[KIND_COUNT] = {0};
    size_t changes = 0;
    if (part.len < RANDOM_LENGTH)
        return false;
    for (size_t i = 0; i < part.len; i++) {
        enum byte_kind kind = byte_kind(part.at[i]);
        counts[kind]++;
        if (i > 0 && kind != byte_kind(part.at[i - 1]))
            changes++;
    }
    return counts[DIGIT] >= RANDOM_DIGITS && counts[SMALL] > 0 &&
           counts[CAPITAL] > 0 && counts[SIGN] * RANDOM_LENGTH <= part.len &&
           changes * PERCENT >= part.len * RANDOM_PERCENT;
}

/* ---- forms -------------------------------------------------------------- */

/* Does `word` begin somewhere in `text`, with `least` bytes of a token
 * behind it? */
static bool
has_token(struct str text, struct str word, size_t least)
{
    char first = word.at[0];
    if (text.len < word.len + least)
        return false;
    for (size_t i = str_index(text, first, 0); i + word.len + least <= text.len;
         i = str_index(text, first, i + 1)) {
        if ((i > 0 && is_ascii_alnum(text.at[i - 1])) ||
            !has_prefix(str_slice(text, i, text.len), word))
            continue;
        size_t length = 0;
        while (length < least) {
            char byte = text.at[i + word.len + length];
            if (!is_ascii_alnum(byte) && byte != '_' && byte != '-')
                break;
            length++;
        }
        if (length == least)
            return true;
    }
    return false;
}

/* `scheme://user:password@host` */
static bool
has_password(struct str text)
{
    size_t at = 0;
    while ((at = str_index(text, ':', at)) < text.len) {
        at++;
        struct str rest = str_slice(text, at, text.len);
        if (!has_prefix(rest, STR("//")))
            continue;
        struct str authority = str_slice(rest, 2, rest.len);
        authority = str_cut(&authority, '/');
        size_t end = str_index(authority, '@', 0);
        size_t colon = str_index(authority, ':', 0);
        if (end < authority.len && colon + 1 < end)
            return true;
    }
    return false;
}
