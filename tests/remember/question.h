/*
 * What jq is asked: all that its answer depends on.
 */
#ifndef TESTS_REMEMBER_QUESTION_H
#define TESTS_REMEMBER_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
    char *at; /* NUL-terminated, or NULL where nothing was added */
    size_t len;
};

struct question {
    struct bytes key;
    struct bytes input; /* `at` is NULL when jq will not read it */
};

void bytes_add(struct bytes *bytes, const void *at, size_t len);
/* To the end of the file, which is closed. */
bool bytes_read(struct bytes *bytes, int file);

/* False, with nothing read, when the answer may depend on more than this
 * reader knows. */
bool question_read(struct question *question, char **words);
/* The file in the folder `memory` that holds the answer. */
void question_place(const struct question *question, const char *memory,
                    char *place, size_t size);

#endif
