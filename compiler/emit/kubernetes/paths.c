#include "emit/kubernetes/paths.h"

#include <assert.h>

#include "emit/kubernetes/workload.h"

struct str
path_below(const struct plan *plan, struct str name)
{
    const struct value *root = plan->ir->output.kubernetes;
    return arena_format(plan->arena, "{}/{}",
                        STRS(is_value_known(root)
                                 ? root->text
                                 : STR("infrastructure/kubernetes"),
                             name));
}

struct str
path_overlay(const struct plan *plan, const struct environment *environment)
{
    return path_below(plan, arena_format(plan->arena, "overlays/{}",
                                         STRS(environment->name)));
}

/* `service-api`, but `job-report`, `stateful-redis` with all of it. */
static struct str
file_by_service(const struct instance *instance, const struct kind *kind)
{
    assert(instance->workload != NULL);
    static const char *const prefixes[] = {[SERVICE_STATEFUL] = "stateful",
                                           [SERVICE_JOB] = "job",
                                           [SERVICE_TASK] = "task"};
    const char *own = prefixes[instance->workload->service->kind];
    struct str prefix = str_from(own != NULL ? own : kind->file);
    return arena_format(instance->plan->arena, "{}-{}",
                        STRS(prefix, instance->workload->service->name));
}

static struct str
file_by_short(const struct instance *instance, const struct kind *kind)
{
    const struct value *short_name = instance->environment->short_name;
    return arena_format(
        instance->plan->arena, "{}-{}",
        STRS(str_from(kind->file), is_value_known(short_name)
                                       ? short_name->text
                                       : instance->environment->name));
}

struct str
path_base_file(const struct instance *instance, const struct kind *kind)
{
    if (kind->file_kind == FILE_BY_SERVICE)
        return file_by_service(instance, kind);
    return str_from(kind->file);
}

struct str
path_patch_file(const struct instance *instance, const struct kind *kind)
{
    switch (kind->file_kind) {
    case FILE_NAMED:
        return str_from(kind->file);
    case FILE_BY_SERVICE:
        return file_by_service(instance, kind);
    case FILE_BY_SHORT:
        return file_by_short(instance, kind);
    }
    return str_from(kind->file);
}

/* Never a file in which patches may stand: when the base has other objects of
 * the service, `own-` keeps the two apart. */
struct str
path_own_file(const struct instance *instance, const struct kind *kind)
{
    if (kind->own_file != NULL)
        return str_from(kind->own_file);
    struct str name = path_patch_file(instance, kind);
    if (kind->is_overlay_only || instance->workload == NULL ||
        !service_plan_of(instance->plan, instance->workload)->is_everywhere)
        return name;
    return arena_format(instance->plan->arena, "own-{}", STRS(name));
}
