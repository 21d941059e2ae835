/*
 * Family R: how much a workload asks for, how much it may take, and whether
 * the cluster has it. A single value stands for request and limit alike, so
 * that a program cannot say the one without the other.
 */
#include "check/check.h"
#include "check/sizes.h"
#include "check/walk.h"
#include "ir/quantity.h"

enum {
    MEMORY_BURST_MAX = 3, /* limit over request */
    CPU_BURST_MAX = 5,
    MEBIBYTE = 1024 * 1024,
    MEMORY_LIMIT_MIN = 16 * MEBIBYTE,
    SLIP_MIN = 1000, /* Mi: from here on people count in thousands */
    SLIP_STEP = 500,
    ROUND_STEP = 512,
    EVEN_STEP = 256, /* what falls on it may well be meant */
};

static void judge_size(struct check *check, const struct workload *workload);
static void judge_memory(struct check *check, const struct workload *workload);
static void judge_cpu(struct check *check, const struct workload *workload);
static void judge_memory_burst(struct check *check,
                               const struct workload *workload);
static void judge_cpu_burst(struct check *check,
                            const struct workload *workload);
static void judge_tiny(struct check *check, const struct workload *workload);
static const struct workload *storage_user_find(
    const struct environment *environment);
static void judge_storage(struct check *check, const struct workload *workload,
                          const struct workload *user);
static void judge_node(struct check *check, const struct workload *workload);
static void judge_promise(struct check *check, const struct workload *workload);
static void judge_slips(struct check *check, const struct workload *workload);

/* R18 */
void
check_size_missing(struct check *check)
{
    each_workload(check, judge_size);
}

/* R01 */
void
check_memory_missing(struct check *check)
{
    each_workload(check, judge_memory);
}

/* R03 */
void
check_cpu_missing(struct check *check)
{
    each_workload(check, judge_cpu);
}

/* R05 */
void
check_memory_burst(struct check *check)
{
    each_workload(check, judge_memory_burst);
}

/* R06 */
void
check_cpu_burst(struct check *check)
{
    each_workload(check, judge_cpu_burst);
}

/* R07 */
void
check_tiny_memory(struct check *check)
{
    each_workload(check, judge_tiny);
}

/* R09 */
void
check_storage_missing(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        const struct workload *user = storage_user_find(environment);
        for (size_t j = 0; user != NULL && j < environment->workload_count; j++)
            judge_storage(check, environment->workloads[j], user);
    }
}

/* R10 */
void
check_request_over_node(struct check *check)
{
    each_workload(check, judge_node);
}

/* R12 */
void
check_replicas_promised(struct check *check)
{
    each_workload(check, judge_promise);
}

/* R19 */
void
check_size_slips(struct check *check)
{
    each_workload(check, judge_slips);
}

/* ---- said or not -------------------------------------------------------- */

static void
judge_size(struct check *check, const struct workload *workload)
{
    if (workload->memory != NULL || workload->cpu != NULL)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_R18, workload->span, STRS(object));
    diag_label(diag, "neither `memory` nor `cpu` is said", NO_STRS);
    diag_help(
        diag,
        "write what it needs, such as `memory 128Mi..256Mi  cpu 100m..500m`",
        NO_STRS);
    diag_about(diag, object);
}

static void
judge_memory(struct check *check, const struct workload *workload)
{
    if (workload->memory != NULL || workload->cpu == NULL)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_R01, workload->span, STRS(object));
    diag_label(diag, "only its CPU is said", NO_STRS);
    diag_help(diag,
              "write `memory REQUEST..LIMIT`, such as `memory 128Mi..256Mi`",
              NO_STRS);
    diag_about(diag, object);
}

static void
judge_cpu(struct check *check, const struct workload *workload)
{
    if (workload->cpu != NULL || workload->memory == NULL)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_R03, workload->span, STRS(object));
    diag_label(diag, "only its memory is said", NO_STRS);
    if (workload->scale != NULL)
        diag_note(diag, workload->scale->span,
                  "the autoscaler measures use against what is asked for",
                  NO_STRS);
    diag_help(diag, "write `cpu REQUEST..LIMIT`, such as `cpu 100m..500m`",
              NO_STRS);
    diag_about(diag, object);
}

static const struct workload *
storage_user_find(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (environment->workloads[i]->storage != NULL)
            return environment->workloads[i];
    }
    return NULL;
}

/* One that says nothing among those that do: what shares a node's disk with
 * them can still fill it. */
static void
judge_storage(struct check *check, const struct workload *workload,
              const struct workload *user)
{
    if (workload->storage != NULL)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_R09, workload->span, STRS(object));
    diag_label(diag, "it may fill the node's disk", NO_STRS);
    diag_note(diag, user->storage->span, "`{}` has a bound",
              STRS(user->service->name));
    diag_help(diag,
              "write `storage REQUEST..LIMIT`, such as `storage 64Mi..256Mi`",
              NO_STRS);
    diag_about(diag, object);
}

/* ---- one size alone ----------------------------------------------------- */

