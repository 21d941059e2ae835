/*
 * Objects that somebody wrote by hand, held against where they go and against
 * what broxc makes there.
 */
#include "check/generated.h"

#include "base/buf.h"
#include "ir/kind_types.h"

typedef void visit_object(struct check *check,
                          const struct environment *environment,
                          const struct raw_object *object, struct map *map);

static void
each_object(struct check *check, const struct environment *environment,
            const struct raw_manifest *const *manifests, size_t count,
            visit_object *visit, struct map *map)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < manifests[i]->objects.count; j++)
            visit(check, environment, &manifests[i]->objects.at[j], map);
    }
}

/* `visit` sees what the whole program names, then what the environment does. */
static void
each_object_in(struct check *check, const struct environment *environment,
               visit_object *visit, struct map *map)
{
    const struct ir *ir = check->ir;
    each_object(check, environment, ir->manifests, ir->manifest_count, visit,
                map);
    each_object(check, environment, environment->manifests,
                environment->manifest_count, visit, map);
}

static struct str
object_text(struct check *check, const struct raw_object *object)
{
    return arena_format(check->arena, "{}/{}",
                        STRS(object->kind, object->name));
}

/* ---- Y09 ---------------------------------------------------------------- */

static void
check_namespace(struct check *check, const struct environment *environment,
                const struct raw_object *object, struct map *map)
{
    const struct raw_entry *entry = object->namespace_entry;
    const struct value *wanted = environment->namespace_name;
    (void)map;
    if (entry == NULL || entry->value->kind != RAW_TEXT ||
        (!object->is_cluster_wide &&
         (!is_value_known(wanted) ||
          is_str_equal(entry->value->text, wanted->text))))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_Y09, entry->value->span,
                 STRS(object_text(check, object), entry->value->text));
    if (object->is_cluster_wide)
        diag_label(diag, "objects of this kind have no namespace", NO_STRS);
    else
        diag_label(diag, "`{}` runs in `{}`",
                   STRS(environment->name, wanted->text));
    diag_help(diag,
              "leave it out: each environment puts its own namespace there",
              NO_STRS);
}

void
check_manifest_namespaces(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        each_object_in(check, check->ir->environments[i], check_namespace,
                       NULL);
}

/* ---- N11 ---------------------------------------------------------------- */

static struct str
key_of(struct check *check, const struct raw_object *object)
{
    struct str version = object->api_version;
    struct str group =
        has_byte(version, '/') ? str_cut(&version, '/') : STR("");
    return object_key(check->arena, group, object->kind, object->name);
}

static void
check_against_generated(struct check *check,
                        const struct environment *environment,
                        const struct raw_object *object, struct map *map)
{
    const struct span *made_of = map_find(map, key_of(check, object));
    if (made_of == NULL || object->is_cluster_wide)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_N11, object->name_span,
                                 STRS(object_text(check, object)));
    diag_note(diag, *made_of, "broxc makes one for this in `{}`",
              STRS(environment->name));
    diag_help(diag, "rename it, or take it out", NO_STRS);
}

static void
check_against_others(struct check *check, const struct environment *environment,
                     const struct raw_object *object, struct map *map)
{
    struct str key = key_of(check, object);
    const struct raw_object *first = map_find(map, key);
    /* Without a namespace it is there once for all environments, and one file
     * may be named in several. */
    if (object->is_cluster_wide != (environment == NULL) || first == object)
        return;
    if (first == NULL) {
        map_put(map, key, object);
        return;
    }
    struct diag *diag = diag_add(check->sink, DIAG_N11, object->name_span,
                                 STRS(object_text(check, object)));
    diag_note(diag, first->name_span, "the first one comes from here", NO_STRS);
    diag_help(diag, "rename one of the two", NO_STRS);
}

static void
check_cluster_objects(struct check *check)
{
    const struct ir *ir = check->ir;
    struct map map;
    map_init(&map, check->arena);
    each_object(check, NULL, ir->manifests, ir->manifest_count,
                check_against_others, &map);
    for (size_t i = 0; i < ir->environment_count; i++)
        each_object(check, NULL, ir->environments[i]->manifests,
                    ir->environments[i]->manifest_count, check_against_others,
                    &map);
}

void
check_manifest_collisions(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        struct map generated;
        struct map others;
        if (check->ir->manifest_count + environment->manifest_count == 0)
            continue;
        map_init(&generated, check->arena);
        map_init(&others, check->arena);
        put_generated(check, environment, &generated);
        each_object_in(check, environment, check_against_generated, &generated);
        each_object_in(check, environment, check_against_others, &others);
    }
    check_cluster_objects(check);
}

/* ---- files -------------------------------------------------------------- */

/* A disk may take capital letters for small ones. */
static struct str
small_letters(struct arena *arena, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len; i++)
        buf_byte(&buf, ascii_lower(text.at[i]));
    return buf_str(&buf);
}

static void
check_file(struct check *check, const struct raw_manifest *manifest,
           struct map *map)
{
    struct str stem = raw_manifest_stem(manifest);
    struct str key = small_letters(check->arena, stem);
    const struct raw_manifest *first = map_find(map, key);
    if (first == NULL) {
        map_put(map, key, manifest);
        return;
    }
    if (is_str_equal(first->path, manifest->path))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_N11, manifest->span,
        STRS(arena_format(check->arena, "manifests/{}.yaml", STRS(stem))));
    diag_note(diag, first->span, "this file is called so, too", NO_STRS);
    diag_help(diag, "rename one of the two", NO_STRS);
}

void
check_manifest_files(struct check *check)
{
    const struct ir *ir = check->ir;
    struct map map;
    map_init(&map, check->arena);
    for (size_t i = 0; i < ir->manifest_count; i++)
        check_file(check, ir->manifests[i], &map);
    for (size_t i = 0; i < ir->environment_count; i++) {
        for (size_t j = 0; j < ir->environments[i]->manifest_count; j++)
            check_file(check, ir->environments[i]->manifests[j], &map);
    }
}

/* Y23: older and newer versions are taken to be like the nearest known. */
void
check_known_versions(struct check *check)
{
    const struct value *versions = check->ir->project->kubernetes;
    if (!is_value_known(versions))
        return;
    struct kube_range range = kube_range_of(versions);
    bool is_old = range.oldest < KUBE_OLDEST_KNOWN;
    if (!is_old && range.newest <= KUBE_NEWEST_KNOWN)
        return;
    struct arena *arena = check->arena;
    struct diag *diag = diag_add_as(
        check->sink, DIAG_Y23, is_old ? SEVERITY_WARNING : SEVERITY_INFO,
        versions->span,
        STRS(arena_format(
            arena, "1.{}",
            STRS(arena_number(arena, is_old ? range.oldest : range.newest)))));
    diag_label(diag, "it knows 1.{} to 1.{}",
               STRS(arena_number(arena, KUBE_OLDEST_KNOWN),
                    arena_number(arena, KUBE_NEWEST_KNOWN)));
}
