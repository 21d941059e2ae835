/*
 * Files against what would be written in their place: those that hold objects
 * object by object and field by field, others as a whole.
 */
#include "compare/walk.h"

#include "base/map.h"
#include "compare/risks.h"
#include "compare/text.h"

struct kind_row {
    struct str kind;
    unsigned risks;
    unsigned risks_of_end;
    bool has_pods;
};

static const struct kind_row kinds[] = {
#define KIND(kind, risks, end, has_pods) {STR_INIT(kind), risks, end, has_pods},
#include "compare/kinds.def"
#undef KIND
};

static const struct kind_row *
kind_of(const struct raw *root)
{
    static const struct kind_row other = {STR_INIT(""), 0, 0, false};
    struct str kind = raw_text_at(root, STR("kind"));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (is_str_equal(kinds[i].kind, kind))
            return &kinds[i];
    }
    return &other;
}

/* `Deployment api`; the file's path for what has no name. */
static struct str
title_of(struct arena *arena, const struct raw *root, struct str path)
{
    struct str kind = raw_text_at(root, STR("kind"));
    struct str name = raw_text_at(raw_find(root, STR("metadata")), STR("name"));
    if (is_str_empty(kind) || is_str_empty(name))
        return path;
    return joined(arena, kind, name);
}

/* Pods are replaced when what they are made from changes. */
static void
mark_restarts(struct walk *walk, size_t first)
{
    for (size_t i = first; i < walk->changes->count; i++) {
        struct change *change = vec_at(walk->changes, i);
        if (has_prefix(change->field, STR("spec.template.")))
            change->risks |= RESTART;
    }
}

static void
compare_object(struct walk *walk, struct str path, const struct raw *before,
               const struct raw *after)
{
    const struct raw *there = after == NULL ? before : after;
    const struct kind_row *kind = kind_of(there);
    size_t first = walk->changes->count;
    walk->place.object = title_of(walk->arena, there, path);
    walk->place.risks = after == NULL ? kind->risks_of_end : kind->risks;
    if (before != NULL && after != NULL)
        compare_raw(walk, before, after);
    else
        add_difference(
            walk, &(struct difference){
                      .kind = before == NULL ? CHANGE_ADDED : CHANGE_REMOVED});
    if (kind->has_pods)
        mark_restarts(walk, first);
}

static void
index_objects(struct arena *arena, struct map *map, struct str path,
              const struct raw_file *file)
{
    map_init(map, arena);
    for (size_t i = 0; i < file->document_count; i++)
        map_put(map, title_of(arena, file->documents[i], path),
                file->documents[i]);
}

static void
compare_objects(struct walk *walk, struct str path,
                const struct raw_file *before, const struct raw_file *after)
{
    struct map old;
    struct map new;
    index_objects(walk->arena, &old, path, before);
    index_objects(walk->arena, &new, path, after);
    for (size_t i = 0; i < after->document_count; i++) {
        const struct raw *object = after->documents[i];
        compare_object(walk, path,
                       map_find(&old, title_of(walk->arena, object, path)),
                       object);
    }
    for (size_t i = 0; i < before->document_count; i++) {
        const struct raw *object = before->documents[i];
        if (map_find(&new, title_of(walk->arena, object, path)) == NULL)
            compare_object(walk, path, object, NULL);
    }
}

/* As a whole: it came, went, or says the same with other bytes. */
static void
compare_whole(struct walk *walk, const struct file_pair *pair)
{
    walk->place.object = pair->path;
    walk->place.risks = 0;
    add_difference(walk, &(struct difference){
                             .kind = pair->kind,
                             .before = pair->before_text,
                             .after = pair->after_text,
                         });
}

void
compare_files(struct arena *arena, const struct ir *after,
              const struct file_pair *pairs, size_t count,
              struct differences *differences)
{
    static const struct raw_file nothing;
    struct vec changes;
    struct walk walk = {.arena = arena, .changes = &changes};
    vec_init(&changes, arena, sizeof(struct change));
    for (size_t i = 0; i < count; i++) {
        const struct file_pair *pair = &pairs[i];
        const struct raw_file *old = pair->before;
        const struct raw_file *new = pair->after;
        size_t found = walk.found;
        walk.place = (struct place){.environment = pair->environment};
        if (old != NULL || new != NULL)
            compare_objects(&walk, pair->path, old == NULL ? &nothing : old,
                            new == NULL ? &nothing : new);
        if (found == walk.found)
            compare_whole(&walk, pair);
    }
    arrange_changes(arena, &changes, after, differences);
}
