/*
 * A thread that does one thing after another for who has it, where there is a
 * second processor. It begins with the first. What it does ends where it gets
 * no memory.
 */
#ifndef BASE_HELPER_H
#define BASE_HELPER_H

#include "base/arena.h"

struct helper;

/* `arena` is the helper's own. */
typedef void helper_work(void *context, struct arena *arena);

/* NULL where it would share a processor with who opens it. Its arena is an
 * inner one of `arena`. */
struct helper *helper_open(struct arena *arena);
/* Closed before `arena` is; what it does is done then. NULL is none. */
void helper_close(struct helper *helper);
/* Has its thread begun, so that more to do costs little? */
bool helper_has_begun(const struct helper *helper);
/* Once it has done all that it was given, as the next two. */
struct arena *helper_arena(struct helper *helper);
/* False when there is no thread to be had, and nothing was given. */
bool helper_give(struct helper *helper, helper_work *work, void *context);
void helper_wait(struct helper *helper);
/* Its thread ends with what it does, and begins again when there is more. */
void helper_dismiss(struct helper *helper);

#endif
