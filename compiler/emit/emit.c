/*
 * Which target is written by whom, and the portions that two lanes can make at
 * a time. Each portion has documents of its own, which come to the others in
 * order.
 */
#include "emit/emit.h"

#include "base/trace.h"
#include "emit/guides.h"
#include "emit/hosting.h"
#include "emit/kubernetes.h"
#include "emit/monitoring.h"
#include "emit/runtime.h"
#include "emit/scripts.h"
#include "emit/workflows.h"

enum {
    /* Of an environment that is printed in pieces. */
    SHARE_WORKLOADS = 16,
    PIECES_AHEAD = 4,
    /* A thread that is begun costs as much as a build of so many. */
    WORKLOADS_ALONE = 4,
};

struct emitting;

typedef void emit_from_model(const struct model *model,
                             struct documents *documents);
typedef void emit_from_plan(const struct plan *plan,
                            struct documents *documents);

/* One of the first three makes it. */
struct portion {
    emit_from_model *from_model;
    emit_from_plan *from_plan;
    void (*emit)(const struct emitting *emitting, const struct portion *portion,
                 struct documents *documents);
    const struct environment *environment;
    struct share share;
    size_t weight;   /* what it takes, beside the others */
    struct vec made; /* of struct document * */
};

/* What it weighs without a service, when an overlay's workload weighs 1. */
enum { WEIGHT_GUIDES = 25, WEIGHT_SHELL = 60 };

enum { SCRATCH_SHARE = 128 * 1024 };

struct emitting {
    const struct emit_input *input;
    const struct ir *ir;
    const struct plan *plan;
    struct vec portions;                /* of struct portion */
    struct documents *documents;        /* all, in order */
    struct documents lanes[LANE_COUNT]; /* of the portions being made */
    struct vec streamed[LANE_COUNT];    /* of struct streamed */
    struct document *last;              /* that a piece was handed over of */
};

/* A portion's document whose text is no longer needed once it is taken. */
struct streamed {
    size_t portion;
    struct document *document;
};

/* ---- portions of their own kind ------------------------------------------ */

static void
emit_overlay_portion(const struct emitting *emitting,
                     const struct portion *portion, struct documents *documents)
{
    struct plan plan = plan_in(emitting->plan, documents->scratch);
    emit_overlay(&plan, documents, portion->environment);
}

static void
emit_flat_portion(const struct emitting *emitting,
                  const struct portion *portion, struct documents *documents)
{
    struct plan plan = plan_in(emitting->plan, documents->scratch);
    emit_flat(&plan, documents, portion->environment, portion->share);
}

static void
emit_zones_portion(const struct emitting *emitting,
                   const struct portion *portion, struct documents *documents)
{
    (void)portion;
    emit_zones(emitting->input->model, emitting->input->zone_history,
               documents);
}

static struct embedded
runtime_of(const struct emit_input *input, struct documents *documents)
{
    if (input->runtime != NULL && input->runtime->count > 0)
        return *input->runtime;
    return embedded_open(&embedded_runtime, documents->arena);
}

/* Workflows, and what people run: both stand on the same scripts. */
static void
emit_shell_portion(const struct emitting *emitting,
                   const struct portion *portion, struct documents *documents)
{
    const struct emit_input *input = emitting->input;
    const struct ir *ir = emitting->ir;
    struct scripts scripts;
    (void)portion;
    scripts_init(&scripts, documents, runtime_of(input, documents),
                 ir->output.scripts->text, ir->project->span);
    if (input->has_target[TARGET_CI])
        emit_workflows(input->model, &scripts);
    scripts.target = TARGET_SCRIPTS;
    if (input->has_target[TARGET_SCRIPTS])
        emit_scripts(input->model, &scripts);
}

/* ---- which there are ----------------------------------------------------- */

static void
add_portion(struct emitting *emitting, struct portion portion)
{
    *(struct portion *)vec_add(&emitting->portions) = portion;
}

static void
add_kubernetes_portions(struct emitting *emitting)
{
    const struct ir *ir = emitting->ir;
    if (ir->environment_count == 0)
        return;
    add_portion(emitting, (struct portion){.from_plan = emit_base,
                                           .weight = 2 * ir->service_count});
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        add_portion(emitting,
                    (struct portion){.emit = emit_overlay_portion,
                                     .environment = environment,
                                     .weight = environment->workload_count});
    }
    add_portion(emitting, (struct portion){.from_plan = emit_cluster});
}

