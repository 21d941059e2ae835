/*
 * Quantities as Kubernetes, people and promises write them, both ways. The
 * number is set for QUANTITY_OK and QUANTITY_DECIMAL only.
 */
#ifndef IR_QUANTITY_H
#define IR_QUANTITY_H

#include "base/arena.h"

enum quantity_fault {
    QUANTITY_OK,
    QUANTITY_BAD,
    QUANTITY_NO_UNIT,    /* `512` where memory is meant */
    QUANTITY_DECIMAL,    /* `256M`: read, though 256Mi was likely meant */
    QUANTITY_MILLIBYTES, /* `1000m` where memory is meant */
    QUANTITY_TOO_FINE,   /* not a whole number of the smallest unit */
    QUANTITY_TOO_LARGE,
};

/* `256Mi`, `1.5Gi`, `1G` -> bytes. Kubernetes API, resource.Quantity. */
enum quantity_fault memory_read(struct str text, int64_t *bytes);
/* `500m`, `2`, `0.5` -> millicores. */
enum quantity_fault cpu_read(struct str text, int64_t *millicores);
/* `10s`, `1min`, `24h`, `90d`, `500ms`, `2w` -> milliseconds. */
enum quantity_fault duration_read(struct str text, int64_t *milliseconds);
/* `1%`, `0.5%` -> thousandths of a percent. */
enum quantity_fault percent_read(struct str text, int64_t *milli_percent);

/* `30/month`, `0.0416/hour` -> millionths a month, which has 730 hours. */
enum quantity_fault price_read(struct str text, int64_t *micros);

/* The shortest exact form: 1536Mi, 2Gi; 500m, 2; 90d, 24h, 10min; 0.5%;
 * 30/month. */
struct str memory_text(struct arena *arena, int64_t bytes);
struct str cpu_text(struct arena *arena, int64_t millicores);
struct str duration_text(struct arena *arena, int64_t milliseconds);
struct str percent_text(struct arena *arena, int64_t milli_percent);
struct str price_text(struct arena *arena, int64_t micros);
int64_t duration_seconds(int64_t milliseconds); /* rounded up */

#endif
