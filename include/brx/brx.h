/*
 * libbrx: a .brx program in, messages and files out.
 *
 *     struct brx *brx = brx_open(NULL);
 *     brx_compile(brx, brx_text("envs.brx"));
 *     if (brx_error_count(brx) == 0) {
 *         brx_emit(brx, NULL);
 *         brx_write(brx, &(struct brx_destination){.folder = ...}, &summary);
 *     }
 *     brx_close(brx);
 *
 * One handle serves one program; handles share nothing and may live in
 * different threads. A handle may have a helper thread of its own until it is
 * closed; what it calls, such as `read`, it calls in the caller's. Everything
 * that a call gives out lies in the handle and lives until brx_close(). Texts
 * are pointer and length, not NUL-terminated.
 * Structs that may grow begin with their own size: set it to sizeof.
 */
#ifndef BRX_BRX_H
#define BRX_BRX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BRX_VERSION "0.1.0"

struct brx;

struct brx_text {
    const char *at;
    size_t len;
};

/* Of a NUL-terminated text, which must outlive its use. */
struct brx_text brx_text(const char *text);

/* What the machine did. A fault of the program is a message, not a status. */
enum brx_status {
    BRX_OK,
    BRX_NO_MEMORY,
    BRX_CANNOT_READ,
    BRX_CANNOT_WRITE,
    BRX_REFUSED, /* writing would destroy what broxc does not own */
};

enum brx_profile { BRX_BASIC, BRX_STANDARD, BRX_HARDENED };
enum brx_format { BRX_HUMAN, BRX_SHORT, BRX_JSON, BRX_GITHUB, BRX_SARIF };
enum brx_color { BRX_NO_COLOR, BRX_ANSI, BRX_TAGS };

/* ---- input ---- */

/* Gives the text of a file, which must stay until brx_close(). When it is not
 * BRX_OK, `*text` says why, in a person's words. */
typedef enum brx_status brx_read(void *context, struct brx_text path,
                                 struct brx_text *text);
/* Calls `add` for the name of each file in a folder, in any order. */
typedef enum brx_status brx_list(void *context, struct brx_text folder,
                                 void (*add)(void *to, struct brx_text name),
                                 void *to);
/* Called as each stage begins, and with NULL after the last: for timings. */
typedef void brx_stage(void *context, const char *name);

/* `?NAME` has this value, as if `given NAME value` stood in the program. */
struct brx_given {
    struct brx_text name;
    struct brx_text value;
};

struct brx_file {
    struct brx_text path;
    struct brx_text text;
};

struct brx_options {
    size_t size;
    enum brx_profile profile; /* 0 is BRX_BASIC: see brx_default_options */
    bool is_release;          /* open holes are errors */
    struct brx_text today; /* YYYY-MM-DD for `allow … until`; may be empty */
    const struct brx_given *givens;
    size_t given_count;
    const struct brx_text *given_files; /* programs that hold only `given` */
    size_t given_file_count;
    struct brx_text baseline; /* path of a brx_baseline(); may be empty */
    /* Texts that stand for files on the disk, as an editor's unsaved ones. */
    const struct brx_file *files;
    size_t file_count;
    brx_read *read; /* NULL: from disk */
    brx_list *list; /* NULL: from disk */
    void *read_context;
    brx_stage *stage; /* may be NULL */
    void *stage_context;
    struct brx_text live; /* a master file of what is served today, of a zone
                             of the program; may be empty */
    struct brx_text question; /* a path that brx_why() is to follow, such as
                                 production.api.memory; or empty */
    bool keeps_origins;       /* for brx_why_line() and brx_where() */
    bool will_build; /* brx_emit() or brx_build() follows: a second processor
                        does meanwhile what needs no program */
};

struct brx_options brx_default_options(void);

/* NULL options are the default ones. NULL when there is no memory. */
struct brx *brx_open(const struct brx_options *options);
void brx_close(struct brx *brx);

/* ---- compiling ---- */

/* Reads, resolves and checks a program; once a handle. */
enum brx_status brx_compile(struct brx *brx, struct brx_text path);
/* Why the last call did not give BRX_OK. */
struct brx_text brx_failure(const struct brx *brx);
/* Did the machine have no memory left for a call on this handle? A text that
 * such a call was to give is empty, and is no answer. */
bool brx_is_out_of_memory(const struct brx *brx);

size_t brx_error_count(const struct brx *brx);
size_t brx_warning_count(const struct brx *brx);
/* All messages so far, rendered; empty when there are none. */
struct brx_text brx_messages(struct brx *brx, enum brx_format format,
                             enum brx_color color);
/* The messages as a baseline: the text of a file that lists them, so that
 * later runs pass over them. Faults of the language and of names stay. */
