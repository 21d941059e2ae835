/* The only file that knows libdeflate. */
#include "base/embedded.h"

#include <assert.h>

#include <libdeflate.h>

static struct str
unpack(const struct embedded_folder *folder, struct arena *arena)
{
    char *text = arena_grow(arena, NULL, 0, folder->len + 1);
    struct libdeflate_decompressor *decompressor =
        libdeflate_alloc_decompressor();
    if (decompressor == NULL)
        arena_fail(arena);
    enum libdeflate_result result =
        libdeflate_gzip_decompress(decompressor, folder->packed,
                                   folder->packed_len, text, folder->len, NULL);
    libdeflate_free_decompressor(decompressor);
    assert(result == LIBDEFLATE_SUCCESS);
    (void)result;
    return (struct str){text, folder->len};
}

struct embedded
embedded_open(const struct embedded_folder *folder, struct arena *arena)
{
    struct str text = unpack(folder, arena);
    struct embedded_file *files =
        arena_array(arena, folder->count, sizeof *files);
    for (size_t i = 0; i < folder->count; i++) {
        const struct embedded_place *place = &folder->places[i];
        files[i].name = str_from(place->name);
        files[i].text =
            str_slice(text, place->start, place->start + place->len);
    }
    return (struct embedded){files, folder->count};
}

const struct embedded_file *
embedded_find(const struct embedded *embedded, struct str name)
{
    size_t low = 0;
    size_t high = embedded->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, embedded->files[middle].name);

        if (order == 0)
            return &embedded->files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
