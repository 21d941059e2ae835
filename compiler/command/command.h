/*
 * The subcommands: each one file, each giving the exit code of design 6.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "command/options.h"

enum {
    EXIT_FINE = 0,
    EXIT_PROGRAM = 1, /* the program has errors */
    EXIT_USAGE = 2,
    EXIT_DIFFERS = 3, /* verify, diff, fmt --check */
    EXIT_MACHINE = 4, /* cannot read, disk full */
};

int run_build(const struct options *options);
int run_dns(const struct options *options);
int run_import(const struct options *options);
int run_check(const struct options *options);
int run_why(const struct options *options);
int run_where(const struct options *options);
int run_graph(const struct options *options);
int run_export(const struct options *options);
int run_init(const struct options *options);
int run_completion(const struct options *options);
int run_manual(void);
int run_explain(const struct options *options);
int run_diff(const struct options *options);
int run_verify(const struct options *options);
int run_fmt(const struct options *options);

/* What the subcommands that compile share. */
struct session {
    struct brx *brx;
    enum brx_format format;
    bool is_output_taken; /* by a result: all messages go to stderr */
    struct brx_given givens[REPEATS_MAX];
    struct brx_text given_files[REPEATS_MAX];
    bool has_timings;
    const char *stage; /* that runs now, for timings */
    double stage_start;
    char found_path[256]; /* holds 64 folders up */
};

/* Opens a handle with what the options choose; gives the exit code so far. */
int open_handle(struct session *session, const struct options *options);
/* Opens a handle and compiles the program; prints no messages. Gives the exit
 * code so far; session->brx is NULL when it could not even begin. */
int open_session(struct session *session, const struct options *options);
/* The same, with texts that stand for files. */
int open_session_over(struct session *session, const struct options *options,
                      const struct brx_file *files, size_t file_count);
/* envs.brx here or in the nearest folder above; paths stay relative. NULL,
 * and said, when there is none. */
const char *find_program(struct session *session);
/* All messages to stderr, with a closing line that counts them; nothing when
 * there are none. JSON and GitHub's commands are results: they go to
 * stdout. */
void print_messages(struct session *session);
void print_failure(const struct session *session);
/* Opens a handle that has read a zone file, and prints its messages; the exit
 * code so far. */
int open_zone(struct session *session, const struct options *options,
              const char *path);
/* Which documents the options choose. */
struct brx_selection get_selection(const struct options *options);
/* These documents, made and kept. Gives the exit code so far; messages
 * are printed when it is not EXIT_FINE. */
int emit_chosen(struct session *session, const struct options *options);
/* Prints why documents did not become files, and gives the exit code; there
 * were `errors` before. */
int tell_refusal(struct session *session, enum brx_status status,
                 size_t errors);
void print_text(FILE *out, struct brx_text text);
bool is_terminal(FILE *out);
/* Gives the exit code: what it was so far, unless a text is missing because
 * there was no memory for it. */
int close_session(struct session *session, int result);
/* The same of a handle that is no session's; NULL is none. */
int close_handle(struct brx *brx, int result);
/* Says that there is no memory; gives the exit code. */
int fail_for_memory(void);

#endif
