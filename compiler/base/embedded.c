/*
 * Looking up what the build step embedded. The tables themselves are made by
 * cmake/embed_table.cmake; each is declared by the room that owns the folder.
 */
#include "base/embedded.h"

#include <assert.h>

const struct embedded_file *
embedded_find(const struct embedded_file *files, size_t count, struct str name)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, str_from(files[middle].name));

        if (order == 0)
            return &files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct str
embedded_text(const struct embedded_file *file)
{
    assert(file != NULL);
    return (struct str){(const char *)file->bytes, file->len};
}