/* In pieces only where nobody wants the whole. */
static void
add_flat_portions(struct emitting *emitting,
                  const struct environment *environment)
{
    size_t count = environment->workload_count;
    bool is_streamed = emitting->input->receiver.stream != NULL;
    size_t step = is_streamed ? SHARE_WORKLOADS : count + 1;
    for (size_t first = 0; first == 0 || first < count; first += step) {
        size_t end = count - first < step ? count : first + step;
        add_portion(emitting, (struct portion){.emit = emit_flat_portion,
                                               .environment = environment,
                                               .share = {first, end},
                                               .weight = end - first});
    }
}

/* In the order of their documents. */
static void
add_portions(struct emitting *emitting)
{
    const bool *has_target = emitting->input->has_target;
    const struct ir *ir = emitting->ir;
    bool has_shell = has_target[TARGET_CI] || has_target[TARGET_SCRIPTS];
    if (has_shell && is_value_known(ir->output.scripts))
        add_portion(emitting, (struct portion){.emit = emit_shell_portion,
                                               .weight = WEIGHT_SHELL +
                                                         ir->service_count});
    if (has_target[TARGET_DOCS])
        add_portion(emitting, (struct portion){.from_model = emit_guides,
                                               .weight = WEIGHT_GUIDES +
                                                         ir->service_count});
    if (has_target[TARGET_KUBERNETES])
        add_kubernetes_portions(emitting);
    for (size_t i = 0; has_target[TARGET_FLAT] && i < ir->environment_count;
         i++) {
        if (is_environment_wanted(emitting->documents,
                                  ir->environments[i]->name))
            add_flat_portions(emitting, ir->environments[i]);
    }
    if (has_target[TARGET_DNS])
        add_portion(emitting, (struct portion){.emit = emit_zones_portion});
    if (has_target[TARGET_HOSTING])
        add_portion(emitting, (struct portion){.from_model = emit_hosting});
    if (has_target[TARGET_MONITORING])
        add_portion(emitting, (struct portion){.from_model = emit_monitoring});
}

/* ---- making them --------------------------------------------------------- */

static void
forget_streamed(struct emitting *emitting, struct turn turn)
{
    struct vec *streamed = &emitting->streamed[turn.lane];
    struct streamed *items = streamed->items;
    size_t kept = 0;
    for (size_t i = 0; i < streamed->count; i++) {
        if (items[i].portion < turn.taken)
            document_forget(&emitting->lanes[turn.lane], items[i].document);
        else
            items[kept++] = items[i];
    }
    streamed->count = kept;
}

/* With one environment chosen, what belongs to others alone is left out. */
static void
keep_wanted(struct emitting *emitting, struct turn turn,
            struct portion *portion)
{
    struct documents *documents = &emitting->lanes[turn.lane];
    bool is_streamed = emitting->input->receiver.stream != NULL;
    vec_init(&portion->made, documents->arena, sizeof(struct document *));
    for (size_t i = 0; i < document_count(documents); i++) {
        struct document *document = document_at(documents, i);
        if (!is_environment_wanted(documents, document->environment))
            continue;
        vec_add_pointer(&portion->made, document);
        if (is_streamed)
            *(struct streamed *)vec_add(&emitting->streamed[turn.lane]) =
                (struct streamed){turn.task, document};
    }
}

static void
emit_portion(const struct emitting *emitting, const struct portion *portion,
             struct documents *documents)
{
    if (portion->from_model != NULL) {
        portion->from_model(emitting->input->model, documents);
    } else if (portion->from_plan != NULL) {
        struct plan plan = plan_in(emitting->plan, documents->scratch);
        portion->from_plan(&plan, documents);
    } else {
        portion->emit(emitting, portion, documents);
    }
}

static void
make_portion(void *context, struct turn turn)
{
    struct emitting *emitting = context;
    struct documents *documents = &emitting->lanes[turn.lane];
    struct portion *portion = vec_at(&emitting->portions, turn.task);
    forget_streamed(emitting, turn);
    documents->list.count = 0;
    emit_portion(emitting, portion, documents);
    for (size_t i = 0; i < document_count(documents); i++)
        document_end(documents, document_at(documents, i));
    keep_wanted(emitting, turn, portion);
    documents_clear_scratch(documents);
}

