/*
 * Which target is written by whom.
 */
#include "emit/emit.h"

#include "base/trace.h"
#include "emit/guides.h"
#include "emit/hosting.h"
#include "emit/kubernetes.h"
#include "emit/monitoring.h"
#include "emit/scripts.h"
#include "emit/workflows.h"

/* With one environment chosen, what belongs to others alone is left out. */
static void
keep_wanted(struct documents *documents)
{
    struct document **list = documents->list.items;
    size_t kept = 0;
    for (size_t i = 0; i < documents->list.count; i++) {
        if (is_environment_wanted(documents, list[i]->environment))
            list[kept++] = list[i];
    }
    documents->list.count = kept;
}

/* Workflows, and what people run: both stand on the same scripts. */
static void
emit_shell(const struct emit_input *input, struct documents *documents)
{
    const struct ir *ir = input->model->ir;
    struct scripts scripts;
    bool is_wanted =
        input->has_target[TARGET_CI] || input->has_target[TARGET_SCRIPTS];
    if (!is_wanted || !is_value_known(ir->output.scripts))
        return;
    scripts_init(&scripts, documents, ir->output.scripts->text,
                 ir->project->span);
    if (input->has_target[TARGET_CI])
        emit_workflows(input->model, &scripts);
    scripts.target = TARGET_SCRIPTS;
    if (input->has_target[TARGET_SCRIPTS])
        emit_scripts(input->model, &scripts);
}

static void
end_all(struct documents *documents)
{
    for (size_t i = 0; i < document_count(documents); i++)
        document_end(documents, document_at(documents, i));
}

/* What an emitter needs for itself ends with it, unless the places of texts in
 * memory tell where they come from. */
static void
forget_scratch(const struct documents *documents)
{
    if (documents->scratch != documents->arena)
        arena_reset(documents->scratch);
}

typedef void emitter(const struct model *model, struct documents *documents);

static void
emit_target(const struct emit_input *input, struct documents *documents,
            enum document_target target, emitter *emit)
{
    if (input->has_target[target])
        emit(input->model, documents);
    forget_scratch(documents);
}

static void
emit_all(const struct emit_input *input, struct documents *documents)
{
    emit_target(input, documents, TARGET_KUBERNETES, emit_kubernetes);
    emit_target(input, documents, TARGET_FLAT, emit_flat);
    if (input->has_target[TARGET_DNS])
        emit_zones(input->model, input->zone_history, documents);
    forget_scratch(documents);
    emit_target(input, documents, TARGET_HOSTING, emit_hosting);
    emit_shell(input, documents);
    forget_scratch(documents);
    emit_target(input, documents, TARGET_MONITORING, emit_monitoring);
    emit_target(input, documents, TARGET_DOCS, emit_guides);
}

void
emit_documents(const struct emit_input *input, struct documents *documents)
{
    struct arena *arena = documents->arena;
    bool is_traced = arena_trace(arena) != NULL;
    documents->environment = input->environment;
    documents->receiver = input->receiver;
    documents->scratch = is_traced ? arena : arena_open_scratch(arena);
    emit_all(input, documents);
    keep_wanted(documents);
    end_all(documents);
    if (!is_traced)
        arena_close(documents->scratch);
    documents->scratch = NULL;
}
