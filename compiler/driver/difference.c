#include "driver/difference.h"

#include "base/sort.h"

static int
compare_paths(const void *a, const void *b, const void *context)
{
    const struct file_change *first = a;
    const struct file_change *second = b;
    (void)context;
    return str_compare(first->path, second->path);
}

static size_t
written_count(const struct differences *differences)
{
    size_t count = 0;
    for (size_t i = 0; i < differences->changes.count; i++) {
        const struct change *change = vec_at(&differences->changes, i);
        count += change->is_written;
    }
    return count;
}

static struct brx_text
tell(struct arena *arena, enum brx_difference_form form,
     const struct differences *differences)
{
    struct buf text;
    buf_init(&text, arena);
    switch (form) {
    case BRX_PLAIN:
        differences_write(&text, differences);
        break;
    case BRX_MARKDOWN:
        differences_write_markdown(&text, differences);
        break;
    case BRX_DATA:
        differences_write_json(&text, differences);
        break;
    }
    return text_of(buf_str(&text));
}

struct brx_difference
tell_difference(struct arena *arena, enum brx_difference_form form,
                struct differences *differences)
{
    sort_items(arena, differences->files.items, differences->files.count,
               sizeof(struct file_change), compare_paths, NULL);
    return (struct brx_difference){
        differences->changes.count, written_count(differences),
        differences->files.count, tell(arena, form, differences)};
}
