/*
 * The stages in their order, one call each, with nothing between.
 */
#ifndef DRIVER_PIPELINE_H
#define DRIVER_PIPELINE_H

#include "driver/load.h"
#include "ir/model.h"
#include "resolve/resolve.h"

struct pipeline {
    struct arena *arena;
    struct helper *helper; /* or NULL */
    struct sink *sink;
    struct source_map *map;
    struct file_access access;
    const struct outer_given *givens;
    size_t given_count;
    const struct str *given_files;
    size_t given_file_count;
    struct str live; /* a master file of what is served; may be empty */
    bool is_release;
    struct str today;
    struct str question; /* a path, or empty */
    struct span question_span;
    struct str baseline_path;                       /* or empty */
    void (*stage)(void *context, const char *name); /* may be NULL */
    void *stage_context;
    /* What came out; `model` is NULL when the program has errors, and `ir`
     * when a file is no text. */
    const struct ir *ir;
    const struct model *model;
};

struct status run_pipeline(struct pipeline *pipeline, struct str path);

#endif
