#include "tree/respelled.h"

static const struct lock_entry *entry_in_other_case(const struct lock *lock,
                                                    struct str path);
static int identify(struct walk *walk, struct str path,
                    struct identity *identity);

int
find_respelled(const struct lock *lock, struct walk *walk,
               const struct found *found, const struct lock_entry **entry)
{
    struct str path = found->document->path;
    struct identity here = {0};
    struct identity there = {0};
    *entry = found->entry ? NULL : entry_in_other_case(lock, path);
    if (*entry == NULL)
        return 0;
    int error = identify(walk, path, &here);
    if (error == 0)
        error = identify(walk, (*entry)->path, &there);
    if (error != 0 || !is_identity_equal(here, there))
        *entry = NULL;
    return error;
}

/* Few files are new and there already, so that a list is quick enough. */
static const struct lock_entry *
entry_in_other_case(const struct lock *lock, struct str path)
{
    for (size_t i = 0; i < lock->entry_count; i++) {
        const struct lock_entry *entry = &lock->entries[i];
        if (entry->kind == DOCUMENT_OWNED &&
            is_path_in_other_case(path, entry->path))
            return entry;
    }
    return NULL;
}

static int
identify(struct walk *walk, struct str path, struct identity *identity)
{
    int folder;
    switch (walk_to(walk, path, &folder)) {
    case WALK_HERE:
        return disk_identify(folder, name_from(path_name(path)), identity);
    case WALK_FAILED:
        return walk->error;
    case WALK_ABSENT:
    case WALK_BLOCKED:
        break;
    }
    return 0;
}
