/*
 * The hosting target: what GitHub is told, as files that its REST API takes.
 * Where the API wants the number of a team, a file has its slug under `slug`;
 * apply-github.sh asks for the number. docs/hosting.md tells them file by file.
 */
#ifndef EMIT_HOSTING_H
#define EMIT_HOSTING_H

#include "emit/document.h"
#include "ir/model.h"

/* Rulesets, environments, labels, what must be set, and who owns what. */
void emit_hosting(const struct model *model, struct documents *documents);

#endif
