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
emit_dns(const struct emit_input *input, struct documents *documents)
{
    if (input->has_target[TARGET_DNS])
        emit_zones(input->model, input->zone_history, documents);
}

static void
emit_manifests(const struct emit_input *input, struct documents *documents)
{
    if (input->has_target[TARGET_KUBERNETES])
        emit_kubernetes(input->model, documents);
    if (input->has_target[TARGET_FLAT])
        emit_flat(input->model, documents);
}

static void
emit_settings(const struct emit_input *input, struct documents *documents)
{
    if (input->has_target[TARGET_HOSTING])
        emit_hosting(input->model, documents);
}

static void
emit_watching(const struct emit_input *input, struct documents *documents)
{
    if (input->has_target[TARGET_MONITORING])
        emit_monitoring(input->model, documents);
}

static void
emit_documentation(const struct emit_input *input, struct documents *documents)
{
    if (input->has_target[TARGET_DOCS])
        emit_guides(input->model, documents);
}

/* In the order in which their documents are listed. */
static const struct {
    void (*emit)(const struct emit_input *input, struct documents *documents);
} EMITTERS[] = {
    {emit_manifests}, {emit_dns},      {emit_settings},
    {emit_shell},     {emit_watching}, {emit_documentation},
};

static void
end_all(struct documents *documents)
{
    for (size_t i = 0; i < document_count(documents); i++)
        document_end(documents, document_at(documents, i));
}

/* What an emitter needs for itself ends with it, unless the texts' places in
 * memory tell where they come from. */
void
emit_documents(const struct emit_input *input, struct documents *documents)
{
    bool is_traced = arena_trace(documents->arena) != NULL;
    documents->environment = input->environment;
    documents->receiver = input->receiver;
    documents->scratch =
        is_traced ? documents->arena : arena_open_scratch(documents->arena);
    for (size_t i = 0; i < sizeof EMITTERS / sizeof EMITTERS[0]; i++) {
        EMITTERS[i].emit(input, documents);
        if (!is_traced)
            arena_reset(documents->scratch);
    }
    keep_wanted(documents);
    end_all(documents);
    if (!is_traced)
        arena_close(documents->scratch);
    documents->scratch = NULL;
}
