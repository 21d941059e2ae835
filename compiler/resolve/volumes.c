/*
 * Volumes by their kind. What a kind does not take is said here, since one
 * word has them all.
 */
#include "resolve/volumes.h"

#include "resolve/bind.h"
#include "resolve/names.h"
#include "resolve/node.h"
#include "resolve/placement.h"

/* L29: what only the program can choose. */
static void
report_missing(const struct scope *scope, const struct node *node,
               const char *word, const char *example)
{
    struct str name = str_from(node->word->name);
    struct diag *diag =
        diag_add(scope->resolver->sink, DIAG_L29, node->span,
                 STRS(arena_format(scope->resolver->arena, "`{}`", STRS(name)),
                      str_from(word)));
    diag_help(diag, "write it like `{} … {} {}`",
              STRS(name, str_from(word), str_from(example)));
}

/* ---- files -------------------------------------------------------------- */

/* A span as a key of a map. */
static struct str
span_key(const struct span *span)
{
    return (struct str){(const char *)span, sizeof *span};
}

void
collect_project_files(struct resolver *resolver,
                      const struct resolve_input *input)
{
    for (size_t i = 0; i < input->project_file_count; i++)
        map_put(&resolver->project_files,
                span_key(&input->project_files[i].span),
                &input->project_files[i]);
}

/* NULL when it could not be read, and that was said. */
static const struct project_file *
find_project_file(const struct scope *scope, const struct node *node)
{
    const struct node *from = node_child(node, WORD_FILE_FROM);
    if (from == NULL) {
        if (node->cells[0].syntax != NULL)
            report_missing(scope, node, "from", "conf/app.conf");
        return NULL;
    }
    const struct argument *path = from->cells[0].syntax;
    return path == NULL ? NULL
                        : map_find(&scope->resolver->project_files,
                                   span_key(&path->span));
}

void
resolve_files(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_FILE_FACT);
    struct config_file *files =
        arena_array(scope->resolver->arena, list.count, sizeof *files);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        files[i] = (struct config_file){
            .name = node_key(at->node),
            .file = find_project_file(scope, at->node),
            .path = scope_value(&inside, WORD_VOLUME_AT),
            .mode = scope_value(&inside, WORD_VOLUME_MODE),
            .span = at->node->span,
        };
        if (at->node->cells[0].syntax != NULL && !is_config_key(files[i].name))
            diag_add(scope->resolver->sink, DIAG_N08,
                     at->node->cells[0].syntax->span, STRS(files[i].name));
    }
    workload->files = files;
    workload->file_count = list.count;
}

void
resolve_secret_files(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_SECRET_FILE);
    struct vec files;
    vec_init(&files, scope->resolver->arena, sizeof(struct secret_file));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        const struct value *name = scope_argument(scope, *at, 0);
        if (!is_value_known(name))
            continue;
        struct secret_file *file = vec_add(&files);
        file->secret = bind_secret(scope->resolver, name);
        file->path = scope_value(&inside, WORD_VOLUME_AT);
        file->span = at->node->span;
        if (file->path == NULL)
            report_missing(scope, at->node, "at", "/etc/app/key");
    }
    workload->secret_files = files.items;
    workload->secret_file_count = files.count;
}

/* ---- volumes ------------------------------------------------------------ */

/* By enum volume_kind: its word, and what its third argument is. */
static const struct {
    const char *word;
    const char *object; /* NULL: it has none */
    bool is_object_free;
} kinds[] = {
    [VOLUME_EMPTY] = {"empty", NULL, false},
    [VOLUME_CLAIM] = {"claim", "the claim's name", false},
    [VOLUME_OWN] = {"own", NULL, false},
    [VOLUME_EPHEMERAL] = {"ephemeral", NULL, false},
    [VOLUME_CONFIG] = {"config", "a ConfigMap's name", true},
    [VOLUME_SECRET] = {"secret", "a Secret's name", false},
    [VOLUME_PROJECTED] = {"projected", NULL, false},
    [VOLUME_CSI] = {"csi", "a driver's name", false},
};

static enum volume_kind
volume_kind_of(const struct value *kind)
{
    for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof kinds[0];
         i++) {
        if (is_str_equal(kind->text, str_from(kinds[i].word)))
            return (enum volume_kind)i;
    }
    return VOLUME_EMPTY;
}

/* L28, L29: what its kind takes and needs. */
static void
check_volume(const struct scope *scope, const struct node *node,
             const struct volume *volume)
{
    const char *object = kinds[volume->kind].object;
    bool is_claimed =
        volume->kind == VOLUME_OWN || volume->kind == VOLUME_EPHEMERAL;
    if (node->cells[0].syntax == NULL)
        return;
    if ((object == NULL) != (volume->object == NULL) &&
        !kinds[volume->kind].is_object_free)
        diag_add(scope->resolver->sink, DIAG_L28, node->span,
                 STRS(str_from(kinds[volume->kind].word),
                      str_from(object == NULL ? "no name" : object)));
    if (is_claimed && volume->size == NULL)
        report_missing(scope, node, "size", "10Gi");
    if (volume->kind == VOLUME_PROJECTED && volume->source_count == 0)
        report_missing(scope, node, "token", "vault");
}

