/*
 * What stands in the chapters of sections.def: of each, whether there is
 * anything to say, and the text below its heading.
 */
#ifndef EMIT_GUIDES_SECTIONS_H
#define EMIT_GUIDES_SECTIONS_H

#include "emit/guides/guide.h"

bool has_hurry(const struct ir *ir);
void write_hurry(struct guide *guide);
bool has_environments(const struct ir *ir);
void write_environments(struct guide *guide);
bool has_ways(const struct ir *ir);
void write_ways(struct guide *guide);
void write_roads(struct guide *guide);
void write_readiness(struct guide *guide);
bool has_previews(const struct ir *ir);
void write_previews(struct guide *guide);
bool has_going_back(const struct ir *ir);
void write_going_back(struct guide *guide);
bool has_names(const struct ir *ir);
void write_names(struct guide *guide);
bool has_secrets(const struct ir *ir);
void write_secrets(struct guide *guide);
bool has_watching(const struct ir *ir);
void write_watching(struct guide *guide);
bool has_habits(const struct ir *ir);
void write_habits(struct guide *guide);
bool has_people(const struct ir *ir);
void write_people(struct guide *guide);

bool has_open(const struct ir *ir);
void write_open(struct guide *guide);
bool has_next(const struct ir *ir);
void write_next(struct guide *guide);
bool has_branches(const struct ir *ir);
void write_branches(struct guide *guide);
bool has_metrics(const struct ir *ir);
void write_metrics(struct guide *guide);
bool has_accepted(const struct ir *ir);
void write_accepted(struct guide *guide);
bool has_files(const struct ir *ir);
void write_files(struct guide *guide);

#endif
