/*
 * The errors of a program that has been resolved: what each does to the
 * reading of the statement that it stands in.
 */
#ifndef RESOLVE_FAULTS_H
#define RESOLVE_FAULTS_H

#include "resolve/resolver.h"

/* What a fault does to the reading of its statement. */
enum fault_kind {
    FAULT_BRACKET, /* a bracket or a sign: no word of its line is sure */
    FAULT_WORD,    /* words and arguments that do not fit */
    FAULT_CHOICE,  /* an argument of the wrong kind, or a name that is none */
    FAULT_NAME,    /* leads nowhere */
    FAULT_OTHER,
};

/* An error, and where it stands. */
struct fault {
    struct diag *diag;
    enum fault_kind kind;
    uint32_t line_start;
    const struct statement *statement; /* the innermost one, or NULL */
    const struct statement *parent;    /* in whose block that stands, or NULL */
    const struct statement *outer;     /* the outermost one, or NULL */
    size_t alike;                      /* other places where the same is said */
    struct span alike_at;              /* the last of them */
};

struct faults {
    struct resolver *resolver;
    struct fault *at; /* in order of place */
    size_t count;
};

struct faults collect_faults(struct resolver *resolver,
                             const struct resolve_input *input);
/* A `${path}` that leads nowhere. */
bool is_fact(const struct fault *fault);
/* Is a statement unread by it, or a name unknown? Not where a word was read as
 * the one that it is nearest to. */
bool leaves_unread(const struct fault *fault);
/* False when it was withdrawn. */
bool is_standing(const struct fault *fault);
/* Does it stand at the word that begins its statement? */
bool is_at_word(const struct fault *fault);
/* With its block. */
struct span whole_span(const struct statement *statement);
/* The next word of names' letters from `*at` on; empty behind the last one. */
struct str next_word(struct str text, size_t *at);

#endif
