/*
 * Pictures of how releases move, for Mermaid's flowcharts.
 */
#ifndef EMIT_GUIDES_DIAGRAM_H
#define EMIT_GUIDES_DIAGRAM_H

#include "emit/guides/guide.h"
#include "emit/workflows/plan.h"

/* Environments, and the promotions between them. */
void write_ways_diagram(struct guide *guide);
/* The jobs of a pipeline, one behind the other; messages are left out. */
void write_pipeline_diagram(struct guide *guide,
                            const struct pipeline *pipeline);

#endif
