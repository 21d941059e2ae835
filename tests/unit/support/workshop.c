#include "support/workshop.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct listing {
    struct arena *arena;
    struct buf buf;
    bool has_times;
};

static void start_run(struct workshop *shop);
static void list_folder(struct listing *listing, const char *folder,
                        struct str shown);
static void list_entry(struct listing *listing, const char *path,
                       struct str shown);
static void list_times(struct listing *listing, const struct stat *facts);
static struct str read_all(struct arena *arena, const char *path);
static void remove_all(const char *path);
static int is_entry(const struct dirent *entry);

void
workshop_open(struct workshop *shop)
{
    *shop = (struct workshop){.folder = "/tmp/broxc-tree-XXXXXX"};
    shop->arena = arena_open();
    if (!mkdtemp(shop->folder))
        abort();
    start_run(shop);
}

void
workshop_close(struct workshop *shop)
{
    remove_all(shop->folder);
    arena_close(shop->arena);
}

void
workshop_again(struct workshop *shop)
{
    start_run(shop);
}

struct document *
workshop_add(struct workshop *shop, const char *path, const char *content)
{
    struct document *document =
        document_add(&shop->documents, str_from(path), TARGET_KUBERNETES);
    buf_add(&document->content, str_from(content));
    uint32_t line = (uint32_t)document_count(&shop->documents);
    document_origin(document, (struct span){line * 2 - 2, line * 2 - 1});
    return document;
}

/* As emitters do, whose next text is in the memory of one that was written. */
static void
take(struct workshop *shop, struct tree *tree, struct document *document)
{
    struct buf *content = &document->content;
    if (tree_take(tree, &shop->documents, document) && content->len > 0)
        memset(content->at, '?', content->len);
}

static void
take_in_pieces(struct workshop *shop, struct tree *tree,
               struct document *document)
{
    struct str whole = buf_str(&document->content);
    buf_init(&document->content, shop->arena);
    while (whole.len > 0) {
        size_t len = whole.len < shop->piece_len ? whole.len : shop->piece_len;
        buf_add(&document->content, str_slice(whole, 0, len));
        whole = str_slice(whole, len, whole.len);
        size_t waiting = document->content.len;
        if (whole.len == 0 ||
            !tree_take_piece(tree, &shop->documents, document))
            continue;
        document->bytes += waiting;
        document->content.len = 0;
    }
    document->bytes += document->content.len;
    take(shop, tree, document);
}

struct status
workshop_write(struct workshop *shop)
{
    struct tree *tree;
    struct status status =
        tree_open(shop->arena, shop->sink, shop->map, &shop->options, &tree);
    if (status.kind != STATUS_OK)
        return status;
    for (size_t i = 0; i < document_count(&shop->documents); i++)
        if (shop->piece_len > 0)
            take_in_pieces(shop, tree, document_at(&shop->documents, i));
        else
            take(shop, tree, document_at(&shop->documents, i));
    return tree_write(tree, &shop->documents, &shop->result);
}

void
workshop_build(struct workshop *shop)
{
    struct status status = workshop_write(shop);
    if (status.kind == STATUS_OK)
        return;
    fprintf(stderr, "%.*s\n", (int)status.message.len, status.message.at);
    for (size_t i = 0; i < sink_count(shop->sink); i++) {
        struct str headline = sink_at(shop->sink, i)->headline;
        fprintf(stderr, "  %.*s\n", (int)headline.len, headline.at);
    }
    abort();
}

char *
workshop_path(struct workshop *shop, const char *path)
{
    return arena_cstr(shop->arena, arena_format(shop->arena, "{}/out/{}",
                                                STRS(str_from(shop->folder),
                                                     str_from(path))));
}

