/*
 * Finding what all environments share: each workload is held against the one
 * in the first environment, so that the work grows with their number.
 */
#include "emit/kubernetes/plan.h"

#include <assert.h>

#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/network_peers.h"
#include "emit/kubernetes/sections.h"

static void plan_callers(struct plan *plan,
                         const struct environment *environment);
static void plan_service(struct plan *plan, const struct service *service);
static void choose_pairs(struct instance *instance);

struct plan *
plan_new(struct arena *arena, const struct ir *ir)
{
    struct plan *plan = arena_new(arena, sizeof *plan);
    plan->arena = arena;
    plan->ir = ir;
    plan->services =
        arena_array(arena, ir->service_count, sizeof *plan->services);
    plan->environments =
        arena_array(arena, ir->environment_count, sizeof *plan->environments);
    for (size_t i = 0; i < ir->environment_count; i++)
        plan_callers(plan, ir->environments[i]);
    for (size_t i = 0; i < ir->service_count; i++)
        plan_service(plan, ir->services[i]);
    return plan;
}

struct plan
plan_in(const struct plan *plan, struct arena *arena)
{
    struct plan same = *plan;
    same.arena = arena;
    return same;
}

struct instance
instance_of(const struct plan *plan, const struct environment *environment,
            const struct workload *workload, enum part part)
{
    struct instance instance = {.plan = plan,
                                .environment = environment,
                                .workload = workload,
                                .part = part};
    uint64_t present = SECTION(COMMON) | SECTION(ENVIRONMENT);
    uint64_t shared = SECTION(COMMON);
    if (workload != NULL) {
        const struct service_plan *service = service_plan_of(plan, workload);
        present = service->present[workload->environment->index];
        shared = service->shared;
    }
    if (part == PART_BASE)
        present &= shared;
    if (part == PART_PATCH)
        present &= ~shared;
    instance.sections = present;
    if (workload != NULL)
        choose_pairs(&instance);
    return instance;
}

bool
has_section(const struct instance *instance, enum section section)
{
    return (instance->sections >> (unsigned)section & 1) != 0;
}

bool
has_any_section(const struct instance *instance, uint64_t sections)
{
    return (instance->sections & sections) != 0;
}

const struct service_plan *
service_plan_of(const struct plan *plan, const struct workload *workload)
{
    return &plan->services[workload->service->index];
}

bool
is_in_base(const struct instance *instance, unsigned kind)
{
    assert(kind < KIND_COUNT);
    if (instance->workload == NULL)
        return !kind_row((enum kind_id)kind)->is_overlay_only;
    const struct service_plan *service =
        service_plan_of(instance->plan, instance->workload);
    return (service->base_kinds >> kind & 1) != 0;
}

static bool
is_in_part(const struct instance *instance, bool is_shared)
{
    switch (instance->part) {
    case PART_WHOLE:
        return true;
    case PART_BASE:
        return is_shared;
    case PART_PATCH:
        return !is_shared;
    }
    return true;
}

bool
has_pair(const struct instance *instance, const struct map *pairs,
         const struct pair *pair)
{
    const struct shared_pair *shared = NULL;
    if (service_plan_of(instance->plan, instance->workload)->is_everywhere)
        shared = map_find(pairs, pair->key);
    return is_in_part(instance, shared != NULL &&
                                    shared->seen_count ==
                                        instance->plan->ir->environment_count);
}

/* Pairs are shared one by one: a part has the section when it has a pair. */
static void
choose_section(struct instance *instance, enum section section,
               const struct map *pairs, const struct pair *list, size_t count)
{
    instance->sections &= ~(UINT64_C(1) << (unsigned)section);
    for (size_t i = 0; i < count; i++) {
        if (has_pair(instance, pairs, &list[i]))
            instance->sections |= UINT64_C(1) << (unsigned)section;
    }
}

static void
choose_pairs(struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct service_plan *service =
        service_plan_of(instance->plan, workload);
    choose_section(instance, SECTION_LABELS, &service->labels, workload->labels,
                   workload->label_count);
    choose_section(instance, SECTION_ANNOTATIONS, &service->annotations,
                   workload->annotations, workload->annotation_count);
}

bool
has_config_key(const struct instance *instance, const struct setting *setting)
{
    const struct service_plan *service =
        service_plan_of(instance->plan, instance->workload);
    bool is_shared =
        service->is_everywhere && service->is_key_shared[setting->key->index];
    return is_in_part(instance, is_shared);
}

/* ---- who calls whom ----------------------------------------------------- */

static void
count_callers(const struct environment *environment, size_t *starts)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t k = 0; k < workload->call_count; k++) {
            if (called_workload(workload, &workload->calls[k]) != NULL)
                starts[workload->calls[k].service->index + 1]++;
        }
    }
}

static void
plan_callers(struct plan *plan, const struct environment *environment)
{
    size_t count = plan->ir->service_count;
    size_t *starts = arena_array(plan->arena, count + 1, sizeof *starts);
    size_t *ends = arena_array(plan->arena, count + 1, sizeof *ends);
    count_callers(environment, starts);
    for (size_t i = 0; i < count; i++) {
        starts[i + 1] += starts[i];
        ends[i] = starts[i];
    }
    const struct service **callers =
        arena_array(plan->arena, starts[count] + 1, sizeof *callers);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t k = 0; k < workload->call_count; k++) {
            const struct call *call = &workload->calls[k];
            if (called_workload(workload, call) != NULL)
                callers[ends[call->service->index]++] = workload->service;
        }
    }
    plan->environments[environment->index] =
        (struct environment_plan){starts, callers};
}

