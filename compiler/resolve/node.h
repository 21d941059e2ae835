/*
 * Statements matched with the schema: every word known, every argument in its
 * place, clauses and blocks united.
 */
#ifndef RESOLVE_NODE_H
#define RESOLVE_NODE_H

#include "resolve/resolver.h"

/* All statements of all files as one list, into resolver->statements. */
void resolve_statements(struct resolver *resolver,
                        const struct resolve_input *input);
/* The first child with this word, or NULL; `next_same` leads to the others. */
const struct node *node_child(const struct node *node, enum word_id id);
/* The key of a KEYED statement: its first argument, as written. */
struct str node_key(const struct node *node);
/* What a message shows of a word's arguments: `NAME [COUNT]`. */
struct str word_signature(struct arena *arena, const struct word *word);

#endif