/* Exactly, where limit / request would be rounded. */
static bool
is_over(int64_t limit, int64_t times, int64_t request)
{
    return limit / times > request ||
           (limit / times == request && limit % times > 0);
}

static void
judge_memory_burst(struct check *check, const struct workload *workload)
{
    const struct value *memory = workload->memory;
    if (!is_value_known(memory))
        return;
    int64_t request = size_request(memory)->number;
    int64_t limit = size_limit(memory)->number;
    if (!is_over(limit, MEMORY_BURST_MAX, request))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_R05, memory->span,
                                 STRS(memory_text(check->arena, limit),
                                      memory_text(check->arena, request)));
    diag_label(diag, "the node sets aside the request alone", NO_STRS);
    diag_help(diag, "raise the request, or lower the limit", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

static void
judge_cpu_burst(struct check *check, const struct workload *workload)
{
    const struct value *cpu = workload->cpu;
    if (!is_value_known(cpu))
        return;
    int64_t request = size_request(cpu)->number;
    int64_t limit = size_limit(cpu)->number;
    if (!is_over(limit, CPU_BURST_MAX, request))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_R06, cpu->span,
        STRS(cpu_text(check->arena, limit), cpu_text(check->arena, request)));
    diag_label(diag, "the node sets aside the request alone", NO_STRS);
    diag_help(diag, "raise the request, or lower the limit", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

static void
judge_tiny(struct check *check, const struct workload *workload)
{
    const struct value *limit = size_limit(workload->memory);
    if (!is_value_known(limit) || limit->number >= MEMORY_LIMIT_MIN)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_R07, limit->span,
                 STRS(memory_text(check->arena, limit->number)));
    diag_label(diag, "a container is killed before it has started", NO_STRS);
    diag_help(diag, "give it 16Mi at least; most programs want 64Mi", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

/* 1500Mi is written where 1.5Gi is meant, and asks a node for an odd rest. */
static void
judge_slip(struct check *check, const struct workload *workload,
           const struct value *size)
{
    if (!is_value_known(size) || size->number % MEBIBYTE != 0)
        return;
    int64_t mebibytes = size->number / MEBIBYTE;
    if (mebibytes < SLIP_MIN || mebibytes % SLIP_STEP != 0 ||
        mebibytes % EVEN_STEP == 0 || !has_suffix(size->text, STR("Mi")))
        return;
    int64_t meant = mebibytes / SLIP_STEP * ROUND_STEP;
    struct diag *diag =
        diag_add(check->sink, DIAG_R19, size->span, STRS(size->text));
    diag_help(
        diag, "{} is `{}Mi`",
        STRS(meant % 1024 == 0
                 ? arena_format(check->arena, "{}Gi",
                                STRS(arena_number(check->arena, meant / 1024)))
                 : arena_format(check->arena, "{}.5Gi",
                                STRS(arena_number(check->arena, meant / 1024))),
             arena_number(check->arena, meant)));
    diag_about(diag, workload_object(check, workload));
}

static void
judge_slips(struct check *check, const struct workload *workload)
{
    judge_slip(check, workload, size_request(workload->memory));
    judge_slip(check, workload, size_limit(workload->memory));
}

/* ---- against the node and the autoscaler -------------------------------- */

static void
judge_node_size(struct check *check, const struct workload *workload,
                const struct value *request, int64_t asked,
                const struct value *node,
                struct str (*text)(struct arena *, int64_t))
{
    if (!is_value_known(node) || asked <= node->number)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag = diag_add(check->sink, DIAG_R10, request->span,
                                 STRS(object, text(check->arena, asked)));
    diag_label(diag,
               asked > request->number
                   ? "with its sidecars, no node can take it"
                   : "no node can take it",
               NO_STRS);
    diag_note(diag, node->span, "a node has {}",
              STRS(text(check->arena, node->number)));
    diag_help(diag, "ask for less, or take larger nodes", NO_STRS);
    diag_about(diag, object);
}

static void
judge_node(struct check *check, const struct workload *workload)
{
    const struct cluster *cluster = workload->environment->cluster;
    if (cluster == NULL)
        return;
    judge_node_size(check, workload, size_request(workload->memory),
                    pod_memory_bytes(workload), cluster->memory, memory_text);
    judge_node_size(check, workload, size_request(workload->cpu),
                    pod_cpu_millicores(workload), cluster->cpu, cpu_text);
}

static void
judge_promise(struct check *check, const struct workload *workload)
{
    if (!is_promise_broken(workload))
        return;
    const struct value *count = workload->count;
    struct str object = workload_object(check, workload);
    struct str promised = arena_number(check->arena, count->number);
    struct str low =
        arena_number(check->arena, replicas_least(workload)->number);
    struct diag *diag =
        diag_add(check->sink, DIAG_R12, count->span, STRS(object, promised));
    diag_label(diag, "{} are promised", STRS(promised));
    diag_note(diag, workload->scale->span, "the autoscaler may go to {}",
              STRS(low));
    diag_help(diag, "start the range at {}, or promise {}",
              STRS(promised, low));
    diag_about(diag, object);
}