static struct volume_items
resolve_items(const struct scope *inside)
{
    struct vec list = scope_list(inside, WORD_VOLUME_ITEM);
    struct volume_item *items =
        arena_array(inside->resolver->arena, list.count, sizeof *items);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope item = scope_inside(inside, *at);
        items[i] = (struct volume_item){
            .key = node_key(at->node),
            .path = scope_value(&item, WORD_VOLUME_ITEM_AS),
            .mode = scope_value(&item, WORD_VOLUME_MODE),
            .span = at->node->span,
        };
    }
    return (struct volume_items){items, list.count};
}

static void
add_sources(const struct scope *inside, enum word_id word,
            enum source_kind kind, struct vec *sources)
{
    struct vec list = scope_list(inside, word);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope source = scope_inside(inside, *at);
        struct volume_source made = {
            .kind = kind, .name = node_key(at->node), .span = at->node->span};
        if (kind == SOURCE_TOKEN) {
            made.audience = scope_value(&source, WORD_TOKEN_AUDIENCE);
            made.expires = scope_value(&source, WORD_TOKEN_EXPIRES);
        } else if (kind == SOURCE_FIELD) {
            made.field = scope_argument(inside, *at, 1);
        } else {
            made.items = resolve_items(&source);
            made.is_optional = scope_has(&source, WORD_VOLUME_OPTIONAL);
        }
        *(struct volume_source *)vec_add(sources) = made;
    }
}

/* In an order of its own, so that no layer changes it. */
static void
resolve_sources(const struct scope *inside, struct volume *volume)
{
    struct vec sources;
    vec_init(&sources, inside->resolver->arena, sizeof(struct volume_source));
    add_sources(inside, WORD_VOLUME_CONFIG, SOURCE_CONFIG, &sources);
    add_sources(inside, WORD_VOLUME_SECRET, SOURCE_SECRET, &sources);
    add_sources(inside, WORD_VOLUME_TOKEN, SOURCE_TOKEN, &sources);
    add_sources(inside, WORD_VOLUME_FIELD, SOURCE_FIELD, &sources);
    volume->sources = sources.items;
    volume->source_count = sources.count;
}

static struct volume
resolve_volume(const struct scope *scope, struct scope_node at)
{
    struct scope inside = scope_inside(scope, at);
    struct volume volume = {
        .name = node_key(at.node),
        .kind = volume_kind_of(scope_argument(scope, at, 1)),
        .object = scope_argument(scope, at, 2),
        .path = scope_value(&inside, WORD_VOLUME_AT),
        .size = scope_value(&inside, WORD_VOLUME_SIZE),
        .class_name = scope_value(&inside, WORD_VOLUME_CLASS),
        .access = scope_value(&inside, WORD_VOLUME_ACCESS),
        .mode = scope_value(&inside, WORD_VOLUME_MODE),
        .sub_path = scope_value(&inside, WORD_VOLUME_SUB_PATH),
        .items = resolve_items(&inside),
        .is_in_memory = scope_has(&inside, WORD_VOLUME_IN_MEMORY),
        .is_read_only = scope_has(&inside, WORD_VOLUME_READ_ONLY),
        .is_optional = scope_has(&inside, WORD_VOLUME_OPTIONAL),
        .span = at.node->span,
    };
    volume.attributes =
        resolve_pairs(&inside, WORD_VOLUME_ATTRIBUTE, &volume.attribute_count);
    resolve_sources(&inside, &volume);
    return volume;
}

/* Does a container of the pod say where it sees the volume? */
static bool
is_mounted_elsewhere(const struct scope *scope, enum word_id containers,
                     struct str volume)
{
    struct vec list = scope_list(scope, containers);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        for (const struct node *mount = node_child(at->node, WORD_MOUNT);
             mount != NULL; mount = mount->next_same) {
            if (is_str_equal(node_key(mount), volume) &&
                node_child(mount, WORD_VOLUME_AT) != NULL)
                return true;
        }
    }
    return false;
}

/* L29: somebody must see it. */
static void
check_path(const struct scope *scope, const struct node *node,
           const struct volume *volume)
{
    if (volume->path == NULL && node->cells[0].syntax != NULL &&
        !is_mounted_elsewhere(scope, WORD_INIT, volume->name) &&
        !is_mounted_elsewhere(scope, WORD_SIDECAR, volume->name))
        report_missing(scope, node, "at", "/data");
}

void
resolve_volumes(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_VOLUME);
    struct volume *volumes =
        arena_array(scope->resolver->arena, list.count, sizeof *volumes);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        volumes[i] = resolve_volume(scope, *at);
        check_volume(scope, at->node, &volumes[i]);
        check_path(scope, at->node, &volumes[i]);
    }
    workload->volumes = volumes;
    workload->volume_count = list.count;
}
