/*
 * Reads any bytes as broxc.lock. What is read names files below the folder,
 * each once, and reads the same when it is printed.
 */
#include "program.h"

#include "tree/lock.h"

static void
expect_entry(const struct lock *lock, size_t index)
{
    const struct lock_entry *entry = &lock->entries[index];

    expect(entry->path.len > 0 && entry->path.at[0] != '/');
    expect(!has_prefix(entry->path, STR("../")));
    expect(lock_find(lock, entry->path) == entry);
}

static void
expect_same(struct arena *arena, const struct lock *lock)
{
    struct lock_head head = {STR("0.1.0"), STR("envs.brx")};
    struct lock again;
    struct str fault;
    struct buf buf;

    buf_init(&buf, arena);
    lock_print(&buf, &head, lock);
    expect(lock_parse(arena, buf_str(&buf), &again, &fault));
    expect(again.entry_count == lock->entry_count);
    for (size_t i = 0; i < lock->entry_count; i++) {
        const struct lock_entry *a = &lock->entries[i];
        const struct lock_entry *b = &again.entries[i];
        expect(is_str_equal(a->path, b->path) && a->kind == b->kind &&
               is_str_equal(a->origins, b->origins));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = input_arena();
    struct str text = {(const char *)data, size};
    struct lock lock;
    struct str fault;

    if (lock_parse(arena, text, &lock, &fault)) {
        for (size_t i = 0; i < lock.entry_count; i++)
            expect_entry(&lock, i);
        expect_same(arena, &lock);
    } else {
        expect(fault.len > 0);
    }
    return 0;
}
