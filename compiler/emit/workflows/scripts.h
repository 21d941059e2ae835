/*
 * The scripts that steps run: files of runtime/pipeline/, written below the
 * scripts' root with the libraries that their first lines name. They are
 * checked out with the source, so that a workflow and its scripts are of one
 * commit. What people run stands on them, too: each is written once.
 */
#ifndef EMIT_WORKFLOWS_SCRIPTS_H
#define EMIT_WORKFLOWS_SCRIPTS_H

#include "base/embedded.h"
#include "base/map.h"
#include "emit/document.h"

struct scripts {
    struct documents *documents;
    enum document_target target; /* that asks for them now */
    struct embedded runtime;
    struct str root;  /* `infrastructure/scripts` */
    struct map paths; /* of those written so far, by name */
    struct span span; /* their origin */
};

void scripts_init(struct scripts *scripts, struct documents *documents,
                  struct embedded runtime, struct str root, struct span span);
/* The path of "pipeline/deploy.sh" below the checkout, as a word of the
 * shell; the first use writes the file. */
struct str scripts_use(struct scripts *scripts, struct str name);

#endif
