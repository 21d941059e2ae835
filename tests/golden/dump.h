/*
 * What the stages make, as text that a person can read and a test compare.
 * One fact a line; a deeper line belongs to the one above it.
 */
#ifndef GOLDEN_DUMP_H
#define GOLDEN_DUMP_H

#include "base/buf.h"
#include "ir/ir.h"
#include "lexer/lexer.h"
#include "parser/ast.h"

struct dump {
    struct buf out;
    const struct source_map *map;
    size_t depth;
};

void dump_tokens(struct dump *dump, struct tokens tokens);
void dump_block(struct dump *dump, const struct block *block);
void dump_ir(struct dump *dump, const struct ir *ir);

/* The parts that these share. A line begins, grows and ends. */
void dump_begin(struct dump *dump, const char *what);
void dump_text(struct dump *dump, struct str text);   /* ` `text``, visible */
void dump_place(struct dump *dump, struct span span); /* ` 4:5`, ` x.brx:4:5` */
void dump_end(struct dump *dump);
/* A whole line: ` what `text` 4:5`. */
void dump_name(struct dump *dump, const char *what, struct str name,
               struct span span);
/* A whole line, when it is set. */
void dump_flag(struct dump *dump, const char *what, bool is_set);
/* A whole line, with the chain of origins; none when `value` is NULL. */
void dump_value(struct dump *dump, const char *what, const struct value *value);
void dump_workload(struct dump *dump, const struct workload *workload);
/* Its files, volumes and containers. */
void dump_pod(struct dump *dump, const struct workload *workload);
void dump_ports(struct dump *dump, const struct port *ports, size_t count);
void dump_probe(struct dump *dump, const char *what, const struct probe *probe);
/* How it is placed, replaced, scaled and run to its end. */
void dump_rules_of(struct dump *dump, const struct workload *workload);
void dump_bounds(struct dump *dump, const struct environment *environment);
void dump_pairs(struct dump *dump, const char *what, const struct pair *pairs,
                size_t count);
void dump_deploy(struct dump *dump, const struct deploy *deploy);
void dump_patch(struct dump *dump, const struct patch *patch);
void dump_approval(struct dump *dump, const struct approval *approval);

#endif
