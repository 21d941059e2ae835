/*
 * A file that the build step put into the binary (cmake/embed.cmake). A table
 * of them is sorted by name, in byte order.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/str.h"

struct embedded_file {
    const char *name; /* path below the embedded folder */
    const unsigned char *bytes;
    size_t len;
};

/* The file of that name among `count` files; NULL when there is none. */
const struct embedded_file *embedded_find(const struct embedded_file *files,
                                          size_t count, struct str name);
/* The bytes; they live as long as the program. */
struct str embedded_text(const struct embedded_file *file);

#endif