/* ---- what is the same everywhere ---------------------------------------- */

static bool
is_service_everywhere(const struct ir *ir, const struct service *service)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (workload_find(ir->environments[i], service) == NULL)
            return false;
    }
    return ir->environment_count > 0;
}

static uint64_t
shared_sections(const struct plan *plan, const struct service *service)
{
    const struct ir *ir = plan->ir;
    const struct workload *first = workload_find(ir->environments[0], service);
    uint64_t shared = NO_SECTIONS;
    for (unsigned s = 0; s < SECTION_COUNT; s++) {
        bool is_equal = s != SECTION_ENVIRONMENT && s != SECTION_CONFIG;
        for (size_t i = 1; is_equal && i < ir->environment_count; i++)
            is_equal = is_section_equal(
                plan, first, workload_find(ir->environments[i], service),
                (enum section)s);
        if (is_equal)
            shared |= UINT64_C(1) << s;
    }
    return shared;
}

/* A map that is called by its content has one name in the base only when all
 * environments have this content. */
static bool
is_name_shared(enum kind_id id, uint64_t shared)
{
    return id != KIND_FILES || (shared & SECTION(FILES)) != 0;
}

static uint64_t
base_kinds(const struct plan *plan, const struct service *service,
           uint64_t shared)
{
    uint64_t kinds = 0;
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        bool is_base = kind->scope != SCOPE_ENVIRONMENT &&
                       !kind->is_overlay_only &&
                       is_name_shared((enum kind_id)id, shared);
        for (size_t i = 0; is_base && i < plan->ir->environment_count; i++) {
            const struct environment *environment = plan->ir->environments[i];
            struct subject subject = {plan->ir, environment,
                                      workload_find(environment, service)};
            is_base = kind_exists(kind, subject);
        }
        if (is_base)
            kinds |= UINT64_C(1) << id;
    }
    return kinds;
}

/* Marks the keys that `workload` has with the value of the environments
 * before it: seen[key] counts these environments. */
static void
mark_keys(const struct workload *workload, size_t environment_index,
          size_t *seen, const struct value **values)
{
    for (size_t i = 0; i < workload->config_count; i++) {
        const struct setting *setting = workload->config[i];
        size_t key = setting->key->index;
        if (seen[key] != environment_index)
            continue;
        if (environment_index == 0)
            values[key] = setting->value;
        if (is_value_equal(values[key], setting->value))
            seen[key]++;
    }
}

static bool
plan_config(struct plan *plan, const struct service *service)
{
    const struct ir *ir = plan->ir;
    size_t count = ir->config_key_count;
    size_t *seen = arena_array(plan->arena, count, sizeof *seen);
    const struct value **values =
        arena_array(plan->arena, count, sizeof *values);
    bool *is_shared = arena_array(plan->arena, count, sizeof *is_shared);
    bool is_all_shared = true;
    for (size_t i = 0; i < ir->environment_count; i++)
        mark_keys(workload_find(ir->environments[i], service), i, seen, values);
    for (size_t i = 0; i < count; i++) {
        is_shared[i] = seen[i] == ir->environment_count;
        if (seen[i] > 0 && !is_shared[i])
            is_all_shared = false;
    }
    plan->services[service->index].is_key_shared = is_shared;
    return is_all_shared;
}

/* Marks the pairs that the environments so far all have. */
static void
mark_pairs(struct map *shared, const struct pair *pairs, size_t count,
           size_t environment_index)
{
    for (size_t i = 0; i < count; i++) {
        struct shared_pair *seen = map_find(shared, pairs[i].key);
        if (environment_index == 0 && seen == NULL) {
            seen = arena_new(shared->arena, sizeof *seen);
            seen->value = pairs[i].value;
            map_put(shared, pairs[i].key, seen);
        }
        if (seen != NULL && seen->seen_count == environment_index &&
            is_value_equal(seen->value, pairs[i].value))
            seen->seen_count++;
    }
}

static void
plan_pairs(struct plan *plan, const struct service *service)
{
    struct service_plan *made = &plan->services[service->index];
    map_init(&made->labels, plan->arena);
    map_init(&made->annotations, plan->arena);
    for (size_t i = 0; i < plan->ir->environment_count; i++) {
        const struct workload *workload =
            workload_find(plan->ir->environments[i], service);
        mark_pairs(&made->labels, workload->labels, workload->label_count, i);
        mark_pairs(&made->annotations, workload->annotations,
                   workload->annotation_count, i);
    }
}

static const uint64_t *
plan_sections(const struct plan *plan, const struct service *service)
{
    const struct ir *ir = plan->ir;
    uint64_t *present =
        arena_array(plan->arena, ir->environment_count, sizeof *present);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct workload *workload =
            workload_find(ir->environments[i], service);
        if (workload != NULL)
            present[i] = sections_present(plan, workload);
    }
    return present;
}

static void
plan_service(struct plan *plan, const struct service *service)
{
    struct service_plan *made = &plan->services[service->index];
    made->present = plan_sections(plan, service);
    made->is_everywhere = is_service_everywhere(plan->ir, service);
    if (!made->is_everywhere)
        return;
    made->shared = shared_sections(plan, service);
    made->base_kinds = base_kinds(plan, service, made->shared);
    plan_pairs(plan, service);
    if (plan_config(plan, service))
        made->shared |= SECTION(CONFIG);
}
