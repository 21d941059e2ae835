/*
 * Two streams of Kubernetes objects, compared one by one. They are read by the
 * rules of YAML 1.2, since kustomize prints `=`, `<<` and addresses plain.
 */
#include "yamlcheck.h"

#include "base/map.h"
#include "support/yaml_compare.h"

struct object {
    struct str name; /* `apps/v1 Deployment dev/api` */
    const struct yaml_node *root;
};

struct objects {
    const struct yaml_file *file;
    struct vec list; /* of struct object * */
    struct map by_name;
};

static void read_objects(struct findings *findings,
                         const struct yaml_file *file, struct objects *objects);
static void add_object(struct findings *findings, struct objects *objects,
                       const struct yaml_node *root);
static struct str object_name(struct arena *arena,
                              const struct yaml_node *root);
static struct str text_at(const struct yaml_node *map, struct str key);
static void expect_all(struct findings *findings, const struct objects *here,
                       const struct objects *there);
static void compare_object(struct findings *findings,
                           const struct objects *here,
                           const struct objects *there,
                           const struct object *left,
                           const struct object *right);

size_t
compare_objects(struct findings *findings, const struct yaml_file *left,
                const struct yaml_file *right)
{
    struct objects here;
    struct objects there;
    read_objects(findings, left, &here);
    read_objects(findings, right, &there);
    expect_all(findings, &here, &there);
    expect_all(findings, &there, &here);
    for (size_t i = 0; i < here.list.count; i++) {
        const struct object *const *object = vec_at(&here.list, i);
        const struct object *other = map_find(&there.by_name, (*object)->name);
        if (other != NULL) {
            compare_object(findings, &here, &there, *object, other);
        }
    }
    return here.list.count;
}

static void
read_objects(struct findings *findings, const struct yaml_file *file,
             struct objects *objects)
{
    objects->file = file;
    vec_init(&objects->list, findings->arena, sizeof(struct object *));
    map_init(&objects->by_name, findings->arena);
    struct yaml_stream stream = read_yaml_libfyaml(findings->arena, file->text);
    if (stream.line > 0) {
        finding_add(findings, file->path, stream.line, stream.message);
        return;
    }
    for (size_t i = 0; i < yaml_document_count(&stream); i++) {
        add_object(findings, objects, yaml_document_at(&stream, i));
    }
    if (objects->list.count == 0) {
        finding_add(findings, file->path, 1, STR("no object"));
    }
}

/* An empty document is nothing to a cluster either. */
static void
add_object(struct findings *findings, struct objects *objects,
           const struct yaml_node *root)
{
    if (root->shape == SHAPE_TEXT && root->text.len == 0) {
        return;
    }
    if (is_str_empty(text_at(root, STR("kind")))) {
        finding_add(findings, objects->file->path, root->line,
                    STR("a document without a kind"));
        return;
    }
    struct object *object = arena_new(findings->arena, sizeof *object);
    object->name = object_name(findings->arena, root);
    object->root = root;
    if (map_find(&objects->by_name, object->name) != NULL) {
        finding_add(findings, objects->file->path, root->line,
                    arena_format(findings->arena, "{} a second time",
                                 STRS(object->name)));
        return;
    }
    vec_add_pointer(&objects->list, object);
    map_put(&objects->by_name, object->name, object);
}

static struct str
object_name(struct arena *arena, const struct yaml_node *root)
{
    const struct yaml_node *metadata = yaml_find(root, STR("metadata"));
    return arena_format(arena, "{} {} {}/{}",
                        STRS(text_at(root, STR("apiVersion")),
                             text_at(root, STR("kind")),
                             text_at(metadata, STR("namespace")),
                             text_at(metadata, STR("name"))));
}

static struct str
text_at(const struct yaml_node *map, struct str key)
{
    const struct yaml_node *found = map == NULL ? NULL : yaml_find(map, key);
    return found == NULL ? STR("") : found->text;
}

static void
expect_all(struct findings *findings, const struct objects *here,
           const struct objects *there)
{
    for (size_t i = 0; i < here->list.count; i++) {
        const struct object *const *object = vec_at(&here->list, i);
        if (map_find(&there->by_name, (*object)->name) == NULL) {
            finding_add(findings, here->file->path, (*object)->root->line,
                        arena_format(findings->arena, "{} is not in {}",
                                     STRS((*object)->name,
                                          str_from(there->file->path))));
        }
    }
}

static void
compare_object(struct findings *findings, const struct objects *here,
               const struct objects *there, const struct object *left,
               const struct object *right)
{
    struct vec differences;
    vec_init(&differences, findings->arena, sizeof(struct yaml_difference));
    yaml_compare(findings->arena, COMPARE_OBJECTS, left->root, right->root,
                 &differences);
    for (size_t i = 0; i < differences.count; i++) {
        const struct yaml_difference *found = vec_at(&differences, i);
        const struct yaml_node *other =
            found->right == NULL ? right->root : found->right;
        uint32_t line =
            found->left == NULL ? left->root->line : found->left->line;
        struct buf what;
        buf_init(&what, findings->arena);
        buf_format(&what, "{} {}: ", STRS(left->name, found->path));
        yaml_describe(&what, found, STR(", but "));
        buf_format(&what, " at {}:", STRS(str_from(there->file->path)));
        buf_number(&what, other->line);
        finding_add(findings, here->file->path, line, buf_str(&what));
    }
}
