/*
 * Family R: quotas that somebody wrote by hand against all that runs beside
 * them, and pods that must not share a node.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/sizes.h"
#include "ir/release.h"
#include "ir/quantity.h"

enum { SURGE_PART = 4 }; /* of a rolling update: a quarter */

/* A line of a quota's `hard`. */
struct quota_row {
    const char *key;
    bool is_limit;
    int64_t (*read)(const struct raw *raw);
    struct str (*text)(struct arena *arena, int64_t number);
    const char *resource; /* NULL: pods are counted */
};

/* What a namespace may come to need; -1: not known. */
struct quota_sum {
    bool is_known; /* it was added up */
    int64_t steady;
    int64_t surge; /* on top, while a release comes in */
    const struct scene_pods *largest;
    int64_t largest_share;
};

static int64_t read_count(const struct raw *raw);

/* True after a report. `most` is what the quota allows. */
typedef bool quota_judge(struct check *check, const struct raw_use *use,
                         const struct scene *scene, const struct raw *hard,
                         const struct quota_row *row,
                         const struct quota_sum *sum, int64_t most);

static void each_quota(struct check *check, quota_judge *judge);
static quota_judge judge_steady, judge_surge;
static scene_pods_judge judge_nodes;

static const struct quota_row rows[] = {
    {"limits.memory", true, raw_memory_bytes, memory_text, "memory"},
    {"requests.memory", false, raw_memory_bytes, memory_text, "memory"},
    {"memory", false, raw_memory_bytes, memory_text, "memory"},
    {"limits.cpu", true, raw_cpu_millicores, cpu_text, "cpu"},
    {"requests.cpu", false, raw_cpu_millicores, cpu_text, "cpu"},
    {"cpu", false, raw_cpu_millicores, cpu_text, "cpu"},
    {"pods", false, read_count, arena_number, NULL},
    {"count/pods", false, read_count, arena_number, NULL},
};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

/* R13 */
void
check_quota_sum(struct check *check)
{
    each_quota(check, judge_steady);
}

/* R14 */
void
check_pods_per_node(struct check *check)
{
    each_scene_pods(check, judge_nodes);
}

/* R16 */
void
check_quota_surge(struct check *check)
{
    each_quota(check, judge_surge);
}

/* ---- what one pod takes ------------------------------------------------- */

/* `pods: "10"` is a quantity, and so mostly a text. */
static int64_t
read_count(const struct raw *raw)
{
    int64_t number;
    bool is_read =
        raw_to_number(raw, &number) || (raw != NULL && raw->kind == RAW_TEXT &&
                                        str_to_number(raw->text, &number));
    return is_read ? number : -1;
}

static const struct value *
size_end(const struct value *memory, const struct value *cpu,
         const struct quota_row *row)
{
    bool is_memory = is_str_equal(str_from(row->resource), STR("memory"));
    const struct value *size = is_memory ? memory : cpu;
    return row->is_limit ? size_limit(size) : size_request(size);
}

static int64_t
generated_share(const struct workload *workload, const struct quota_row *row)
{
    const struct value *own = size_end(workload->memory, workload->cpu, row);
    if (!is_value_known(own))
        return -1;
    int64_t sum = own->number;
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct container *container = &workload->containers[i];
        const struct value *size =
            size_end(container->memory, container->cpu, row);
        if (container->is_sidecar && is_value_known(size))
            sum = add_bounded(sum, size->number);
    }
    return sum;
}

static int64_t
raw_share_of(const struct check *check, const struct raw_pod *pod,
             const struct quota_row *row)
{
    int64_t sum = 0;
    for (size_t i = 0; i < pod->container_count; i++) {
        const struct raw_container *container = raw_container_at(check, pod, i);
        const struct raw *resources =
            raw_find(container->raw, STR("resources"));
        const struct raw *limit = raw_find(raw_find(resources, STR("limits")),
                                           str_from(row->resource));
        const struct raw *request = raw_find(
            raw_find(resources, STR("requests")), str_from(row->resource));
        const struct raw *size =
            row->is_limit || request == NULL ? limit : request;
        if (container->kind == RAW_CONTAINER_INIT ||
            container->kind == RAW_CONTAINER_DEBUG)
            continue;
        int64_t number = row->read(size);
        if (number < 0)
            return -1;
        sum = add_bounded(sum, number);
    }
    return sum;
}

