/*
 * A script for people, part by part: the header, facts as quoted constants,
 * then the body of runtime/ with the libraries that its first line names, and
 * the call. A table of facts has lines `ENVIRONMENT NAME VALUE`; a fact with
 * many lines stands on as many of the table's.
 */
#ifndef EMIT_SCRIPTS_SCRIPT_H
#define EMIT_SCRIPTS_SCRIPT_H

#include "emit/workflows/scripts.h"

struct script {
    struct scripts *scripts; /* where the pipelines' scripts are */
    struct arena *arena;     /* for texts on their way into it */
    struct document *document;
    struct buf *text;  /* the document's */
    struct map bodies; /* files of runtime/ that stand in it, by name */
};

/* NAME below the scripts' root; `purpose` is a line of its header. */
void script_start(struct script *script, struct scripts *scripts,
                  const char *name, const char *purpose, struct span span);
/* `readonly NAME='TEXT'`, also when the text is empty. */
void script_fact(struct script *script, const char *name, struct str text);
/* The same of a table, less its last newline. */
void script_table(struct script *script, const char *name, struct str rows);
/* A library that the body does not name, before it: such as a strategy's. */
void script_library(struct script *script, struct str name);
/* A body, after the libraries that it names, and the call of FUNCTION. */
void script_end(struct script *script, const char *body, const char *function);

/* Rows `KEY NAME LINE` for each line of `lines`; none when it is empty. */
void table_add(struct buf *table, struct str key, const char *name,
               struct str lines);
void table_number(struct buf *table, struct str key, const char *name,
                  int64_t number);

#endif
