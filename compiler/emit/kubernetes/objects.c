#include "emit/kubernetes/objects.h"

#include "emit/kubernetes.h"
#include "emit/kubernetes/manifests.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/workload.h"

/* Who sees the objects, and of which environment they are. */
struct visiting {
    const struct plan *plan;
    const struct environment *environment;
    visit_planned *visit;
    void *context;
};

static void
visit_kind(const struct visiting *visiting, const struct kind *kind,
           struct instance instance, const char *colour)
{
    struct planned_object object = {.kind = kind, .instance = instance};
    object.instance.is_flat = true;
    object.instance.colour = str_from(colour);
    visiting->visit(visiting->context, &object);
}

static void
visit_kinds(const struct visiting *visiting, const struct workload *workload)
{
    const struct environment *environment = visiting->environment;
    struct instance whole =
        instance_of(visiting->plan, environment, workload, PART_WHOLE);
    struct subject subject = {visiting->plan->ir, environment, workload};
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        bool is_own_scope =
            (kind->scope == SCOPE_ENVIRONMENT) == (workload == NULL);
        if (!is_own_scope || !kind_exists(kind, subject))
            continue;
        if (kind->scope == SCOPE_COLOUR && is_coloured(workload)) {
            visit_kind(visiting, kind, whole, COLOUR_ACTIVE);
            visit_kind(visiting, kind, whole, COLOUR_IDLE);
        } else {
            visit_kind(visiting, kind, whole, "");
        }
    }
}

static void
visit_manifests(const struct visiting *visiting,
                const struct raw_manifest *const *manifests, size_t count)
{
    struct planned_object object = {
        .instance = {.plan = visiting->plan,
                     .environment = visiting->environment}};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < manifests[i]->objects.count; j++) {
            object.brought = &manifests[i]->objects.at[j];
            if (!object.brought->is_cluster_wide)
                visiting->visit(visiting->context, &object);
        }
    }
}

void
each_planned(const struct plan *plan, const struct environment *environment,
             struct share share, visit_planned *visit, void *context)
{
    struct visiting visiting = {plan, environment, visit, context};
    if (share.first == 0)
        visit_kinds(&visiting, NULL);
    for (size_t i = share.first; i < share.end; i++)
        visit_kinds(&visiting, environment->workloads[i]);
    if (share.end < environment->workload_count)
        return;
    visit_manifests(&visiting, plan->ir->manifests, plan->ir->manifest_count);
    visit_manifests(&visiting, environment->manifests,
                    environment->manifest_count);
}

void
print_planned(struct yaml *yaml, const struct planned_object *object)
{
    if (object->kind != NULL)
        object->kind->emit(yaml, &object->instance);
    else
        emit_manifest_object(yaml, object->instance.plan, object->brought,
                             object->instance.environment);
}

/* ---- as data ------------------------------------------------------------ */

/* What kustomize knows it by when patches are laid, or knew it by. */
static struct str
source_name(struct arena *arena, const struct planned_object *object,
            struct str name)
{
    const struct instance *instance = &object->instance;
    if (object->kind == kind_row(KIND_NAMESPACE))
        return instance->plan->ir->project->name;
    if (object->kind == kind_row(KIND_CONFIG_MAP))
        return name_config(arena, instance->workload->service);
    return name;
}

static struct str
common_name(const struct planned_object *object, struct str name)
{
    struct str colour = object->instance.colour;
    size_t added = is_str_empty(colour) ? 0 : colour.len + 1;
    return str_slice(name, 0, name.len - added);
}

struct made_object
make_planned(struct arena *arena, const struct planned_object *object)
{
    struct yaml yaml;
    struct raw_tree *tree = arena_new(arena, sizeof *tree);
    raw_tree_init(tree, arena);
    yaml_init_tree(&yaml, tree);
    print_planned(&yaml, object);
    struct made_object made = {.root = yaml_end_tree(&yaml),
                               .is_brought = object->brought != NULL};
    made.source_name = source_name(arena, object, made_name(&made));
    made.common_name = common_name(object, made_name(&made));
    return made;
}

static void
add_made(void *context, const struct planned_object *object)
{
    struct vec *list = context;
    struct made_object made = make_planned(list->arena, object);
    *(struct made_object *)vec_add(list) = made;
}

struct made_objects
make_all(const struct plan *plan, const struct environment *environment)
{
    struct vec list;
    vec_init(&list, plan->arena, sizeof(struct made_object));
    each_planned(plan, environment,
                 (struct share){0, environment->workload_count}, add_made,
                 &list);
    return (struct made_objects){list.items, list.count};
}

const struct made_objects *
make_objects(struct arena *arena, const struct model *model)
{
    const struct ir *ir = model->ir;
    const struct plan *plan = plan_new(arena, ir);
    struct made_objects *made =
        arena_array(arena, ir->environment_count, sizeof *made);
    for (size_t i = 0; i < ir->environment_count; i++)
        made[i] = make_all(plan, ir->environments[i]);
    return made;
}