static int64_t
share_of(const struct check *check, const struct scene_pods *pods,
         const struct quota_row *row)
{
    if (row->resource == NULL)
        return 1;
    return pods->workload != NULL ? generated_share(pods->workload, row)
                                  : raw_share_of(check, pods->raw, row);
}

/* ---- what all take ------------------------------------------------------ */

static int64_t
default_surge(int64_t pods)
{
    return pods / SURGE_PART + (pods % SURGE_PART > 0);
}

/* How many more there may be while a release comes in: no more than there are
 * of the new one. */
static int64_t
surge_pods(const struct scene_pods *pods)
{
    if (!is_str_equal(pods->kind, STR("Deployment")))
        return 0;
    if (pods->workload != NULL)
        return strategy_of(pods->workload) == STRATEGY_ROLLING
                   ? default_surge(pods->most)
                   : 0;
    const struct raw_use *use = pods->raw->use;
    const struct raw *surge =
        raw_at(use->spec, "strategy.rollingUpdate.maxSurge");
    if (is_raw_text(raw_at(use->spec, "strategy.type"), "Recreate"))
        return 0;
    if (surge == NULL)
        return default_surge(pods->most);
    int64_t share = raw_share(surge, pods->most, true);
    if (share < 0)
        return 0;
    return share < pods->most ? share : pods->most;
}

/* Jobs come and go: one pod each. A DaemonSet has one a node. */
static int64_t
most_pods(const struct scene *scene, const struct scene_pods *pods)
{
    const struct cluster *cluster = scene->environment->cluster;
    if (is_str_equal(pods->kind, STR("DaemonSet")))
        return cluster != NULL && is_value_known(cluster->nodes)
                   ? cluster->nodes->number
                   : -1;
    if (is_str_equal(pods->kind, STR("CronJob")) ||
        is_str_equal(pods->kind, STR("Job")))
        return 1;
    return pods->most;
}

static void
add_pods(const struct check *check, const struct scene *scene,
         const struct scene_pods *pods, const struct quota_row *row,
         struct quota_sum *sum)
{
    int64_t share = share_of(check, pods, row);
    int64_t count = most_pods(scene, pods);
    if (share < 0 || count < 0 || sum->steady < 0) {
        sum->steady = -1;
        sum->largest = NULL;
        return;
    }
    int64_t steady = multiply_bounded(share, count);
    sum->steady = add_bounded(sum->steady, steady);
    sum->surge =
        add_bounded(sum->surge, multiply_bounded(share, surge_pods(pods)));
    if (steady > sum->largest_share) {
        sum->largest = pods;
        sum->largest_share = steady;
    }
}

/* Once for each environment and row, however many quotas there are. */
static const struct quota_sum *
sum_of(const struct check *check, const struct scene *scene, size_t row_index,
       struct quota_sum *sums)
{
    struct quota_sum *sum =
        &sums[scene->environment->index * ROW_COUNT + row_index];
    for (size_t i = 0; !sum->is_known && i < scene->pods.count; i++)
        add_pods(check, scene, *(struct scene_pods **)vec_at(&scene->pods, i),
                 &rows[row_index], sum);
    sum->is_known = true;
    return sum;
}

/* ---- R13, R16 ----------------------------------------------------------- */

/* A quota of some pods only, by their class or their end, is not judged. */
static bool
is_partial(const struct raw_use *use)
{
    return raw_item_count(raw_find(use->spec, STR("scopes"))) > 0 ||
           raw_find(use->spec, STR("scopeSelector")) != NULL;
}

static struct diag *
report_quota(struct check *check, enum diag_code code,
             const struct raw_use *use, const struct raw *hard,
             const struct quota_row *row, const struct quota_sum *sum,
             int64_t needed)
{
    struct diag *diag =
        raw_report(check, code, hard->span, use,
                   STRS(use->text, row->text(check->arena, row->read(hard)),
                        str_from(row->key), row->text(check->arena, needed)));
    diag_note(
        diag, sum->largest->span, "the most is for `{}`: {}",
        STRS(sum->largest->text, row->text(check->arena, sum->largest_share)));
    return diag;
}

