/*
 * Where the files that a guide speaks of lie, and which there are.
 */
#ifndef EMIT_GUIDES_PLACES_H
#define EMIT_GUIDES_PLACES_H

#include "emit/guides/guide.h"

enum tool { TOOL_PROMOTE, TOOL_ROLLBACK, TOOL_SETUP, TOOL_APPLY, TOOL_COUNT };

bool has_tool(const struct ir *ir, enum tool tool);
struct str tool_path(struct guide *guide, enum tool tool);
/* A command line of it, from the root of a checkout, as code. The arguments go
 * in bare: they are names, or ours. */
struct str tool_command(struct guide *guide, enum tool tool,
                        const char *arguments, struct strs texts);

/* Is there a cd-SHORT.yml of the environment? */
bool has_workflow(const struct ir *ir, const struct environment *environment);
bool has_workflows(const struct ir *ir);
struct str workflow_name(struct guide *guide,
                         const struct environment *environment);
struct str workflow_path(struct guide *guide,
                         const struct environment *environment);
bool has_verify(const struct ir *ir);
struct str verify_path(struct guide *guide);

struct str overlay_path(struct guide *guide,
                        const struct environment *environment);
bool has_rules(const struct ir *ir, const struct environment *environment);
struct str rules_path(struct guide *guide,
                      const struct environment *environment);
bool has_dashboard(const struct ir *ir);
struct str dashboard_path(struct guide *guide);
/* `ROOT/NAME` of one of the output's roots. */
struct str path_in(struct guide *guide, const struct value *root,
                   const char *name);

#endif
