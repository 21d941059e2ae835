/*
 * Every environment whole, in one file: what its overlay gives, without
 * kustomize. Each object is printed by the same function as there.
 */
#include "emit/kubernetes.h"

#include "emit/kubernetes/folder.h"
#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/manifests.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/paths.h"
#include "emit/kubernetes/workload.h"

static void emit_flat_environment(const struct plan *plan,
                                  struct documents *documents,
                                  const struct environment *environment);

void
emit_flat(const struct model *model, struct documents *documents)
{
    const struct ir *ir = model->ir;
    const struct plan *plan = plan_new(documents->arena, ir);
    for (size_t i = 0; i < ir->environment_count; i++)
        emit_flat_environment(plan, documents, ir->environments[i]);
}

static void
emit_flat_object(struct yaml *yaml, const struct kind *kind,
                 struct instance instance, const char *colour)
{
    instance.is_flat = true;
    instance.colour = str_from(colour);
    yaml_document(yaml);
    kind->emit(yaml, &instance);
}

static void
emit_flat_objects(const struct plan *plan, struct yaml *yaml,
                  const struct environment *environment,
                  const struct workload *workload)
{
    struct instance whole =
        instance_of(plan, environment, workload, PART_WHOLE);
    struct subject subject = {plan->ir, environment, workload};
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        bool is_own_scope =
            (kind->scope == SCOPE_ENVIRONMENT) == (workload == NULL);
        if (!is_own_scope || !kind_exists(kind, subject))
            continue;
        if (kind->scope == SCOPE_COLOUR && is_coloured(workload)) {
            emit_flat_object(yaml, kind, whole, COLOUR_ACTIVE);
            emit_flat_object(yaml, kind, whole, COLOUR_IDLE);
        } else {
            emit_flat_object(yaml, kind, whole, "");
        }
    }
}

static void
emit_flat_environment(const struct plan *plan, struct documents *documents,
                      const struct environment *environment)
{
    struct str path =
        arena_format(plan->arena, "flat/{}.yaml", STRS(environment->name));
    struct document *document =
        document_add(documents, path_below(plan, path), TARGET_FLAT);
    document->environment = environment->name;
    document_origin(document, environment->span);
    struct yaml yaml;
    yaml_init(&yaml, &document->content);
    emit_head(&yaml, arena_format(plan->arena, "All of {}, as kustomize gives \
it from overlays/{}.",
                                  STRS(environment->name, environment->name)));
    emit_flat_objects(plan, &yaml, environment, NULL);
    for (size_t i = 0; i < environment->workload_count; i++) {
        document_origin(document, environment->workloads[i]->service->span);
        document_origin(document, environment->workloads[i]->span);
        emit_flat_objects(plan, &yaml, environment, environment->workloads[i]);
    }
    emit_flat_manifests(plan, &yaml, document, environment);
}
