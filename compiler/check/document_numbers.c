/*
 * Counts, times and quantities in the cells of tables. A judge that is not sure
 * says so: nothing is guessed.
 */
#include "check/document.h"
#include "check/document_forms.h"
#include "ir/quantity.h"
#include "ir/release.h"

/* ---- numbers ------------------------------------------------------------- */

static bool
skip_counted(struct str *text)
{
    static const struct str words[] = {
        STR_INIT("replicas"), STR_INIT("replica"),   STR_INIT("pods"),
        STR_INIT("pod"),      STR_INIT("instances"), STR_INIT("copies"),
        STR_INIT("nodes"),    STR_INIT("node"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (form_skip(text, words[i]))
            return true;
    }
    return false;
}

static enum verdict
judge_number(struct claim *claim, const struct value *value, int64_t number)
{
    if (!takes_value(claim, value))
        return VERDICT_UNREAD;
    claim->said = arena_number(claim->arena, value->number);
    return verdict_of(value->number == number);
}

/* `3`, `3 nodes`, `3, each 4 CPU and 16Gi`: of the last one only the number. */
enum verdict
judge_nodes(struct claim *claim)
{
    const struct cluster *cluster = claim->environment->cluster;
    struct str text = form_tight(claim->arena, claim->text, true);
    int64_t number;
    if (cluster == NULL || !form_number(&text, &number))
        return VERDICT_UNREAD;
    skip_counted(&text);
    if (!is_str_empty(text) && text.at[0] != ',')
        return VERDICT_UNREAD;
    return judge_number(claim, cluster->nodes, number);
}

enum verdict
judge_port(struct claim *claim)
{
    const struct workload *workload = claim->workload;
    int64_t number;
    if (workload->port_count != 1 || !str_to_number(claim->text, &number))
        return VERDICT_UNREAD;
    return judge_number(claim, workload->ports[0].number, number);
}

enum verdict
judge_approvals(struct claim *claim)
{
    const struct environment *environment = claim->environment;
    struct str text = form_tight(claim->arena, claim->text, true);
    int64_t wanted = approval_count(claim->ir, environment);
    int64_t number = 0;
    if (environment->deploy == NULL)
        return VERDICT_UNREAD;
    if (!is_str_equal(text, STR("none")) && !form_number(&text, &number))
        return VERDICT_UNREAD;
    claim->span = environment->deploy->span;
    claim->said = arena_number(claim->arena, wanted);
    return verdict_of(number == wanted);
}

enum verdict
judge_watch(struct claim *claim)
{
    const struct deploy *deploy = claim->environment->deploy;
    struct str text = form_tight(claim->arena, claim->text, true);
    int64_t wanted = step_ms(deploy, STEP_WATCH);
    int64_t time;
    if (wanted == 0 || duration_read(text, &time) != QUANTITY_OK)
        return VERDICT_UNREAD;
    claim->span = deploy_step_find(deploy, STEP_WATCH)->span;
    claim->said = duration_text(claim->arena, wanted);
    return verdict_of(time == wanted);
}

/* ---- ranges -------------------------------------------------------------- */

typedef enum quantity_fault read_amount(struct str text, int64_t *amount);
typedef struct str amount_shown(struct arena *arena, int64_t amount);

struct amounts {
    read_amount *read;
    amount_shown *shown;
};

static enum quantity_fault
read_count(struct str text, int64_t *count)
{
    return str_to_number(text, count) ? QUANTITY_OK : QUANTITY_BAD;
}

/* `512MiB` is Kubernetes' `512Mi`. */
static enum quantity_fault
read_memory(struct str text, int64_t *bytes)
{
    if (has_suffix(text, STR("iB")))
        text.len--;
    return memory_read(text, bytes);
}

static enum quantity_fault
read_cpu(struct str text, int64_t *millicores)
{
    static const struct str units[] = {STR_INIT("vCPU"), STR_INIT("CPU"),
                                       STR_INIT("cores"), STR_INIT("core")};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (has_suffix(text, units[i])) {
            text.len -= units[i].len;
            break;
        }
    }
    return cpu_read(text, millicores);
}

