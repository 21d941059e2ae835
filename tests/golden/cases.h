/*
 * What the runner of error cases and pages is made of.
 */
#ifndef TESTS_GOLDEN_CASES_H
#define TESTS_GOLDEN_CASES_H

#include "brx/brx.h"

#include <stdio.h>

enum { PATH_BYTES = 512, OVERLAY_FILES_MAX = 64 };

struct golden {
    bool is_blessing;
    bool has_failed;
};

/* A text that grows; `at` is NUL-terminated. */
struct text {
    char *at;
    size_t len;
    size_t room;
};

/* `FILE:LINE CODE` lines, in order. */
struct lines {
    char **at;
    size_t count;
};

/* A program that lies in memory; what it includes lies on the disk. */
struct overlay {
    const char *name;
    const struct text *text;
    struct text files[OVERLAY_FILES_MAX];
    size_t file_count;
};

/* What one program gave. */
struct said {
    struct overlay overlay;
    struct brx *brx;
    struct lines places; /* of all its messages */
};

void text_add(struct text *text, const char *bytes, size_t len);
bool text_read(struct text *text, const char *path);
void text_free(struct text *text);

void lines_add(struct lines *lines, const char *line);
void lines_sort(struct lines *lines);
bool are_lines_equal(const struct lines *a, const struct lines *b);
void lines_print(const struct lines *lines, const char *title);
void lines_free(struct lines *lines);

void fail(struct golden *golden, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Compiles `program`, which lies in the current folder, or whose text is
 * given; `arguments` are those of `broxc check`. False when they hold one
 * that this runner does not know. */
bool say(struct said *said, const char *program, const struct text *given,
         const char *arguments);
/* Holds a document against that program: its messages take the place of the
 * program's. */
struct brx_reading say_of_document(struct said *said, const char *path);
void said_free(struct said *said);

/* Both give false when the case is not for them: see golden.sh. */
bool run_error(struct golden *golden, const char *name);
bool run_page(struct golden *golden, const char *name);
/* A program at the edge of some rules; always done. */
bool run_edges(struct golden *golden, const char *name);

#endif
