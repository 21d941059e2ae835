/*
 * A folder that the build step put into the binary (cmake/embed.cmake), as one
 * member of gzip: such texts are large, and much alike. The room that owns the
 * folder declares it.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/arena.h"

struct embedded_place {
    const char *name; /* path below the folder */
    size_t start;     /* in the unpacked text */
    size_t len;
};

struct embedded_folder {
    const unsigned char *packed;
    size_t packed_len;
    size_t len; /* of the unpacked text */
    const struct embedded_place *places;
    size_t count;
};

struct embedded_file {
    struct str name;
    struct str text;
};

/* An opened folder: its files, sorted by name in byte order. */
struct embedded {
    const struct embedded_file *files;
    size_t count;
};

struct embedded embedded_open(const struct embedded_folder *folder,
                              struct arena *arena);
/* The file of that name; NULL when there is none. */
const struct embedded_file *embedded_find(const struct embedded *embedded,
                                          struct str name);

#endif
