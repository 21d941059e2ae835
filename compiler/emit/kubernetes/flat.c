/*
 * Every environment whole, in one file: what its overlay gives, without
 * kustomize. Each object is printed by the same function as there.
 */
#include "emit/kubernetes.h"

#include "emit/kubernetes/manifests.h"
#include "emit/kubernetes/objects.h"
#include "emit/kubernetes/patches.h"
#include "emit/kubernetes/paths.h"

struct flat {
    const struct plan *plan;
    const struct documents *documents;
    const struct environment *environment;
    struct yaml yaml;
    struct document *document;
    const struct workload *last; /* whose origins were added last */
};

static void
add_origins(struct flat *flat, const struct workload *workload)
{
    if (workload == NULL || workload == flat->last)
        return;
    flat->last = workload;
    document_origin(flat->document, workload->service->span);
    document_origin(flat->document, workload->span);
}

static void
print_patched(struct flat *flat, const struct planned_object *object)
{
    struct made_object made = make_planned(flat->plan->arena, object);
    const struct raw *root = patched_root(flat->plan, flat->environment, &made);
    if (root == made.root)
        print_planned(&flat->yaml, object);
    else
        emit_root(&flat->yaml, root);
}

static void
emit_flat_object(void *context, const struct planned_object *object)
{
    struct flat *flat = context;
    add_origins(flat, object->instance.workload);
    yaml_document(&flat->yaml);
    if (flat->environment->patch_count == 0)
        print_planned(&flat->yaml, object);
    else
        print_patched(flat, object);
    document_pass(flat->documents, flat->document);
}

static void
begin(struct flat *flat)
{
    struct arena *arena = flat->plan->arena;
    struct str name = flat->environment->name;
    document_origin(flat->document, flat->environment->span);
    emit_head(&flat->yaml, arena_format(arena, "All of {}, as kustomize gives \
it from overlays/{}.",
                                        STRS(name, name)));
}

static void
add_last_origins(struct flat *flat)
{
    const struct environment *environment = flat->environment;
    add_manifests_origins(flat->document, flat->plan->ir, environment);
    for (size_t i = 0; i < environment->patch_count; i++)
        document_origin(flat->document, environment->patches[i].span);
}

void
emit_flat(const struct plan *plan, struct documents *documents,
          const struct environment *environment, struct share share)
{
    struct str path =
        arena_format(plan->arena, "flat/{}.yaml", STRS(environment->name));
    struct document *document =
        document_add(documents, path_below(plan, path), TARGET_FLAT);
    struct flat flat = {.plan = plan,
                        .documents = documents,
                        .environment = environment,
                        .document = document};
    document->environment = environment->name;
    document->is_continued = share.first > 0;
    yaml_init(&flat.yaml, &document->content, plan->arena);
    if (document->is_continued)
        yaml_continue(&flat.yaml);
    else
        begin(&flat);
    each_planned(plan, environment, share, emit_flat_object, &flat);
    if (share.end == environment->workload_count)
        add_last_origins(&flat);
    document_end(documents, document);
}