struct brx_text brx_baseline(struct brx *brx);
/* Files as they are when every certain fix of the messages is applied: none
 * when there is no fix. Fixes that meet are left for another round. */
size_t brx_fixed_count(struct brx *brx);
struct brx_file brx_fixed(struct brx *brx, size_t index);
/* "2 errors and 1 warning", or empty. */
struct brx_text brx_message_counts(struct brx *brx);
/* The project's name, and how many environments and services it has. */
struct brx_text brx_project(const struct brx *brx);
size_t brx_environment_count(const struct brx *brx);
struct brx_text brx_environment(const struct brx *brx, size_t index);
size_t brx_service_count(const struct brx *brx);
/* Holes that are still open. */
size_t brx_open_hole_count(const struct brx *brx);
struct brx_text brx_open_hole(const struct brx *brx, size_t index);

/* ---- formatting ---- */

/* The file's text as it should be written; what it includes is not read. When
 * it does not parse, brx_error_count() says so, and `*formatted` is the text
 * as it is. On a handle of its own, in place of brx_compile(). */
enum brx_status brx_format_file(struct brx *brx, struct brx_text path,
                                struct brx_text *formatted, bool *is_changed);
/* Makes a file of the user's own hold this text, at once and under the
 * permissions that it had. */
enum brx_status brx_put_file(struct brx *brx, struct brx_text path,
                             struct brx_text text);
/* How the text of the last brx_format_file() differs from what stands there:
 * a unified diff, cut after some lines. */
struct brx_text brx_format_difference(struct brx *brx);

/* ---- documents ---- */

enum brx_target {
    BRX_KUBERNETES = 1,
    BRX_DNS = 2,
    BRX_CI = 4,
    BRX_FLAT = 8,
    BRX_SCRIPTS = 16, /* what people run */
    BRX_MONITORING = 32,
    BRX_HOSTING = 64, /* what the hosting service is told */
    BRX_DOCS = 128,   /* guides that people read */
};

struct brx_document {
    struct brx_text path;
    struct brx_text content;
    enum brx_target target;
    bool is_executable;
    size_t bytes; /* of its content, be it kept or not */
};

/* Takes a piece of the document that is `index`th, from 0. Its pieces follow
 * one another; each is gone when the call ends. */
typedef void brx_take(void *context, size_t index,
                      const struct brx_document *piece);

struct brx_selection {
    size_t size;
    unsigned targets;            /* of enum brx_target; 0: all but BRX_FLAT */
    bool is_flat;                /* also render each environment whole */
    struct brx_text environment; /* empty: all */
    struct brx_text folder;      /* where it will be written, or empty: some
                                    documents continue what stands there */
    brx_take *take; /* or NULL; documents are handed over as they are made, and
                       their content is not kept */
    void *context;  /* of `take` */
};

/* Makes the documents; the program must have no errors. Unknown environment:
 * BRX_REFUSED. */
enum brx_status brx_emit(struct brx *brx,
                         const struct brx_selection *selection);
size_t brx_document_count(const struct brx *brx);
struct brx_document brx_document(const struct brx *brx, size_t index);

struct brx_destination {
    size_t size;
    struct brx_text folder;
    bool adopt; /* take over files that are not ours */
    bool force; /* overwrite ours that were edited by hand */
};

struct brx_written {
    size_t created;
    size_t changed;
    size_t removed;
    size_t kept;
};

/* All or nothing. Files that are not ours to write are messages and
 * BRX_REFUSED. */
enum brx_status brx_write(struct brx *brx,
                          const struct brx_destination *destination,
                          struct brx_written *written);

/* Is the folder exactly what brx_emit() made? Writes nothing; differences are
 * messages (O01 to O03), and `*written` counts what a write would do. */
enum brx_status brx_verify(struct brx *brx,
                           const struct brx_destination *destination,
                           struct brx_written *written);

/* brx_emit() and then brx_write() or brx_verify(), with each document on its
 * way to the disk as soon as it is made, and by a second processor where there
 * is one: its content is not kept. BRX_REFUSED is also what brx_emit() refuses.
 */
enum brx_status brx_build(struct brx *brx,
                          const struct brx_selection *selection,
                          const struct brx_destination *destination,
                          struct brx_written *written);
enum brx_status brx_verify_build(struct brx *brx,
                                 const struct brx_selection *selection,
                                 const struct brx_destination *destination,
                                 struct brx_written *written);

/* The self-test: does another handle, which has read everything anew, say the
 * same and make the same documents, byte for byte and in the same order? `brx`
 * has been through brx_emit(), and so has `again`, with an equal selection,
 * unless its program has errors. Differences are messages of `brx` (O12). */
enum brx_status brx_check_again(struct brx *brx, struct brx *again);

/* ---- two programs ---- */

enum brx_difference_form { BRX_PLAIN, BRX_MARKDOWN, BRX_DATA };