static void
hand_over(struct emitting *emitting, struct document *document)
{
    const struct document_receiver *receiver = &emitting->input->receiver;
    struct document *whole = document->is_continued ? emitting->last : document;
    if (whole != document)
        whole->bytes += document->bytes;
    emitting->last = whole;
    if (document->content.len > 0)
        receiver->stream(receiver->context, whole, buf_str(&document->content));
}

static void
take_portion(void *context, size_t task, enum lane lane)
{
    struct emitting *emitting = context;
    const struct portion *portion = vec_at(&emitting->portions, task);
    (void)lane;
    for (size_t i = 0; i < portion->made.count; i++) {
        struct document *document =
            *(struct document **)vec_at(&portion->made, i);
        if (!document->is_continued)
            vec_add_pointer(&emitting->documents->list, document);
        if (emitting->input->receiver.stream != NULL)
            hand_over(emitting, document);
    }
}

static void
open_lane(struct emitting *emitting, enum lane lane, struct arena *arena)
{
    struct documents *documents = &emitting->lanes[lane];
    bool is_traced = arena_trace(arena) != NULL;
    documents_init(documents, arena);
    documents->lane = lane;
    documents->environment = emitting->input->environment;
    documents->receiver = emitting->input->receiver;
    documents->scratch =
        is_traced ? arena : arena_open_inner(arena, SCRATCH_SHARE);
    vec_init(&emitting->streamed[lane], arena, sizeof(struct streamed));
}

/* The first one's scratch is for who goes on with the documents. */
static void
close_lane(struct emitting *emitting, enum lane lane)
{
    const struct documents *documents = &emitting->lanes[lane];
    size_t all = emitting->portions.count;
    forget_streamed(emitting, (struct turn){all, lane, all});
    if (lane == LANE_FIRST)
        emitting->documents->scratch = documents->scratch;
    else
        arena_close(documents->scratch);
}

static size_t
count_workloads(const struct ir *ir)
{
    size_t count = 0;
    for (size_t i = 0; i < ir->environment_count; i++)
        count += ir->environments[i]->workload_count;
    return count;
}

bool
is_helper_worth(const struct ir *ir)
{
    return count_workloads(ir) > WORKLOADS_ALONE;
}

static size_t
weigh_portion(const void *context, size_t task)
{
    const struct emitting *emitting = context;
    const struct portion *portion = vec_at(&emitting->portions, task);
    return portion->weight;
}

/* What is streamed keeps its order. */
static void
make_portions(struct emitting *emitting)
{
    struct helper *helper = emitting->input->helper;
    struct arena *arenas[] = {
        emitting->documents->arena,
        helper == NULL ? NULL : helper_arena(helper),
    };
    bool is_streamed = emitting->input->receiver.stream != NULL;
    size_t count = emitting->portions.count;
    struct tasks tasks = {
        .count = count,
        .ahead = is_streamed ? PIECES_AHEAD : count + LANE_COUNT,
        .context = emitting,
        .work = make_portion,
        .take = take_portion,
        .arena = arenas[LANE_FIRST],
        .helper = helper,
        .is_last = true,
        .weigh = is_streamed ? NULL : weigh_portion,
    };
    for (unsigned i = 0; i < LANE_COUNT && arenas[i] != NULL; i++)
        open_lane(emitting, (enum lane)i, arenas[i]);
    tasks_run(&tasks);
    for (unsigned i = 0; i < LANE_COUNT && arenas[i] != NULL; i++)
        close_lane(emitting, (enum lane)i);
}

void
emit_documents(const struct emit_input *input, struct documents *documents)
{
    struct arena *arena = documents->arena;
    const struct ir *ir = input->model->ir;
    struct emitting emitting = {
        .input = input, .ir = ir, .documents = documents};
    documents->environment = input->environment;
    vec_init(&emitting.portions, arena, sizeof(struct portion));
    add_portions(&emitting);
    if (input->has_target[TARGET_KUBERNETES] || input->has_target[TARGET_FLAT])
        emitting.plan = plan_new(arena, ir);
    make_portions(&emitting);
}
