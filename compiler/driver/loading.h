/*
 * What is under way while a program is loaded, and how a file that it names is
 * found and read. Private to the files that load.
 */
#ifndef DRIVER_LOADING_H
#define DRIVER_LOADING_H

#include "base/limits.h"
#include "base/map.h"
#include "driver/load.h"

struct manifest_read {
    struct raw_manifest manifest; /* without a path when it is not there, and
                                     without objects until read_objects() */
    struct raw_file file;
};

struct loading {
    struct load *load;
    struct str root;      /* the main file's folder, "" for this one */
    struct map seen;      /* path -> non-NULL */
    struct map manifests; /* path -> struct manifest_read * */
    struct map files;     /* path -> struct project_file *, without a path when
                             it could not be read */
    struct str open[LIMIT_INCLUDE_DEPTH + 1]; /* paths, the main file first */
    size_t depth;
    size_t file_count;
};

struct str folder_of(struct str path);
/* The path below the root that a file names; false after a report. */
bool include_path(struct loading *loading, struct str from,
                  const struct argument *name, struct str *path);
/* More files than a program may have: true after a report. */
bool is_over_limit(struct loading *loading, const struct argument *name);
/* The names in a folder that match, in byte order: the same on every machine.
 * False after a report. */
bool list_names(struct loading *loading, struct str folder, struct str pattern,
                const struct argument *name, enum diag_code code,
                struct vec *names);
/* False after a report: L32, or `code`. */
bool read_named(struct loading *loading, struct str path,
                const struct argument *name, enum diag_code code,
                struct str *text);
/* NULL after a report that the map is full. */
const struct source_file *add_source(struct load *load, struct str path,
                                     struct str text);
struct diag *report_include(struct loading *loading, enum diag_code code,
                            const struct argument *name);
bool is_statement_of(const struct statement *statement, struct str word);

/* A statement of a file or an environment that brings YAML: `manifest`, a
 * `patch` of it, or a `workflow`. */
void follow_yaml(struct loading *loading, struct str from,
                 const struct statement *statement);
/* `schema FILE` or `schema FOLDER`, of a project. */
void follow_schema(struct loading *loading, struct str from,
                   const struct statement *statement);
/* When all schemas are known: the objects of all manifests. */
void read_objects(struct loading *loading);
/* Files are read before any name is known: false after a report. */
bool is_plain_path(struct loading *loading, const struct argument *name,
                   enum diag_code code);
/* `file NAME from PATH`, be it a statement or, as clauses, behind a `run`; or
 * with `from` in its block. */
void follow_files(struct loading *loading, struct str from,
                  const struct statement *statement);
/* `zone NAME { live FILE }`, in the file `from`. */
void follow_zone(struct loading *loading, struct str from,
                 const struct statement *zone);

#endif