static const struct amounts counts = {read_count, arena_number};
static const struct amounts memory = {read_memory, memory_text};
static const struct amounts cpu = {read_cpu, cpu_text};

/* One value alone may mean either end. */
static enum verdict
judge_range(struct claim *claim, const struct value *value,
            const struct amounts *amounts)
{
    struct str text = form_tight(claim->arena, claim->text, false);
    struct written_range range = form_range(text);
    int64_t low;
    int64_t high;
    if (!takes_value(claim, value) ||
        amounts->read(range.low, &low) != QUANTITY_OK)
        return VERDICT_UNREAD;
    bool is_one = is_str_empty(range.high);
    high = low;
    if (!is_one && amounts->read(range.high, &high) != QUANTITY_OK)
        return VERDICT_UNREAD;
    int64_t least = value->items[0].number;
    int64_t most = value->items[1].number;
    struct str ends[] = {amounts->shown(claim->arena, least),
                         amounts->shown(claim->arena, most)};
    claim->said = least == most ? ends[0]
                                : arena_format(claim->arena, "{}..{}",
                                               STRS(ends[0], ends[1]));
    return verdict_of(is_one ? low == least || low == most
                             : low == least && high == most);
}

/* One end of a range. */
static enum verdict
judge_end(struct claim *claim, const struct value *value, size_t end,
          const struct amounts *amounts)
{
    int64_t amount;
    if (!takes_value(claim, value) ||
        amounts->read(form_tight(claim->arena, claim->text, false), &amount) !=
            QUANTITY_OK)
        return VERDICT_UNREAD;
    claim->said = amounts->shown(claim->arena, value->items[end].number);
    return verdict_of(value->items[end].number == amount);
}

enum verdict
judge_scale(struct claim *claim)
{
    return judge_range(claim, claim->workload->scale, &counts);
}

/* `3`, `3 pods`, `3..10`, `5 pods, scaled 3..10`. */
enum verdict
judge_replicas(struct claim *claim)
{
    const struct value *scale = claim->workload->scale;
    struct str text = form_tight(claim->arena, claim->text, true);
    struct str rest = text;
    int64_t number;
    if (!form_number(&rest, &number))
        return VERDICT_UNREAD;
    skip_counted(&rest);
    if (form_skip(&rest, STR(",scaled"))) {
        enum verdict verdict =
            judge_number(claim, claim->workload->count, number);
        claim->text = rest;
        return verdict == VERDICT_AGREES ? judge_scale(claim) : verdict;
    }
    if (!is_str_empty(rest)) {
        claim->text = text;
        return judge_scale(claim);
    }
    /* The autoscaler may be at it now. */
    bool is_scaled = is_value_known(scale) &&
                     number >= scale->items[0].number &&
                     number <= scale->items[1].number;
    enum verdict verdict = judge_number(claim, claim->workload->count, number);
    return verdict == VERDICT_CONTRADICTS && is_scaled ? VERDICT_UNREAD
                                                       : verdict;
}

enum verdict
judge_memory(struct claim *claim)
{
    return judge_range(claim, claim->workload->memory, &memory);
}

enum verdict
judge_memory_request(struct claim *claim)
{
    return judge_end(claim, claim->workload->memory, 0, &memory);
}

enum verdict
judge_memory_limit(struct claim *claim)
{
    return judge_end(claim, claim->workload->memory, 1, &memory);
}

enum verdict
judge_cpu(struct claim *claim)
{
    return judge_range(claim, claim->workload->cpu, &cpu);
}

enum verdict
judge_cpu_request(struct claim *claim)
{
    return judge_end(claim, claim->workload->cpu, 0, &cpu);
}

enum verdict
judge_cpu_limit(struct claim *claim)
{
    return judge_end(claim, claim->workload->cpu, 1, &cpu);
}
