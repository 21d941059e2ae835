/*
 * What the hosting service is told, as questions about the IR that several
 * rooms ask. No rule and no text is here.
 */
#ifndef IR_HOSTING_H
#define IR_HOSTING_H

#include "ir/ir.h"

/* The items of a list, or a value by itself; 0 when it is not known. */
size_t choice_count(const struct value *value);
const struct value *choice_at(const struct value *value, size_t index);
/* Is it known, and this word or a list that has it? */
bool has_choice(const struct value *value, struct str word);

/* The rules of a branch, or NULL. */
const struct protection *protection_find(const struct ir *ir,
                                         struct str branch);
/* The production environment that the branch deploys to, or NULL. */
const struct environment *production_of_branch(const struct ir *ir,
                                               struct str branch);
/* Somebody else must approve what was pushed last. */
bool needs_last_push_approval(const struct ir *ir,
                              const struct protection *protection);
/* `branches` of a GitHub environment, where a name that is none of the words
 * `own`, `any` and `protected` is a branch. */
bool is_one_branch(struct str name);
/* When not said, only the branch that deploys there. */
bool takes_own_branch(const struct environment *environment);
/* May a job that runs on the branch enter it? */
bool is_branch_taken(const struct ir *ir, const struct environment *environment,
                     struct str branch);
bool is_ruleset(const struct protection *protection);
bool is_classic(const struct protection *protection);
/* Releases end here and are versions: tags `v1.2.3` name them. */
bool has_release_tags(const struct ir *ir,
                      const struct environment *environment);

/* The approval into an environment that asks for most people, or NULL: of its
 * deploy block or of a promotion. */
const struct approval *approval_into(const struct ir *ir,
                                     const struct environment *environment);
/* The teams that may give an approval: its own, else the owners; or NULL. */
const struct value *reviewing_teams(const struct ir *ir,
                                    const struct approval *approval);
/* The teams that own the program: those it names, else the one that pushes to
 * production, else those that approve it; NULL for none. */
const struct value *owner_teams(const struct ir *ir);

#endif
