/*
 * The rest of a program, one function a subject, each filling its part of
 * resolver->ir from the statements of the whole program.
 */
#ifndef RESOLVE_LOWERING_H
#define RESOLVE_LOWERING_H

#include "resolve/resolver.h"

void resolve_project(struct resolver *resolver);
void resolve_promotions(struct resolver *resolver); /* and `never` */
void resolve_preview(struct resolver *resolver);
void resolve_brakes(struct resolver *resolver); /* freeze and deny */
void resolve_rollback(struct resolver *resolver);
void resolve_protections(struct resolver *resolver);
void resolve_zones(struct resolver *resolver); /* with their own records */
void resolve_tls(struct resolver *resolver);
void resolve_objectives(struct resolver *resolver);
void resolve_alerts(struct resolver *resolver);
void resolve_allows(struct resolver *resolver);     /* and `policy` */
void resolve_assertions(struct resolver *resolver); /* and `rule` */
void resolve_prices(struct resolver *resolver);
void resolve_output(struct resolver *resolver);

/* The first statement of the program with this word, or NULL. */
const struct node *find_statement(const struct resolver *resolver,
                                  enum word_id id);

#endif
