#include "tree/cleared.h"

#include "base/limits.h"
#include "tree/disk.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

struct clearing {
    const struct lock *lock;
    struct vec *folders;
    size_t depth;
    bool is_cleared;
};

static int clear_folder(struct clearing *clearing, int parent, struct str path);
static int clear_entries(struct clearing *clearing, DIR *folder,
                         struct str path);
static int clear_entry(struct clearing *clearing, int folder, struct str path);

int
folder_clear(int parent, struct str path, const struct lock *lock,
             struct vec *folders, bool *is_cleared)
{
    struct clearing clearing = {
        .lock = lock, .folders = folders, .is_cleared = true};
    size_t folder_count = folders->count;
    int error = clear_folder(&clearing, parent, path);
    *is_cleared = error == 0 && clearing.is_cleared;
    if (!*is_cleared)
        folders->count = folder_count;
    return error;
}

static int
clear_folder(struct clearing *clearing, int parent, struct str path)
{
    int file;
    int error = disk_enter(parent, name_from(path_name(path)), &file);
    if (error != 0)
        return error;
    DIR *folder = fdopendir(file);
    if (!folder) {
        error = errno;
        close(file);
        return error;
    }
    error = clear_entries(clearing, folder, path);
    closedir(folder);
    *(struct str *)vec_add(clearing->folders) = path;
    return error;
}

static int
clear_entries(struct clearing *clearing, DIR *folder, struct str path)
{
    struct arena *arena = clearing->folders->arena;
    const struct dirent *entry;
    int error = 0;
    if (++clearing->depth > LIMIT_OUTPUT_DEPTH)
        clearing->is_cleared = false;
    while (error == 0 && clearing->is_cleared &&
           (entry = readdir(folder)) != NULL) {
        struct str name = str_from(entry->d_name);
        if (!is_folder_itself(name))
            error = clear_entry(clearing, dirfd(folder),
                                arena_format(arena, "{}/{}", STRS(path, name)));
    }
    clearing->depth--;
    return error;
}

static int
clear_entry(struct clearing *clearing, int folder, struct str path)
{
    struct seen seen;
    int error = disk_look(folder, name_from(path_name(path)), &seen);
    if (error != 0)
        return error;
    if (seen.kind == SEEN_FOLDER)
        return clear_folder(clearing, folder, path);
    const struct lock_entry *entry = lock_find(clearing->lock, path);
    if (seen.kind != SEEN_FILE || !entry || entry->kind != DOCUMENT_OWNED)
        clearing->is_cleared = false;
    return 0;
}
