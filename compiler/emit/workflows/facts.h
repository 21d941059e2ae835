/*
 * An environment's facts as the lines that the scripts of runtime/pipeline/
 * take. What holds a path or an image is as the program says it: in a workflow
 * it goes through plain_text().
 */
#ifndef EMIT_WORKFLOWS_FACTS_H
#define EMIT_WORKFLOWS_FACTS_H

#include "emit/workflows/plan.h"

/* `SERVICE REPOSITORY` of everything that has an image. */
struct str repository_lines(struct arena *arena,
                            const struct environment *environment);
/* The same with the folder and the Dockerfile, which a variable may name; made
 * for a workflow. */
struct str build_lines(struct arena *arena,
                       const struct environment *environment);
/* `${{ needs.build.outputs.NAME }}` */
struct str source_output(struct arena *arena, const struct pipeline *pipeline,
                         struct str name);
/* Lines `SERVICE IMAGE@DIGEST`: the source job's output of them. */
struct str image_lines(struct arena *arena, const struct pipeline *pipeline);
/* Services whose traffic is switched, or those that are deployed rolling. */
enum deployed { DEPLOYED_STAGED, DEPLOYED_ROLLING };
/* `TARGET COUNT` of every such service that has pods from the start. A target
 * is a name, or `statefulset/NAME`. */
struct str count_lines(struct arena *arena,
                       const struct environment *environment,
                       enum deployed deployed);
/* The same of the stateful sets alone: they come before all else. */
bool has_stateful_sets(const struct environment *environment);
struct str stateful_count_lines(struct arena *arena,
                                const struct environment *environment);
/* Targets, those that others call first. */
struct str service_lines(struct arena *arena, const struct ir *ir,
                         const struct environment *environment,
                         enum deployed deployed);
/* What comes in with the traffic instead of before it: names of all that is
 * not staged where something is, jobs included, stateful sets and tasks
 * not, one a line. */
bool waits_for_traffic(const struct workload *workload);
struct str later_lines(struct arena *arena,
                       const struct environment *environment);
/* The share of a canary's step, without its sign: `2.5`. */
struct str share_text(struct arena *arena, const struct step *step);
/* `https://HOST/READY` of every host whose service says by HTTP that it is
 * ready. */
struct str url_lines(struct arena *arena,
                     const struct environment *environment);
/* `SERVICE-preview PORT PATH`, for what has no traffic yet. */
struct str preview_lines(struct arena *arena,
                         const struct environment *environment);
/* `SERVICE https://HOST` and `SERVICE SERVICE-preview PORT`, for tests; what
 * has no preview is asked itself. */
struct str address_lines(struct arena *arena,
                         const struct environment *environment);
struct str forward_lines(struct arena *arena,
                         const struct environment *environment);
/* `NAME|QUERY|OP|THRESHOLD` of a watch. `pods` is a pattern of the pods alone
 * that are watched, whose measures must then be there; empty: all pods. */
struct str watch_lines(struct arena *arena,
                       const struct environment *environment,
                       const struct step *step, struct str pods);
/* The tag template as version.sh takes it: `v{version}`. */
struct str tag_template(struct arena *arena,
                        const struct environment *environment);
/* `FIRST LAST ZONE REASON` of each freeze that holds the environment. */
struct str freeze_lines(struct arena *arena, const struct ir *ir,
                        const struct environment *environment);
/* `FIRST LAST OPENS CLOSES ZONE` of each window of one promotion. */
struct str window_lines(struct arena *arena, const struct promotion *promotion);
/* `X.Y.Z REASON` of each release that goes nowhere. */
struct str denied_lines(struct arena *arena, const struct ir *ir);
/* The environments that a release may come from, one a line. */
struct str source_lines(struct arena *arena, const struct ir *ir,
                        const struct environment *environment);

#endif
