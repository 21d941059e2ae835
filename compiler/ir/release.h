/*
 * What a release goes through on its way into an environment, as questions
 * about the IR that several rooms ask. No rule and no text is here.
 */
#ifndef IR_RELEASE_H
#define IR_RELEASE_H

#include "ir/ir.h"

/* No promotion leads into it: images are built here. */
bool is_first_environment(const struct ir *ir,
                          const struct environment *environment);
/* No promotion leaves it: a release is finished here. */
bool is_last_environment(const struct ir *ir,
                         const struct environment *environment);
/* A push to a branch deploys here, and the pipeline knows which cluster and
 * registry it talks to. */
bool has_pipeline(const struct ir *ir, const struct environment *environment);
/* The same when all holes are filled: what complains that there is none asks
 * this. */
bool may_have_pipeline(const struct ir *ir,
                       const struct environment *environment);
/* Does the tag hold `${NAME}`? */
bool has_tag_part(const struct environment *environment, struct str name);
/* How many people must approve: the most that the deploy block or a promotion
 * into the environment asks for; 0 for none. */
int64_t approval_count(const struct ir *ir,
                       const struct environment *environment);
/* The count that an approval asks for, 0 when it is optional or absent. */
int64_t approval_number(const struct approval *approval);
/* The longest soak of the promotions into the environment; 0 for none. */
int64_t soak_ms(const struct ir *ir, const struct environment *environment);
/* Does the freeze hold releases to the environment back? */
bool is_frozen_by(const struct freeze *freeze,
                  const struct environment *environment);
/* How far apart releases are meant to be; 0 when nothing says so. */
int64_t deploy_interval_ms(const struct objective *objective);
/* How many releases can be gone back to. */
int64_t rollback_keep(const struct ir *ir);
/* A step's duration, 0 when the step is absent or its time not known. */
int64_t step_ms(const struct deploy *deploy, enum step_kind kind);
/* How releases come into a service, wherever its environment lets others in.
 * What nobody sends requests to has no traffic to share or to switch, and is
 * deployed rolling, as is what says so. */
enum strategy strategy_of(const struct workload *workload);
/* What the environment's `is_staged` says, when its workloads are known. */
bool has_staged_workload(const struct environment *environment);
/* Two Deployments, one a colour, of which one is live; so also with `canary`,
 * which lets the idle one in step by step. */
bool is_coloured(const struct workload *workload);
/* A controller in the cluster has them instead. */
bool has_rollout(const struct workload *workload);
bool has_rollouts(const struct environment *environment);
/* The new release may stand beside the old one in full. */
bool runs_twice(const struct workload *workload);
/* `share-2-5` for 2.5 %: what a share is called in jobs and objects. */
struct str share_name(struct arena *arena, const struct step *step);
/* A share whose size and time are known. */
bool is_share_known(const struct step *step);
bool has_colours(const struct environment *environment);
/* All shares of a canary, one after the other. */
int64_t share_ms(const struct deploy *deploy);
/* What a deployment spends waiting: the watch and the keep time begin at the
 * same moment, so it is the longer one; shares come before them. */
int64_t deploy_wait_ms(const struct deploy *deploy);
/* A test that has something to run; `health` is looked at by the pipeline. */
bool is_command_test(const struct step *step);
bool is_health_test(const struct step *step);

#endif
