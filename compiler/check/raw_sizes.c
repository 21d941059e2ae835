/*
 * Family R: what containers that somebody wrote by hand ask for and may take.
 * The namespace's LimitRange stands in for what they leave open, with sizes
 * that nobody chose for them.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "ir/quantity.h"

/* One field of `resources` that should be there. */
struct size_rule {
    enum diag_code code;
    const char *list; /* `requests` or `limits` */
    const char *resource;
    bool may_be_limit; /* a limit alone is the request as well */
    const char *label;
};

static raw_container_visit judge_memory_request, judge_memory_limit,
    judge_cpu_request, judge_cpu_limit, judge_fine_cpu;
static scene_pods_judge judge_node;

/* R01, with check_memory_missing */
void
check_raw_memory_request(struct check *check)
{
    each_raw_container(check, judge_memory_request);
}

/* R02 */
void
check_raw_memory_limit(struct check *check)
{
    each_raw_container(check, judge_memory_limit);
}

/* R03, with check_cpu_missing */
void
check_raw_cpu_request(struct check *check)
{
    each_raw_container(check, judge_cpu_request);
}

/* R04 */
void
check_raw_cpu_limit(struct check *check)
{
    each_raw_container(check, judge_cpu_limit);
}

/* R08, with resolve/atoms.c */
void
check_raw_fine_cpu(struct check *check)
{
    each_raw_container(check, judge_fine_cpu);
}

/* R10, with check_request_over_node */
void
check_raw_node(struct check *check)
{
    each_scene_pods(check, judge_node);
}

/* ---- said or not -------------------------------------------------------- */

static const struct raw *
size_of(const struct raw_container *container, const char *list,
        const char *resource)
{
    const struct raw *resources = raw_find(container->raw, STR("resources"));
    return raw_find(raw_find(resources, str_from(list)), str_from(resource));
}

/* A pod may say sizes for all of its containers, since 1.34. */
static bool
is_said(const struct raw_container *container, const struct size_rule *rule)
{
    const struct raw *whole =
        raw_find(raw_at(container->pod->spec, "resources.limits"),
                 str_from(rule->resource));
    return whole != NULL ||
           size_of(container, rule->list, rule->resource) != NULL ||
           (rule->may_be_limit &&
            size_of(container, "limits", rule->resource) != NULL);
}

static void
judge_size(struct check *check, const struct raw_container *container,
           const struct size_rule *rule)
{
    const struct raw_use *autoscaler =
        rule->may_be_limit ? autoscaler_find(check, container->pod) : NULL;
    struct str resource = str_from(rule->resource);
    if (container->kind == RAW_CONTAINER_DEBUG || is_said(container, rule) ||
        (autoscaler != NULL && container->kind != RAW_CONTAINER_INIT &&
         autoscaler_share(autoscaler, resource) != NULL))
        return; /* A04 tells it with what comes of it */
    struct diag *diag = raw_report(check, rule->code, container->span,
                                   container->pod->use, STRS(container->text));
    diag_label(diag, rule->label, NO_STRS);
    diag_help(diag, "write `{}` under its `resources.{}`",
              STRS(resource, str_from(rule->list)));
}

static void
judge_memory_request(struct check *check, const struct raw_container *container)
{
    static const struct size_rule rule = {
        DIAG_R01, "requests", "memory", true,
        "it may land where there is none left"};
    judge_size(check, container, &rule);
}

static void
judge_memory_limit(struct check *check, const struct raw_container *container)
{
    static const struct size_rule rule = {
        DIAG_R02, "limits", "memory", false,
        "when it leaks, what else runs on its node is ended"};
    judge_size(check, container, &rule);
}

static void
judge_cpu_request(struct check *check, const struct raw_container *container)
{
    static const struct size_rule rule = {
        DIAG_R03, "requests", "cpu", true,
        "when its node is busy, it gets next to nothing"};
    judge_size(check, container, &rule);
}

static void
judge_cpu_limit(struct check *check, const struct raw_container *container)
{
    static const struct size_rule rule = {
        DIAG_R04, "limits", "cpu", false,
        "it takes what the others on its node leave"};
    judge_size(check, container, &rule);
}

/* ---- R08 ---------------------------------------------------------------- */

/* `500u`, `100n`, `0.0005` */
static bool
is_finer_than_milli(const struct raw *cpu)
{
    int64_t millicores;
    if (cpu == NULL || is_str_empty(cpu->text))
        return false;
    char unit = cpu->text.at[cpu->text.len - 1];
    return unit == 'u' || unit == 'n'
               ? !is_ascii_alpha(cpu->text.at[0])
               : cpu_read(cpu->text, &millicores) == QUANTITY_TOO_FINE;
}

static void
judge_fine_cpu(struct check *check, const struct raw_container *container)
{
    static const char *const lists[] = {"requests", "limits"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct raw *cpu = size_of(container, lists[i], "cpu");
        if (!is_finer_than_milli(cpu))
            continue;
        struct diag *diag = raw_report(check, DIAG_R08, cpu->span,
                                       container->pod->use, STRS(cpu->text));
        diag_label(diag, "Kubernetes counts whole thousandths of a CPU",
                   NO_STRS);
        diag_help(diag, "write `1m` or more", NO_STRS);
    }
}

/* ---- R10 ---------------------------------------------------------------- */

typedef struct str quantity_text(struct arena *arena, int64_t number);

/* What is not asked for, or cannot be read, is less than nothing. */
static bool
judge_over(struct check *check, const struct scene_pods *pods,
           const struct raw *request, int64_t asked, const struct value *has,
           quantity_text *text)
{
    if (!is_value_known(has) || asked <= has->number)
        return false;
    struct diag *diag =
        raw_report(check, DIAG_R10, request->span, pods->raw->use,
                   STRS(pods->text, text(check->arena, asked)));
    diag_label(diag, "no node will ever take it", NO_STRS);
    diag_note(diag, has->span, "a node has this much", NO_STRS);
    diag_help(diag, "ask for less, or take larger nodes", NO_STRS);
    return true;
}

static bool
judge_node(struct check *check, const struct scene *scene,
           const struct scene_pods *pods)
{
    const struct cluster *cluster = scene->environment->cluster;
    bool is_reported = false;
    for (size_t i = 0; cluster != NULL && i < pods->raw->container_count; i++) {
        const struct raw_container *container =
            raw_container_at(check, pods->raw, i);
        const struct raw *memory = size_of(container, "requests", "memory");
        const struct raw *cpu = size_of(container, "requests", "cpu");
        int64_t bytes = raw_memory_bytes(memory);
        int64_t millicores = raw_cpu_millicores(cpu);
        is_reported |= judge_over(check, pods, memory, bytes, cluster->memory,
                                  memory_text);
        is_reported |=
            judge_over(check, pods, cpu, millicores, cluster->cpu, cpu_text);
    }
    return is_reported;
}