void
workshop_put(struct workshop *shop, const char *path, const char *content)
{
    FILE *file = fopen(workshop_path(shop, path), "wb");
    if (!file || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

bool
workshop_has(struct workshop *shop, const char *path, const char *content)
{
    return is_there(shop, path) &&
           is_str_equal(read_all(shop->arena, workshop_path(shop, path)),
                        str_from(content));
}

bool
is_there(struct workshop *shop, const char *path)
{
    struct stat facts;
    return lstat(workshop_path(shop, path), &facts) == 0;
}

struct str
workshop_list(struct workshop *shop)
{
    struct listing listing = {.arena = shop->arena};
    buf_init(&listing.buf, shop->arena);
    list_folder(&listing, shop->folder, STR(""));
    return buf_str(&listing.buf);
}

struct str
workshop_picture(struct workshop *shop)
{
    struct listing listing = {.arena = shop->arena, .has_times = true};
    buf_init(&listing.buf, shop->arena);
    list_folder(&listing, shop->folder, STR(""));
    return buf_str(&listing.buf);
}

static void
start_run(struct workshop *shop)
{
    struct buf source;
    buf_init(&source, shop->arena);
    buf_repeat(&source, '\n', 4096);
    shop->map = source_map_new(shop->arena);
    source_add(shop->map, STR("envs.brx"), buf_str(&source));
    shop->sink = sink_new(shop->arena, shop->map, PROFILE_STANDARD);
    documents_init(&shop->documents, shop->arena);
    shop->options = (struct tree_options){
        .folder = str_from(workshop_path(shop, "")),
        .program = STR("envs.brx"),
        .compiler = STR("0.1.0"),
    };
}

static void
list_folder(struct listing *listing, const char *folder, struct str shown)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_entry, alphasort);
    for (int i = 0; i < count; i++) {
        struct str name = str_from(entries[i]->d_name);
        struct str path =
            arena_format(listing->arena, "{}/{}", STRS(str_from(folder), name));
        list_entry(listing, arena_cstr(listing->arena, path),
                   arena_format(listing->arena, "{}/{}", STRS(shown, name)));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static void
list_entry(struct listing *listing, const char *path, struct str shown)
{
    struct stat facts;
    if (lstat(path, &facts) != 0)
        abort();
    buf_number(&listing->buf, (int64_t)facts.st_mode);
    list_times(listing, &facts);
    buf_byte(&listing->buf, ' ');
    buf_add(&listing->buf, shown);
    buf_byte(&listing->buf, '\n');
    if (S_ISDIR(facts.st_mode)) {
        list_folder(listing, path, shown);
    } else if (S_ISREG(facts.st_mode)) {
        buf_add(&listing->buf, read_all(listing->arena, path));
        buf_byte(&listing->buf, '\n');
    }
}

static void
list_times(struct listing *listing, const struct stat *facts)
{
    if (!listing->has_times || S_ISDIR(facts->st_mode))
        return;
    buf_format(&listing->buf, " {} {}.{}",
               STRS(arena_number(listing->arena, (int64_t)facts->st_ino),
                    arena_number(listing->arena, facts->st_mtim.tv_sec),
                    arena_number(listing->arena, facts->st_mtim.tv_nsec)));
}

static struct str
read_all(struct arena *arena, const char *path)
{
    struct buf buf;
    buf_init(&buf, arena);
    FILE *file = fopen(path, "rb");
    if (!file)
        return STR("(unreadable)");
    int byte;
    while ((byte = getc(file)) != EOF)
        buf_byte(&buf, (char)byte);
    fclose(file);
    return buf_str(&buf);
}

static void
remove_all(const char *path)
{
    struct stat facts;
    if (lstat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        struct dirent **entries;
        int count = scandir(path, &entries, is_entry, alphasort);
        for (int i = 0; i < count; i++) {
            char inside[4096];
            snprintf(inside, sizeof inside, "%s/%s", path, entries[i]->d_name);
            remove_all(inside);
            free(entries[i]);
        }
        if (count >= 0)
            free(entries);
        rmdir(path);
    } else {
        unlink(path);
    }
}

static int
is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}