struct brx_difference {
    size_t changes; /* facts that differ */
    size_t written; /* of those, such as a document may hold */
    size_t files;   /* documents that differ */
    struct brx_text text;
};

/* What changes from one program to another, in the terms of who wrote them, and
 * which documents differ: both must have been through brx_emit(), with equal
 * selections. The text lives in `after`. */
enum brx_status brx_compare(struct brx *after, const struct brx *before,
                            enum brx_difference_form form,
                            struct brx_difference *difference);
struct brx_reading {
    size_t tables;
    size_t agreeing; /* cells */
    size_t contradicting;
    size_t unread; /* that the program says nothing of, or that are not clear */
};

/* Holds the tables of a Markdown file against a compiled program without
 * errors. From here on the messages are those of the document alone (O11). */
enum brx_status brx_compare_document(struct brx *brx, struct brx_text path,
                                     struct brx_reading *reading);

/* ---- where things come from ---- */

/* The value of the `question` of the options, and each place that it came
 * from, the strongest first. Empty when the path leads nowhere, which is a
 * message, or to nothing that the program or the language says. */
struct brx_text brx_why(struct brx *brx);
/* After brx_emit(), with `keeps_origins`: the places of the program that line
 * `line` of a document came from. The path may have the output folder before
 * it. BRX_REFUSED when there is no such document or line. */
enum brx_status brx_why_line(struct brx *brx, struct brx_text path, size_t line,
                             struct brx_text *story);
/* The other way: each line of each document that came from this line of a
 * program's file. */
enum brx_status brx_where(struct brx *brx, struct brx_text path, size_t line,
                          struct brx_text *story);

/* The same from what stands in a folder, object by object and field by field;
 * the files that its lock lists are broxc's. After brx_emit(). */
enum brx_status brx_compare_folder(struct brx *brx, struct brx_text folder,
                                   enum brx_difference_form form,
                                   struct brx_difference *difference);

/* ---- pictures, and data for other tools ---- */

struct brx_graph_choices {
    size_t size;
    struct brx_text kind;        /* promote, request, calls, files */
    struct brx_text form;        /* mermaid, dot, svg */
    struct brx_text environment; /* empty: all */
};

/* Draws a compiled program, one with errors as far as it goes; `files` after
 * brx_emit(). BRX_REFUSED when there is no such kind, form or environment. */
enum brx_status brx_graph(struct brx *brx,
                          const struct brx_graph_choices *choices,
                          struct brx_text *text);
/* The program as JSON (docs/export.md). */
enum brx_status brx_export(struct brx *brx, struct brx_text *text);

/* ---- zones ---- */

/* Reads and checks a master file (RFC 1035 5) instead of a program; once a
 * handle. A file `example.com.zone` speaks of example.com, unless it says
 * otherwise. What it includes lies below its folder. */
enum brx_status brx_read_zone(struct brx *brx, struct brx_text path);
/* Its records, each in one line, names and TTLs written out, in the order of
 * RFC 4034 6.1; and the same as a `zone` block of a program. Empty when the
 * file has no zone. */
struct brx_text brx_zone_text(struct brx *brx);
struct brx_text brx_zone_program(struct brx *brx);

struct brx_plan_choices {
    size_t size;
    bool allow_deletions; /* many at once, too */
    bool is_json;
};

/* Sets of records, each of one name and one type. */
struct brx_plan {
    size_t added;
    size_t changed;
    size_t removed;
    size_t kept;
    size_t waiting; /* open holes keep them from being compared */
    bool is_held;   /* it removes much, and nobody has allowed that */
    struct brx_text text;
};

/* What would change where the program's zones are served, as far as master
 * files say what that is: `live` of the options, or of a zone. The program
 * must have no errors. */
enum brx_status brx_plan_zones(struct brx *brx,
                               const struct brx_plan_choices *choices,
                               struct brx_plan *plan);

/* ---- beginning ---- */

struct brx_answers {
    size_t size;
    struct brx_text name;     /* of the project */
    struct brx_text registry; /* of its images */
    struct brx_text domain;   /* of production's hosts */
};

/* A commented program to start from. Whether the answers fit is what
 * brx_compile() says of it. */
struct brx_text brx_starter(struct brx *brx, const struct brx_answers *answers);

/* ---- help ---- */

/* The page of a check's code, a check's name or a word of the language; empty
 * when there is none, and then `*nearest` may hold a word that is near. */
struct brx_text brx_explain(struct brx *brx, struct brx_text topic,
                            enum brx_color color, struct brx_text *nearest);
/* One line for each check and each word. */
struct brx_text brx_explain_all(struct brx *brx);
/* Every word of the language, as a Markdown page. */
struct brx_text brx_reference(struct brx *brx);

#ifdef __cplusplus
}
#endif

#endif
