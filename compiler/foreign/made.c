/*
 * What is written itself, against versions of Kubernetes that are older than
 * those for which the tests prove it.
 */
#include "base/map.h"
#include "foreign/fields.h"
#include "foreign/foreign.h"

struct made_walk {
    struct fields fields;
    struct map seen; /* KIND FIELD, said once */
    struct span span;
    struct str environment;
    struct str name; /* of the object */
};

static void
report_new(struct made_walk *walk, const struct where *where,
           const struct raw_field *field)
{
    struct arena *arena = walk->fields.arena;
    struct str key =
        arena_format(arena, "{} {}", STRS(walk->fields.kind, field->name));
    struct str since =
        arena_format(arena, "1.{}", STRS(arena_number(arena, field->since)));
    if (map_find(&walk->seen, key) != NULL)
        return;
    map_put(&walk->seen, key, walk);
    struct diag *diag = diag_add(
        walk->fields.sink, DIAG_Y21, walk->span,
        STRS(walk->fields.kind, where_text(&walk->fields, where), since));
    diag_label(diag, "`{}/{}` of `{}` has it",
               STRS(walk->fields.kind, walk->name, walk->environment));
    diag_help(diag, "begin the range with {}", STRS(since));
}

static void
walk_made(struct made_walk *walk, const struct where *where,
          const struct raw_type *type, const struct raw *raw)
{
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        struct where inner = {.parent = where, .key = entry->key, .index = i};
        const struct raw_field *field =
            raw->kind == RAW_MAP ? raw_field_find(type, entry->key) : NULL;
        const struct raw_type *its = field == NULL ? type->inner : field->type;
        if (field != NULL && field->since > walk->fields.range->oldest)
            report_new(walk, &inner, field);
        if (its != NULL)
            walk_made(walk, &inner, its, entry->value);
    }
}

void
foreign_check_made(struct arena *arena, struct sink *sink,
                   struct kind_types *types, const struct ir *ir,
                   const struct made_objects *made)
{
    struct made_walk walk = {
        .fields = {.arena = arena, .sink = sink, .range = &types->range},
        .span = ir->project->kubernetes->span};
    map_init(&walk.seen, arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        walk.environment = ir->environments[i]->name;
        for (size_t j = 0; j < made[i].count; j++) {
            if (made[i].at[j].is_brought)
                continue;
            const struct raw *root = made[i].at[j].root;
            walk.fields.kind = raw_text_at(root, STR("kind"));
            walk.name =
                raw_text_at(raw_find(root, STR("metadata")), STR("name"));
            const struct raw_type *type = kind_type_find(
                types, raw_text_at(root, STR("apiVersion")), walk.fields.kind);
            if (type != NULL)
                walk_made(&walk, NULL, type, root);
        }
    }
}
