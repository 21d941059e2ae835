/*
 * Every kind of object that the target makes, one row each: where it stands,
 * which sections it has, when it exists, who prints it.
 */
#ifndef EMIT_KUBERNETES_KINDS_H
#define EMIT_KUBERNETES_KINDS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

enum kind_id {
#define KIND(id, ...) KIND_##id,
#include "emit/kubernetes/kinds.def"
#undef KIND
    KIND_COUNT
};

enum kind_scope {
    SCOPE_ENVIRONMENT, /* one an environment */
    SCOPE_SERVICE,     /* one a workload */
    SCOPE_COLOUR,      /* one a workload, two where it is coloured: apart from
                          the rest when it takes colours */
};

/* How the file is called in which its base and its patch stand. */
enum kind_file {
    FILE_NAMED,      /* NAME.yaml */
    FILE_BY_SERVICE, /* NAME-SERVICE.yaml */
    FILE_BY_SHORT,   /* NAME.yaml in the base, NAME-SHORT.yaml in overlays */
};

/* Of what is asked whether a kind exists; `workload` is NULL for an
 * environment's own kinds. */
struct subject {
    const struct ir *ir;
    const struct environment *environment;
    const struct workload *workload;
};

struct kind {
    enum kind_scope scope;
    enum kind_file file_kind;
    const char *file;
    /* The file in which an overlay has it whole, when the base has none of
     * it; NULL: the same as above. */
    const char *own_file;
    bool is_overlay_only; /* the base never has it */
    uint64_t sections;
    bool (*exists)(const struct subject *subject); /* NULL: always */
    void (*emit)(struct yaml *yaml, const struct instance *instance);
};

const struct kind *kind_row(enum kind_id id);
bool kind_exists(const struct kind *kind, struct subject subject);

#endif
