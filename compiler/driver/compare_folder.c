/*
 * brx.h: a folder that was built, against what the program makes today.
 */
#include "driver/difference.h"

#include "base/map.h"
#include "foreign/foreign.h"
#include "source/read.h"
#include "tree/lock.h"

/* What brx_compare_folder() takes and gives. */
struct comparing {
    struct str folder;
    enum brx_difference_form form;
    struct brx_difference *difference;
};

struct folder_walk {
    struct brx *brx;
    struct str folder;
    struct vec pairs; /* of struct file_pair */
    struct differences *differences;
};

/* Objects, when it is YAML or JSON and can be read; else NULL. What is wrong in
 * a file that somebody edited is no message: it differs. */
static const struct raw_file *
read_objects(struct folder_walk *walk, struct str path, struct str text)
{
    struct arena *arena = walk->brx->arena;
    if (!has_suffix(path, STR(".yaml")) && !has_suffix(path, STR(".yml")) &&
        !has_suffix(path, STR(".json")))
        return NULL;
    struct sink *sink = sink_new(arena, walk->brx->pipeline.map, PROFILE_BASIC);
    struct raw_file *file = arena_new(arena, sizeof *file);
    struct yaml_text yaml = {.text = text,
                             .shown = path,
                             .is_workflow =
                                 has_prefix(path, STR(".github/workflows/"))};
    *file = foreign_read_yaml_text(arena, sink, &yaml);
    return file->is_broken || sink_error_count(sink) > 0 ? NULL : file;
}

static bool
read_there(struct folder_walk *walk, struct str path, struct str *text)
{
    struct arena *arena = walk->brx->arena;
    struct str whole = arena_format(arena, "{}/{}", STRS(walk->folder, path));
    return read_file(arena, whole, text).kind == STATUS_OK;
}

static struct file_pair *
add_pair(struct folder_walk *walk, struct str path, enum change_kind kind)
{
    struct file_pair *pair = vec_add(&walk->pairs);
    struct file_change *file = vec_add(&walk->differences->files);
    *file = (struct file_change){path, kind};
    pair->path = path;
    pair->kind = kind;
    return pair;
}

static void
compare_document(struct folder_walk *walk, const struct document *document)
{
    struct str there;
    struct str content = buf_str(&document->content);
    bool is_there = read_there(walk, document->path, &there);
    if (is_there &&
        (document->kind == DOCUMENT_ONCE || is_str_equal(there, content)))
        return;
    struct file_pair *pair = add_pair(walk, document->path,
                                      is_there ? CHANGE_CHANGED : CHANGE_ADDED);
    pair->environment = document->environment;
    pair->after = read_objects(walk, document->path, content);
    if (!is_there)
        return;
    pair->before_text = there;
    pair->after_text = content;
    pair->before = read_objects(walk, document->path, there);
    if (pair->before == NULL || pair->after == NULL)
        pair->before = pair->after = NULL;
}

/* What the lock lists and nothing makes any more. */
static void
compare_lock(struct folder_walk *walk)
{
    struct arena *arena = walk->brx->arena;
    struct map made;
    struct lock lock;
    struct str text;
    struct str fault;
    if (walk->brx->is_partial || !read_there(walk, STR("broxc.lock"), &text) ||
        !lock_parse(arena, text, &lock, &fault))
        return;
    map_init(&made, arena);
    for (size_t i = 0; i < brx_document_count(walk->brx); i++) {
        const struct document *document = document_at(&walk->brx->documents, i);
        map_put(&made, document->path, document);
    }
    for (size_t i = 0; i < lock.entry_count; i++) {
        struct str path = lock.entries[i].path;
        if (lock.entries[i].kind == DOCUMENT_ONCE ||
            map_find(&made, path) != NULL || !read_there(walk, path, &text))
            continue;
        struct file_pair *pair = add_pair(walk, path, CHANGE_REMOVED);
        pair->before = read_objects(walk, path, text);
    }
}

static struct status
compare(struct brx *brx, const void *argument)
{
    const struct comparing *comparing = argument;
    struct differences differences;
    struct folder_walk walk = {brx, comparing->folder, {0}, &differences};
    if (brx->pipeline.model == NULL)
        return (struct status){STATUS_REFUSED, STR("the program has errors")};
    begin_stage(brx, "compare");
    vec_init(&walk.pairs, brx->arena, sizeof(struct file_pair));
    vec_init(&differences.files, brx->arena, sizeof(struct file_change));
    for (size_t i = 0; i < document_count(&brx->documents); i++)
        compare_document(&walk, document_at(&brx->documents, i));
    compare_lock(&walk);
    compare_files(brx->arena, brx->pipeline.ir, walk.pairs.items,
                  walk.pairs.count, &differences);
    *comparing->difference =
        tell_difference(brx->arena, comparing->form, &differences);
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_compare_folder(struct brx *brx, struct brx_text folder,
                   enum brx_difference_form form,
                   struct brx_difference *difference)
{
    struct comparing comparing = {str_of(folder), form, difference};
    return guard(brx, compare, &comparing);
}