/* R13 */
static bool
judge_steady(struct check *check, const struct raw_use *use,
             const struct scene *scene, const struct raw *hard,
             const struct quota_row *row, const struct quota_sum *sum,
             int64_t most)
{
    if (sum->steady <= most)
        return false;
    struct diag *diag =
        report_quota(check, DIAG_R13, use, hard, row, sum, sum->steady);
    diag_label(diag, "the last pods of `{}` will not start",
               STRS(scene->environment->name));
    diag_help(
        diag, "raise it to {}, or let fewer run",
        STRS(row->text(check->arena, add_bounded(sum->steady, sum->surge))));
    return true;
}

/* R16 */
static bool
judge_surge(struct check *check, const struct raw_use *use,
            const struct scene *scene, const struct raw *hard,
            const struct quota_row *row, const struct quota_sum *sum,
            int64_t most)
{
    int64_t needed = add_bounded(sum->steady, sum->surge);
    if (sum->steady > most || needed <= most)
        return false;
    struct diag *diag =
        report_quota(check, DIAG_R16, use, hard, row, sum, needed);
    diag_label(diag, "a release into `{}` may wait for pods that cannot start",
               STRS(scene->environment->name));
    diag_help(diag, "raise it to {}", STRS(row->text(check->arena, needed)));
    return true;
}

/* Where nothing is largest, nothing is needed, or nobody knows how much. */
static bool
judge_row(struct check *check, const struct raw_use *use,
          const struct scene *scene, size_t row_index, struct quota_sum *sums,
          quota_judge *judge)
{
    const struct quota_row *row = &rows[row_index];
    const struct raw *hard =
        raw_find(raw_find(use->spec, STR("hard")), str_from(row->key));
    int64_t most = row->read(hard);
    if (most < 0)
        return false;
    const struct quota_sum *sum = sum_of(check, scene, row_index, sums);
    return sum->largest != NULL &&
           judge(check, use, scene, hard, row, sum, most);
}

static void
judge_quota(struct check *check, const struct raw_use *use,
            struct quota_sum *sums, quota_judge *judge)
{
    bool is_reported = is_partial(use);
    for (size_t i = 0; !is_reported && i < use->environment_count; i++) {
        const struct scene *scene = scene_of(check, use->environments[i]);
        for (size_t j = 0; j < ROW_COUNT; j++)
            is_reported |= judge_row(check, use, scene, j, sums, judge);
    }
}

static void
each_quota(struct check *check, quota_judge *judge)
{
    struct quota_sum *sums = arena_array(
        check->arena, check->ir->environment_count * ROW_COUNT, sizeof *sums);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        if (is_raw_of(&check->raw->uses[i], "", "ResourceQuota"))
            judge_quota(check, &check->raw->uses[i], sums, judge);
    }
}

/* ---- R14 ---------------------------------------------------------------- */

/* What forbids two of these pods on one node; NULL when nothing does. */
static const struct raw *
apart_of(const struct scene *scene, const struct scene_pods *pods)
{
    const struct raw *terms = raw_at(
        pods->raw->spec,
        "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    for (size_t i = 0; i < raw_item_count(terms); i++) {
        const struct raw *term = terms->entries[i].value;
        const struct raw *key = raw_find(term, STR("topologyKey"));
        const struct raw *selector = raw_find(term, STR("labelSelector"));
        if (is_raw_text(key, "kubernetes.io/hostname") && selector != NULL &&
            is_selected(scene, pods, selector))
            return key;
    }
    return NULL;
}

static bool
judge_nodes(struct check *check, const struct scene *scene,
            const struct scene_pods *pods)
{
    const struct cluster *cluster = scene->environment->cluster;
    const struct raw *apart = apart_of(scene, pods);
    if (apart == NULL || cluster == NULL || !has_raw_replicas(pods->raw) ||
        !is_value_known(cluster->nodes) || pods->most <= cluster->nodes->number)
        return false;
    struct diag *diag =
        raw_report(check, DIAG_R14, apart->span, pods->raw->use,
                   STRS(pods->text, arena_number(check->arena, pods->most)));
    diag_label(diag, "no two of them on one node", NO_STRS);
    diag_note(diag, cluster->nodes->span, "`{}` has {} nodes",
              STRS(scene->environment->name,
                   arena_number(check->arena, cluster->nodes->number)));
    diag_help(
        diag,
        "write `preferredDuringSchedulingIgnoredDuringExecution`, or run fewer",
        NO_STRS);
    return true;
}
