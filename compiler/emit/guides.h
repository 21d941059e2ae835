/*
 * What people read: RELEASE_GUIDE.md for the night, and
 * ENVIRONMENT_RELEASE_SUMMARY.md for an overview, both below the root of
 * documents.
 */
#ifndef EMIT_GUIDES_H
#define EMIT_GUIDES_H

#include "emit/document.h"
#include "ir/model.h"

void emit_guides(const struct model *model, struct documents *documents);

#endif
