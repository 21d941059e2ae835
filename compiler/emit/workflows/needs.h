/*
 * The variables and secrets that workflows read: who needs which, and where
 * they are set. Webhooks and places of builds, which have a name for each
 * channel or service, are not here.
 */
#ifndef EMIT_WORKFLOWS_NEEDS_H
#define EMIT_WORKFLOWS_NEEDS_H

#include "ir/ir.h"

enum need {
#define NEED(name, kind, place, weight, question, doc) NEED_##name,
#include "emit/workflows/needs.def"
#undef NEED
    NEED_COUNT
};

enum need_place { NEED_ENVIRONMENT, NEED_REPOSITORY, NEED_VERIFY };

const char *need_name(enum need need);
const char *need_doc(enum need need);
enum need_place need_place(enum need need);
bool is_variable(enum need need); /* else a secret */
bool is_required(enum need need);
/* By the release workflow of an environment that has one. */
bool is_needed(const struct ir *ir, const struct environment *environment,
               enum need need);

#endif
