/*
 * Master files: those that a program names as what is served today, and one
 * that stands alone.
 */
#include "driver/loading.h"

#include "foreign/zone.h"

static const struct source_file *include_file(void *context,
                                              const struct source_file *from,
                                              struct str path,
                                              struct span span);
static void add_live_zone(struct loading *loading,
                          const struct source_file *file, struct str origin,
                          struct span span);

static bool
is_plain(const struct argument *argument)
{
    return (argument->kind == ARGUMENT_ATOM ||
            argument->kind == ARGUMENT_TEXT) &&
           argument->piece_count == 0;
}

static struct str
small_letters(struct arena *arena, struct str text)
{
    char *small = arena_new(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        small[i] = ascii_lower(text.at[i]);
    return (struct str){small, text.len};
}

static void
follow_live(struct loading *loading, struct str from, struct str origin,
            const struct argument *name)
{
    struct load *load = loading->load;
    struct str path;
    struct str text;
    if (!is_plain(name)) {
        struct diag *diag =
            diag_add(load->sink, DIAG_D42, name->span, STRS(name->text));
        diag_label(diag, "files are read before any ${{path} or ?HOLE is known",
                   NO_STRS);
        return;
    }
    if (!include_path(loading, from, name, &path) ||
        is_over_limit(loading, name) ||
        !read_named(loading, path, name, DIAG_D42, &text))
        return;
    const struct source_file *file = add_source(load, path, text);
    if (file != NULL)
        add_live_zone(loading, file, origin, name->span);
}

void
follow_zone(struct loading *loading, struct str from,
            const struct statement *zone)
{
    const struct block *block = zone->block;
    if (block == NULL || zone->argument_count < 1 ||
        !is_plain(&zone->arguments[0]))
        return;
    struct str origin =
        small_letters(loading->load->arena, zone->arguments[0].text);
    if (has_suffix(origin, STR(".")))
        origin = str_slice(origin, 0, origin.len - 1);
    for (size_t i = 0; i < block->statement_count; i++) {
        const struct statement *inner = &block->statements[i];
        if (is_statement_of(inner, STR("live")) && inner->argument_count == 1)
            follow_live(loading, from, origin, &inner->arguments[0]);
    }
}

/* A file `example.com.zone` speaks of example.com, unless it says otherwise. */
static struct str
origin_of(struct arena *arena, struct str path)
{
    struct str name = str_slice(path, folder_of(path).len, path.len);
    if (!has_suffix(name, STR(".zone")))
        return STR("");
    return small_letters(arena,
                         str_slice(name, 0, name.len - STR(".zone").len));
}

struct status
load_live_zone(struct load *load, struct str path)
{
    struct loading loading = {.load = load, .root = folder_of(path)};
    struct str text;
    struct status status =
        load->access->read(load->access->context, load->arena, path, &text);
    if (status.kind != STATUS_OK)
        return status;
    map_init(&loading.seen, load->arena);
    const struct source_file *file = add_source(load, path, text);
    if (file != NULL)
        add_live_zone(&loading, file, origin_of(load->arena, path), NO_SPAN);
    return status;
}

static void
add_live_zone(struct loading *loading, const struct source_file *file,
              struct str origin, struct span span)
{
    struct load *load = loading->load;
    struct zone_source source = {.arena = load->arena,
                                 .sink = load->sink,
                                 .file = file,
                                 .origin = origin,
                                 .include = include_file,
                                 .context = loading};
    const struct zone *zone = foreign_read_zone(&source);
    if (zone == NULL)
        return;
    struct live_zone *live = vec_add(&load->live_zones);
    *live = (struct live_zone){span, zone};
}

/* `$INCLUDE`: from the folder of the file that names it, below the root. */
static const struct source_file *
include_file(void *context, const struct source_file *from, struct str path,
             struct span span)
{
    struct loading *loading = context;
    struct argument name = {.kind = ARGUMENT_TEXT, .text = path, .span = span};
    struct str text;
    if (!include_path(loading, from->path, &name, &path) ||
        is_over_limit(loading, &name) ||
        !read_named(loading, path, &name, DIAG_D42, &text))
        return NULL;
    return add_source(loading->load, path, text);
}
