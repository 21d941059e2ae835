/*
 * What room on a cluster costs in a month, at the program's prices.
 */
#ifndef COMPARE_COST_H
#define COMPARE_COST_H

#include "base/buf.h"
#include "ir/ir.h"

#include <stdint.h>

/* Millionths of the currency: what so much more, or less, that is requested
 * comes to. Nothing where there is no price, or where it would pass what a
 * number holds. */
int64_t cost_of_cpu(const struct prices *prices, int64_t millicores);
int64_t cost_of_memory(const struct prices *prices, int64_t bytes);
/* `+90 EUR/month`, behind a comma; nothing below a hundredth. True when there
 * was something to say. */
bool add_cost(struct buf *buf, const struct prices *prices, int64_t micros);

#endif
