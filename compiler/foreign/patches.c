#include "foreign/patches.h"

#include "base/map.h"
#include "base/vec.h"
#include "diag/near.h"
#include "foreign/fields.h"
#include "foreign/foreign.h"

/* What a patch did, over all environments: found by the place of its words. */
struct effect {
    const struct patch *patch;
    bool is_applied;
    bool is_changing;
};

struct effects {
    struct arena *arena;
    struct sink *sink;
    struct map by_place;
    struct vec list; /* of struct effect * */
};

/* Y16: an object as a whole is what the program says elsewhere. */
static void
check_root(struct sink *sink, const struct patch *patch)
{
    const struct raw_entry *entry =
        raw_entry_find(patch->root, STR(MERGE_DIRECTIVE));
    if (entry == NULL)
        return;
    struct diag *diag =
        diag_add(sink, DIAG_Y16, entry->key_span, STRS(entry->key));
    diag_label(diag, "a patch changes an object, and does not take it out",
               NO_STRS);
}

void
foreign_check_patches(struct arena *arena, struct sink *sink,
                      struct kind_types *types, const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0; j < environment->patch_count; j++) {
            const struct patch *patch = &environment->patches[j];
            struct str version;
            const struct raw_type *type =
                kind_type_find_named(types, patch->kind, &version);
            check_root(sink, patch);
            if (type == NULL)
                continue;
            struct patch_check check = {merge_of(arena, version), sink, patch,
                                        environment->name};
            check_patch_fields(arena, sink, &types->range, patch->kind, type,
                               patch->root);
            check_patch_directives(
                &check, merge_root_type(version, patch->kind), patch->root);
        }
    }
}

/* ---- what is made ------------------------------------------------------- */

static struct effect *
effect_of(struct effects *effects, const struct patch *patch)
{
    struct str key = {(const char *)&patch->span, sizeof patch->span};
    struct effect *effect = map_find(&effects->by_place, key);
    if (effect != NULL)
        return effect;
    effect = arena_new(effects->arena, sizeof *effect);
    effect->patch = patch;
    map_put(&effects->by_place, key, effect);
    vec_add_pointer(&effects->list, effect);
    return effect;
}

/* The object after all patches before this one. */
static void
check_object(struct effects *effects, const struct environment *environment,
             const struct made_object *object)
{
    const struct raw *now = object->root;
    struct str kind = raw_text_at(now, STR("kind"));
    struct str version = raw_text_at(now, STR("apiVersion"));
    for (size_t i = 0; i < environment->patch_count && now != NULL; i++) {
        const struct patch *patch = &environment->patches[i];
        if (!is_patch_of(patch, object))
            continue;
        struct patch_check check = {merge_of(effects->arena, version),
                                    effects->sink, patch, environment->name};
        const struct raw *after = merge_patch(
            &check.merge, merge_root_type(version, kind), now, patch->root);
        struct effect *effect = effect_of(effects, patch);
        effect->is_applied = true;
        effect->is_changing |= !is_raw_equal(now, after);
        check_patch_changes(&check, object, now, after);
        now = after;
    }
}

static struct str
object_text(struct arena *arena, struct str kind, struct str name)
{
    return arena_format(arena, "{}/{}", STRS(kind, name));
}

static void
offer_names(struct near *near, const struct patch *patch,
            const struct made_objects *made)
{
    for (size_t i = 0; i < made->count; i++) {
        struct str kind = raw_text_at(made->at[i].root, STR("kind"));
        if (is_str_equal(kind, patch->kind))
            near_offer(near, made->at[i].common_name);
    }
}

static void
offer_kinds(struct near *near, const struct patch *patch,
            const struct made_objects *made)
{
    for (size_t i = 0; i < made->count; i++) {
        if (is_str_equal(made->at[i].common_name, patch->name))
            near_offer(near, raw_text_at(made->at[i].root, STR("kind")));
    }
}

static void
report_target(const struct effects *effects, const struct ir *ir,
              const struct patch *patch, const struct made_objects *made)
{
    struct near name = {.wanted = patch->name};
    struct near kind = {.wanted = patch->kind};
    for (size_t i = 0; i < ir->environment_count; i++) {
        offer_names(&name, patch, &made[i]);
        offer_kinds(&kind, patch, &made[i]);
    }
    bool is_kind = is_str_empty(name.best) && !is_str_empty(kind.best);
    struct diag *diag = diag_add(
        effects->sink, DIAG_Y12, is_kind ? patch->kind_span : patch->name_span,
        STRS(object_text(effects->arena, patch->kind, patch->name)));
    if (!is_str_empty(name.best))
        diag_help(diag, "the nearest name is `{}`", STRS(name.best));
    else if (is_kind)
        diag_help(diag, "the nearest kind is `{}`", STRS(kind.best));
    else
        diag_help(diag, "`broxc build --flat` shows every object that is made",
                  NO_STRS);
}

static void
report_effects(struct effects *effects, const struct ir *ir,
               const struct made_objects *made)
{
    for (size_t i = 0; i < effects->list.count; i++) {
        struct effect *const *at = vec_at(&effects->list, i);
        const struct patch *patch = (*at)->patch;
        if (!(*at)->is_applied)
            report_target(effects, ir, patch, made);
        else if (!(*at)->is_changing)
            diag_label(diag_add(effects->sink, DIAG_Y13, patch->span,
                                STRS(object_text(effects->arena, patch->kind,
                                                 patch->name))),
                       "the object says all of it already", NO_STRS);
    }
}

void
foreign_check_patched(struct arena *arena, struct sink *sink,
                      const struct ir *ir, const struct made_objects *made)
{
    struct effects effects = {.arena = arena, .sink = sink};
    map_init(&effects.by_place, arena);
    vec_init(&effects.list, arena, sizeof(struct effect *));
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0; j < environment->patch_count; j++)
            effect_of(&effects, &environment->patches[j]);
        for (size_t j = 0; j < made[i].count; j++)
            check_object(&effects, environment, &made[i].at[j]);
    }
    report_effects(&effects, ir, made);
}
