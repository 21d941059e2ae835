#include "question.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the words of a command mean, as far as it matters here. */
struct reading {
    const char *program;
    bool has_null_input;
    bool has_files;
    bool are_texts; /* what follows --args */
};

void
bytes_add(struct bytes *bytes, const void *at, size_t len)
{
    bytes->at = realloc(bytes->at, bytes->len + len + 1);
    if (bytes->at == NULL)
        abort();
    memcpy(bytes->at + bytes->len, at, len);
    bytes->len += len;
    bytes->at[bytes->len] = '\0';
}

bool
bytes_read(struct bytes *bytes, int file)
{
    char chunk[65536];
    ssize_t count;
    bytes_add(bytes, "", 0);
    while ((count = read(file, chunk, sizeof chunk)) > 0)
        bytes_add(bytes, chunk, (size_t)count);
    close(file);
    return count == 0;
}

/* A part of the key cannot be taken for two. */
static void
add_part(struct bytes *key, const void *at, size_t len)
{
    bytes_add(key, &len, sizeof len);
    bytes_add(key, at, len);
}

/* Of a regular file: another would be read away from jq. */
static bool
add_file(struct bytes *key, const char *path)
{
    struct stat facts;
    struct bytes text = {NULL, 0};
    if (stat(path, &facts) != 0 ||
        !(S_ISREG(facts.st_mode) || strcmp(path, "/dev/null") == 0))
        return false;
    int file = open(path, O_RDONLY);
    if (file < 0 || !bytes_read(&text, file))
        return false;
    add_part(key, text.at, text.len);
    free(text.at);
    return true;
}

/* How many words an option takes to itself, or -1 when it is not known here. */
static int
option_words(struct reading *reading, const char *word)
{
    static const char *const alone[] = {"--null-input", "--raw-output",
                                        "--compact-output", "--slurp"};
    static const char *const with_two[] = {"--arg", "--argjson", "--slurpfile",
                                           "--rawfile"};
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        if (strcmp(word, alone[i]) == 0) {
            reading->has_null_input |= i == 0;
            return 0;
        }
    }
    for (size_t i = 0; i < sizeof with_two / sizeof with_two[0]; i++) {
        if (strcmp(word, with_two[i]) == 0)
            return 2;
    }
    if (strcmp(word, "--args") == 0) {
        reading->are_texts = true;
        return 0;
    }
    if (word[strspn(word + 1, "nrcsejSR") + 1] != '\0')
        return -1;
    reading->has_null_input |= strchr(word, 'n') != NULL;
    return 0;
}

static bool
read_option(struct question *question, struct reading *reading, char ***word)
{
    char **values = *word + 1;
    bool is_of_file =
        strcmp(**word, "--slurpfile") == 0 || strcmp(**word, "--rawfile") == 0;
    int count = option_words(reading, **word);
    for (int i = 0; i < count; i++) {
        if (values[i] == NULL)
            return false;
        add_part(&question->key, values[i], strlen(values[i]));
    }
    *word += count < 0 ? 0 : count;
    return count >= 0 && (!is_of_file || add_file(&question->key, values[1]));
}

/* A file's name is no part of the key: jq reads what is in it. */
static bool
read_words(struct question *question, struct reading *reading, char **word)
{
    for (; *word != NULL; word++) {
        bool is_option = **word == '-' && (*word)[1] != '\0';
        bool is_file =
            !is_option && reading->program != NULL && !reading->are_texts;
        if (is_file && !add_file(&question->key, *word))
            return false;
        if (!is_file)
            add_part(&question->key, *word, strlen(*word));
        if (is_option && !read_option(question, reading, &word))
            return false;
        if (!is_option && reading->program == NULL)
            reading->program = *word;
        reading->has_files |= is_file;
    }
    return reading->program != NULL;
}

static bool
has_name(const char *program, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    while (*program != '\0') {
        size_t length = strspn(program, letters);
        if (length == strlen(name) && strncmp(program, name, length) == 0)
            return true;
        program += length + (length == 0);
    }
    return false;
}

/* Does it ask for more than it is given? */
static bool
is_open(const char *program)
{
    static const char *const names[] = {
        "now",    "env",     "ENV",   "localtime", "strflocaltime",
        "import", "include", "debug", "stderr",    "input_filename"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (has_name(program, names[i]))
            return true;
    }
    return false;
}

bool
question_read(struct question *question, char **words)
{
    struct reading reading = {NULL, false, false, false};
    *question = (struct question){{NULL, 0}, {NULL, 0}};
    if (!read_words(question, &reading, words + 1) || is_open(reading.program))
        return false;
    bool is_input_read = reading.has_null_input
                             ? has_name(reading.program, "input") ||
                                   has_name(reading.program, "inputs")
                             : !reading.has_files;
    if (!is_input_read)
        return true;
    if (!bytes_read(&question->input, dup(STDIN_FILENO)))
        return false;
    add_part(&question->key, question->input.at, question->input.len);
    return true;
}

void
question_place(const struct question *question, const char *memory, char *place,
               size_t size)
{
    XXH128_hash_t hash = XXH3_128bits(question->key.at, question->key.len);
    snprintf(place, size, "%s/%016llx%016llx", memory,
             (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}
