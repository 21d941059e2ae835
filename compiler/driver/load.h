/*
 * The loop over includes: every file of a program, read, lexed and parsed.
 */
#ifndef DRIVER_LOAD_H
#define DRIVER_LOAD_H

#include "base/status.h"
#include "base/vec.h"
#include "diag/diag.h"
#include "ir/ir.h"
#include "ir/kind_types.h"
#include "ir/pod.h"
#include "ir/workflow_file.h"
#include "parser/ast.h"
#include "resolve/resolve.h"

/* Where files come from: the disk, or an editor's unsaved texts. */
struct file_access {
    void *context;
    struct status (*read)(void *context, struct arena *arena, struct str path,
                          struct str *text);
    struct status (*list)(void *context, struct arena *arena, struct str folder,
                          void (*add)(void *to, struct str name), void *to);
    /* Does it lie below the folder, with links followed? NULL: no links. */
    bool (*is_below)(struct arena *arena, struct str folder, struct str path);
};

struct load {
    struct arena *arena;
    struct sink *sink;
    struct source_map *map;
    const struct file_access *access;
    /* What load_program() finds. */
    struct vec blocks;        /* of const struct block *, the main file first */
    struct vec manifests;     /* of struct raw_manifest, one a `manifest` */
    struct vec files;         /* of struct project_file, one a `file` */
    struct vec workflows;     /* of struct workflow_file, one a `workflow` */
    struct vec patch_texts;   /* of struct patch_text, one a `patch` of YAML */
    struct vec live_zones;    /* of struct live_zone */
    struct kind_types *types; /* with the schemas that the project names */
    bool is_broken; /* a file could not be read as text: what is known of
                       the program is too little to judge it */
};

/* The main file and all that it includes, and the manifests and files that
 * they name. Not OK only when the main file cannot be read; a fault of an
 * include or a file is a message (L30 to L33), and so is one of a manifest (Y01
 * to Y11). */
struct status load_program(struct load *load, struct str path);
/* One more file, such as a `--given` one. */
struct status load_file(struct load *load, struct str path);

/* A master file, beside any program: into `live_zones`, unless what is wrong
 * with it was said. */
struct status load_live_zone(struct load *load, struct str path);

#endif
