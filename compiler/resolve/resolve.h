/*
 * Syntax trees to the IR: words and arguments get their types, layers are
 * folded, ${paths} and ?HOLES are filled, names are bound. Faults are
 * reported and leave poison, which everything after accepts in silence.
 */
#ifndef RESOLVE_RESOLVE_H
#define RESOLVE_RESOLVE_H

#include "diag/diag.h"
#include "ir/ir.h"
#include "parser/ast.h"

/* What fills a hole from outside the program: --set, --given. */
struct outer_given {
    struct str name;
    struct argument value;
    struct span span;
};

/* A `patch`'s YAML file or text, which was read when the program was. */
struct patch_text {
    struct span span;
    const struct raw *root; /* a map */
};

struct resolve_input {
    const struct source_map *map;
    struct helper *helper; /* resolves a part of a large program; or NULL */
    const struct block *const *files; /* the main file first */
    size_t file_count;
    const struct outer_given *givens;
    size_t given_count;
    /* What each `manifest` of the program names, by the span of its path; one
     * that could not be read is missing, and that was said. */
    const struct raw_manifest *manifests;
    size_t manifest_count;
    /* The same of each `file … from`. */
    const struct project_file *project_files;
    size_t project_file_count;
    /* The same of each `workflow`. */
    const struct workflow_file *workflow_files;
    size_t workflow_file_count;
    /* What a `patch` says as YAML, by the span of its file or text. */
    const struct patch_text *patch_texts;
    size_t patch_text_count;
    /* What each `live` names; one that could not be read is missing, too. */
    const struct live_zone *live_zones;
    size_t live_zone_count;
    /* A path that somebody asks about, as `why` in the map; or empty. */
    struct str question;
    struct span question_span;
};

/* Never NULL; the sink knows whether it is whole. */
const struct ir *resolve_program(struct arena *arena, struct sink *sink,
                                 const struct resolve_input *input);

#endif
