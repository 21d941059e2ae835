#include "tree/respelled.h"

static void fill(struct respelled *respelled);
static int look_again(struct walk *walk, struct str path, struct seen *seen);

void
respelled_open(struct respelled *respelled, struct arena *arena,
               const struct lock *lock)
{
    *respelled = (struct respelled){.lock = lock};
    map_init(&respelled->entries, arena);
}

int
respelled_find(struct respelled *respelled, struct walk *walk,
               const struct found *found, const struct lock_entry **entry)
{
    struct seen seen;
    *entry = NULL;
    if (found->entry != NULL)
        return 0;
    if (!respelled->is_filled)
        fill(respelled);
    const struct lock_entry *other =
        map_find(&respelled->entries,
                 path_folded(respelled->entries.arena, found->document->path));
    if (other == NULL)
        return 0;
    int error = look_again(walk, other->path, &seen);
    if (error == 0 && is_same_file(&seen, &found->seen))
        *entry = other;
    return error;
}

/* Files that are new and there already are seldom. */
static void
fill(struct respelled *respelled)
{
    const struct lock *lock = respelled->lock;
    for (size_t i = 0; i < lock->entry_count; i++) {
        const struct lock_entry *entry = &lock->entries[i];
        if (entry->kind == DOCUMENT_OWNED)
            map_put(&respelled->entries,
                    path_folded(respelled->entries.arena, entry->path), entry);
    }
    respelled->is_filled = true;
}

/* By the name that the lock has. */
static int
look_again(struct walk *walk, struct str path, struct seen *seen)
{
    int folder;
    *seen = (struct seen){.kind = SEEN_NOTHING};
    switch (walk_to(walk, path, &folder)) {
    case WALK_HERE:
        return disk_look(folder, name_from(path_name(path)), seen);
    case WALK_FAILED:
        return walk->error;
    case WALK_ABSENT:
    case WALK_BLOCKED:
        break;
    }
    return 0;
}
