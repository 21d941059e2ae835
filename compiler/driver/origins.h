/*
 * Where things come from: a value's chain of origins; a document's line back
 * to the program, and a program's line to the documents. The latter two read
 * the record that the arena kept while documents were made (base/trace.h).
 */
#ifndef DRIVER_ORIGINS_H
#define DRIVER_ORIGINS_H

#include "emit/document.h"
#include "ir/value.h"

struct origins {
    struct arena *arena;
    const struct source_map *map;
    const struct documents *documents;
};

/* `NAME is VALUE`, then each place, the strongest first. */
void write_value_origins(struct buf *buf, const struct origins *origins,
                         struct str name, const struct value *value);
/* False when no document is called so or it has no such line. */
bool write_line_origins(struct buf *buf, const struct origins *origins,
                        struct str path, size_t line);
/* Adds nothing when nothing came from that line; false when the program has no
 * such file or line. */
bool write_line_uses(struct buf *buf, const struct origins *origins,
                     struct str path, size_t line);

#endif
