/*
 * Facts as tables of documents call them, and whether a cell says of one what
 * the program says.
 */
#ifndef CHECK_DOCUMENT_H
#define CHECK_DOCUMENT_H

#include "check/check.h"

enum verdict {
    VERDICT_UNREAD, /* not clear enough to be judged, or nothing is said */
    VERDICT_AGREES,
    VERDICT_CONTRADICTS,
};

/* What a line of a cell says of something. */
struct claim {
    struct arena *arena;
    const struct ir *ir;
    struct str text;
    const struct environment *environment;
    const struct workload *workload; /* NULL: of the environment itself */
    struct str said;  /* by the program, in the one form; set by a judge */
    struct span span; /* where; NO_SPAN when nowhere */
};

typedef enum verdict judge_claim(struct claim *claim);

struct fact {
    const char *titles; /* in small letters, with commas between */
    const char *name;   /* in a message */
    bool is_of_service;
    judge_claim *judge;
};

/* By one of its titles, in any case; NULL when there is none. A title that a
 * service and an environment may both have is the service's when asked so. */
const struct fact *fact_find(struct str title, bool is_of_service);
#define FACT(titles, name, is_of_service, judge) judge_claim judge;
#include "check/document_facts.def"
#undef FACT

static inline enum verdict
verdict_of(bool agrees)
{
    return agrees ? VERDICT_AGREES : VERDICT_CONTRADICTS;
}

/* False when the value is not known or nothing is claimed; else the claim is
 * about it. */
bool takes_value(struct claim *claim, const struct value *value);
/* Whether the claim is the value's one form, letter for letter. */
enum verdict judge_text(struct claim *claim, const struct value *value);

#endif
