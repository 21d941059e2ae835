#include "tree/leftover.h"

#include "base/limits.h"
#include "base/vec.h"
#include "tree/staging.h"
#include "tree/walk.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* What is where an entry of the lock says. */
enum disk_state { DISK_NOTHING, DISK_SAME, DISK_OTHER };

struct merge {
    struct walk walk;
    struct vec entries; /* of struct lock_entry: what is true */
};

static bool read_staged_lock(const struct output *output, int staging,
                             struct lock *lock);
static struct lock merge_locks(const struct output *output,
                               const struct lock *old, const struct lock *next);
static int compare_sides(const struct lock_entry *old,
                         const struct lock_entry *next);
static const struct lock_entry *true_entry(struct merge *merge,
                                           const struct lock_entry *old,
                                           const struct lock_entry *next);
static enum disk_state compare_disk(struct merge *merge,
                                    const struct lock_entry *entry);
static int write_lock(const struct output *output, int staging,
                      struct str text);

struct status
leftover_open(const struct output *output, struct leftover *leftover,
              struct lock *lock)
{
    *leftover = (struct leftover){.staging = -1};
    struct str path = STR(STAGING_NAME);
    int error = output->root < 0 ? ENOENT
                                 : disk_enter(output->root, name_from(path),
                                              &leftover->staging);
    if (error == ENOENT)
        return (struct status){.kind = STATUS_OK};
    if (error != 0)
        return disk_status(output->arena, STATUS_CANNOT_WRITE, output->folder,
                           path, error);
    struct lock next;
    leftover->has_lock = read_staged_lock(output, leftover->staging, &next);
    if (leftover->has_lock)
        *lock = merge_locks(output, lock, &next);
    return (struct status){.kind = STATUS_OK};
}

/* What only takes room goes first: the disk may be full of it. */
struct status
leftover_repair(const struct output *output, struct leftover *leftover,
                const struct lock_head *head, const struct lock *lock)
{
    if (leftover->has_lock) {
        struct buf text;
        buf_init(&text, output->arena);
        lock_print(&text, head, lock);
        staging_clear(leftover->staging, true);
        int error = write_lock(output, leftover->staging, buf_str(&text));
        if (error != 0)
            return disk_status(output->arena, STATUS_CANNOT_WRITE,
                               output->folder, STR(LOCK_NAME), error);
    }
    staging_clear(leftover->staging, false);
    struct staging staging = {.folder = leftover->staging, .trees = -1};
    struct status status = staging_close(output, &staging);
    leftover->staging = -1;
    return status;
}

void
leftover_close(struct leftover *leftover)
{
    if (leftover->staging >= 0)
        close(leftover->staging);
    leftover->staging = -1;
}

/* False when the run was killed before it was complete: then nothing had been
 * put in its place. */
static bool
read_staged_lock(const struct output *output, int staging, struct lock *lock)
{
    struct str text;
    struct str fault;
    return disk_read(output->arena, staging, name_from(STR(STAGED_LOCK)),
                     LIMIT_LOCK_BYTES, &text) == 0 &&
           lock_parse(output->arena, text, lock, &fault);
}

static struct lock
merge_locks(const struct output *output, const struct lock *old,
            const struct lock *next)
{
    struct merge merge;
    vec_init(&merge.entries, output->arena, sizeof(struct lock_entry));
    walk_open(&merge.walk, output->root);
    size_t o = 0;
    size_t n = 0;
    while (o < old->entry_count || n < next->entry_count) {
        const struct lock_entry *a =
            o < old->entry_count ? &old->entries[o] : NULL;
        const struct lock_entry *b =
            n < next->entry_count ? &next->entries[n] : NULL;
        int order = compare_sides(a, b);
        const struct lock_entry *entry =
            true_entry(&merge, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
        if (entry)
            *(struct lock_entry *)vec_add(&merge.entries) = *entry;
        o += order <= 0;
        n += order >= 0;
    }
    walk_close(&merge.walk);
    return (struct lock){merge.entries.items, merge.entries.count};
}

/* Which path comes first; one side may have come to its end. */
static int
compare_sides(const struct lock_entry *old, const struct lock_entry *next)
{
    if (!old)
        return 1;
    return next ? str_compare(old->path, next->path) : -1;
}

/* Two entries of one path, of which one may be NULL. What was to come and is
 * not there yet stays listed, so that its folders are seen to. */
static const struct lock_entry *
true_entry(struct merge *merge, const struct lock_entry *old,
           const struct lock_entry *next)
{
    if (!next || (old && is_hash_equal(old->hash, next->hash)))
        return old;
    switch (compare_disk(merge, next)) {
    case DISK_SAME:
        return next;
    case DISK_NOTHING:
        return old ? old : next;
    case DISK_OTHER:
        return old;
    }
    return old;
}

static enum disk_state
compare_disk(struct merge *merge, const struct lock_entry *entry)
{
    int folder;
    struct seen seen;
    struct hash hash;
    struct name name = name_from(path_name(entry->path));
    if (walk_to(&merge->walk, entry->path, &folder) != WALK_HERE ||
        (disk_look(folder, name, &seen) == 0 && seen.kind == SEEN_NOTHING))
        return DISK_NOTHING;
    if (disk_hash(folder, name, &hash) == 0 && is_hash_equal(hash, entry->hash))
        return DISK_SAME;
    return DISK_OTHER;
}

static int
write_lock(const struct output *output, int staging, struct str text)
{
    struct name repair = name_from(STR(STAGED_REPAIR));
    int error = disk_write(staging, repair, 0666, false, text);
    if (error != 0)
        return error;
    struct name lock = name_from(STR(LOCK_NAME));
    return renameat(staging, repair.at, output->root, lock.at) == 0 ? 0 : errno;
}
