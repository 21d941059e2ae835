/*
 * Which sections a workload has, and whether two workloads of one service have
 * the same in them.
 */
#ifndef EMIT_KUBERNETES_SECTIONS_H
#define EMIT_KUBERNETES_SECTIONS_H

#include "emit/kubernetes/plan.h"

/* The sections that have something to print. */
uint64_t sections_present(const struct plan *plan,
                          const struct workload *workload);
/* Both are of one service, in two environments. */
bool is_section_equal(const struct plan *plan, const struct workload *a,
                      const struct workload *b, enum section section);

/* Two NULLs are equal. */
bool are_probes_equal(const struct probe *a, const struct probe *b);
bool are_pairs_equal(const struct pair *a, size_t a_count, const struct pair *b,
                     size_t b_count);

#endif
