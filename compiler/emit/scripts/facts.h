/*
 * An environment's facts as rows of a script's table, by what a script does
 * there: find it, look at it, change it.
 */
#ifndef EMIT_SCRIPTS_FACTS_H
#define EMIT_SCRIPTS_FACTS_H

#include "emit/scripts/script.h"
#include "ir/release.h"

/* The project, its repository and its registry. */
void script_project(struct script *script, const struct ir *ir);
/* The libraries of the strategies that pipelines here know. */
void script_ways(struct script *script, const struct ir *ir);

/* Its short name: what a person may type for it. */
void table_name(struct buf *table, const struct environment *environment);
/* Where it is: cluster, group, namespace. */
void table_place(struct buf *table, const struct environment *environment);
/* What runs there and how it comes in; what says that it is well. */
void table_state(struct buf *table, const struct ir *ir,
                 const struct environment *environment);
/* Its branch and its workflow. */
void table_pipeline(struct buf *table, const struct environment *environment);
/* `production`, or another tier. */
struct str tier_text(const struct environment *environment);
/* The channels that hear of every release there, or of what failed. */
struct str channel_lines(struct arena *arena,
                         const struct environment *environment);

#endif
