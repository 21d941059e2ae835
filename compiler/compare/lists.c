/*
 * Lists, item by item: an item is found again by its key, and among several of
 * one key first by all that it says.
 */
#include "compare/walk.h"

#include "base/map.h"

enum { NOT_MATCHED = -1 };

/* One side's items. */
struct side {
    const void **items;
    struct str *keys;
    size_t *next;      /* the next item of the same key, + 1; or 0 */
    ptrdiff_t *others; /* index on the other side, or NOT_MATCHED */
    size_t count;
};

static size_t
item_size(enum shape_id id)
{
    static const size_t sizes[] = {
        [SHAPE_NONE] = 0,
#define SHAPE(id) [SHAPE_##id] = sizeof(struct id),
#define END(id)
#define FIELD(id, member, ...)
#include "compare/rows.h"
    };
    return sizes[id];
}

static struct side
make_side(struct walk *walk, const struct field *field, const void *holder,
          const struct ir *ir)
{
    struct arena *arena = walk->arena;
    bool is_of_pointers = field->form == FORM_REFS || field->form == FORM_KEYS;
    const char *at = field_pointer(field, holder);
    size_t count = field->form == FORM_SETTINGS ? ir->config_key_count
                                                : field_count(field, holder);
    struct side side = {.items = arena_array(arena, count, sizeof *side.items),
                        .keys = arena_array(arena, count, sizeof *side.keys),
                        .next = arena_array(arena, count, sizeof *side.next),
                        .others =
                            arena_array(arena, count, sizeof *side.others),
                        .count = count};
    for (size_t i = 0; i < count; i++) {
        side.items[i] = is_of_pointers
                            ? ((const void *const *)(const void *)at)[i]
                            : at + i * item_size(field->of);
        side.keys[i] = shape_key(arena, field->of, side.items[i]);
        side.others[i] = NOT_MATCHED;
    }
    return side;
}

/* Key to the first item that has it, each with the next one. */
static void
chain_keys(struct arena *arena, struct side *side, struct map *map)
{
    map_init(map, arena);
    for (size_t i = side->count; i-- > 0;) {
        const size_t *first = map_find(map, side->keys[i]);
        size_t *this = arena_new(arena, sizeof *this);
        side->next[i] = first == NULL ? 0 : *first;
        *this = i + 1;
        map_put(map, side->keys[i], this);
    }
}

static void
match_item(struct walk *walk, const struct field *field, struct side *before,
           struct side *after, size_t index, size_t first, bool is_exact)
{
    for (size_t at = first; at != 0; at = before->next[at - 1]) {
        if (before->others[at - 1] != NOT_MATCHED)
            continue;
        if (is_exact && !is_shape_equal(walk, field->of, before->items[at - 1],
                                        after->items[index]))
            continue;
        before->others[at - 1] = (ptrdiff_t)index;
        after->others[index] = (ptrdiff_t)at - 1;
        return;
    }
}

static void
match_sides(struct walk *walk, const struct field *field, struct side *before,
            struct side *after)
{
    struct map firsts;
    chain_keys(walk->arena, before, &firsts);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < after->count; i++) {
            const size_t *first = map_find(&firsts, after->keys[i]);
            bool is_only = first != NULL && before->next[*first - 1] == 0;
            if (first == NULL || after->others[i] != NOT_MATCHED)
                continue;
            if (field->form == FORM_KEYS || round == 1 || !is_only)
                match_item(walk, field, before, after, i, *first,
                           round == 0 && field->form != FORM_KEYS);
        }
    }
}

static void
compare_items(struct walk *walk, const struct field *field, struct str key,
              const void *before, const void *after)
{
    struct place outer = walk->place;
    walk->place =
        place_under(walk, field, key, before == NULL ? after : before);
    if (before == NULL || after == NULL)
        add_presence(walk, field, before, after);
    else if (field->form != FORM_KEYS)
        compare_shape(walk, field->of, before, after);
    walk->place = outer;
}

/* The keys of those that are on both sides, in the order of one. */
static struct str
common_keys(struct arena *arena, const struct side *side)
{
    struct buf keys;
    buf_init(&keys, arena);
    for (size_t i = 0; i < side->count; i++) {
        if (side->others[i] == NOT_MATCHED)
            continue;
        if (keys.len > 0)
            buf_add(&keys, STR(", "));
        buf_add(&keys, side->keys[i]);
    }
    return buf_str(&keys);
}

static bool
is_in_order(const struct side *after)
{
    ptrdiff_t last = NOT_MATCHED;
    for (size_t i = 0; i < after->count; i++) {
        if (after->others[i] == NOT_MATCHED)
            continue;
        if (after->others[i] < last)
            return false;
        last = after->others[i];
    }
    return true;
}

static void
compare_order(struct walk *walk, const struct field *field,
              const struct side *before, const struct side *after)
{
    if ((field->risks & ANY_ORDER) != 0 || is_in_order(after))
        return;
    struct difference difference = {
        .name = joined(walk->arena, str_from(field->name), STR("order")),
        .kind = CHANGE_CHANGED,
        .before = common_keys(walk->arena, before),
        .after = common_keys(walk->arena, after),
        .risks = field->risks,
    };
    add_difference(walk, &difference);
}

void
compare_lists(struct walk *walk, const struct field *field, const void *before,
              const void *after)
{
    struct side old = make_side(walk, field, before, walk->before);
    struct side new = make_side(walk, field, after, walk->after);
    match_sides(walk, field, &old, &new);
    for (size_t i = 0; i < new.count; i++) {
        ptrdiff_t other = new.others[i];
        compare_items(walk, field, new.keys[i],
                      other == NOT_MATCHED ? NULL : old.items[other],
                      new.items[i]);
    }
    for (size_t i = 0; i < old.count; i++) {
        if (old.others[i] == NOT_MATCHED)
            compare_items(walk, field, old.keys[i], old.items[i], NULL);
    }
    compare_order(walk, field, &old, &new);
}
