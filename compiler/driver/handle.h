/*
 * The inside of a handle, for the files that are together the body of brx.h.
 */
#ifndef DRIVER_HANDLE_H
#define DRIVER_HANDLE_H

#include "brx/brx.h"

#include "base/embedded.h"
#include "base/helper.h"
#include "driver/pipeline.h"
#include "emit/document.h"

struct brx {
    struct arena *arena;
    struct brx_options options;
    struct sink *sink;
    struct pipeline pipeline;
    struct documents documents;
    struct helper *helper;   /* NULL: there is one processor, or a trace */
    struct embedded runtime; /* that the helper opened; or nothing */
    const struct zone *zone; /* of a master file; or NULL */
    bool is_partial;
    struct str path;
    struct str failure;
    bool is_out_of_memory;  /* once, in any call */
    struct vec fixed;       /* of struct brx_file */
    bool is_fixed;          /* `fixed` is known */
    struct str unformatted; /* of the last brx_format_file() */
    struct str formatted;
};

struct str str_of(struct brx_text text);
struct brx_text text_of(struct str text);

typedef struct status guarded_call(struct brx *brx, const void *argument);

/* Runs what may jump back because the machine has no memory left, and keeps
 * why it failed for brx_failure(). */
enum brx_status guard(struct brx *brx, guarded_call *call,
                      const void *argument);

typedef void guarded_text(struct brx *brx, struct buf *text,
                          const void *argument);

/* The same of a call that gives a text and no status; the failure of the last
 * call that had one stays. */
struct brx_text guard_text(struct brx *brx, guarded_text *write,
                           const void *argument);
/* Tells who listens that a stage begins. */
void begin_stage(const struct brx *brx, const char *name);
/* The disk, or what the options put in its place. */
struct file_access file_access_of(struct brx *brx);

#endif
