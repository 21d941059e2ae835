/*
 * The measures that alerts and dashboards know by name: measures.def.
 */
#ifndef IR_MEASURE_H
#define IR_MEASURE_H

#include "base/arena.h"
#include "ir/type.h"

struct measure {
    const char *name;
    enum type_kind type; /* of a bound */
    const char *query;
    const char *says;
};

size_t measure_count(void);
const struct measure *measure_at(size_t index);
/* NULL when there is none of that name. */
const struct measure *measure_find(struct str name);
/* The query of these labels (`namespace="shop"`), over a time of Prometheus
 * (`5m`). */
struct str measure_query(struct arena *arena, const struct measure *measure,
                         struct str labels, struct str window);

#endif
