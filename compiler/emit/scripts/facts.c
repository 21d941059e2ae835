#include "emit/scripts/facts.h"

#include "emit/kubernetes/names.h"
#include "emit/runtime.h"
#include "emit/workflows/facts.h"

/* The library that knows the way back: lib/way-NAME.sh. */
static struct str
way_text(const struct environment *environment)
{
    if (!environment->is_staged)
        return STR("rolling");
    return has_colours(environment) ? STR("blue-green") : STR("argo");
}

void
script_project(struct script *script, const struct ir *ir)
{
    const struct project *project = ir->project;
    struct str registry = project->registry->text;
    script_fact(script, "BRX_PROJECT", project->name);
    script_fact(script, "BRX_REPOSITORY",
                is_value_known(project->repository) ? project->repository->text
                                                    : STR(""));
    script_fact(script, "BRX_DENIED", denied_lines(script->arena, ir));
    script_fact(script, "BRX_REGISTRY", str_cut(&registry, '/'));
}

void
script_ways(struct script *script, const struct ir *ir)
{
    struct arena *arena = script->arena;
    script_library(script, STR("lib/way-rolling.sh"));
    for (size_t i = 0; i < ir->environment_count; i++) {
        struct str library = arena_format(arena, "lib/way-{}.sh",
                                          STRS(way_text(ir->environments[i])));
        if (has_pipeline(ir, ir->environments[i]) &&
            embedded_find(&script->scripts->runtime, library) != NULL)
            script_library(script, library);
    }
}

void
table_name(struct buf *table, const struct environment *environment)
{
    table_add(table, environment->name, "BRX_SHORT",
              environment->short_name->text);
}

void
table_place(struct buf *table, const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    struct str key = environment->name;
    table_add(table, key, "BRX_CLUSTER", cluster->name->text);
    table_add(table, key, "BRX_RESOURCE_GROUP", cluster->group->text);
    table_add(table, key, "BRX_NAMESPACE", environment->namespace_name->text);
}

void
table_state(struct buf *table, const struct ir *ir,
            const struct environment *environment)
{
    struct arena *arena = table->arena;
    struct str key = environment->name;
    bool is_staged_here = environment->is_staged;
    enum deployed first = is_staged_here ? DEPLOYED_STAGED : DEPLOYED_ROLLING;
    table_add(table, key, "BRX_WAY", way_text(environment));
    if (has_colours(environment))
        table_add(table, key, "BRX_COLOR_LABEL", STR(LABEL_COLOUR));
    table_add(table, key, "BRX_SERVICES",
              service_lines(arena, ir, environment, first));
    if (is_staged_here)
        table_add(table, key, "BRX_ROLLS",
                  service_lines(arena, ir, environment, DEPLOYED_ROLLING));
    table_add(table, key, "BRX_REPOSITORIES",
              repository_lines(arena, environment));
    table_add(table, key, "BRX_URLS", url_lines(arena, environment));
}

void
table_pipeline(struct buf *table, const struct environment *environment)
{
    table_add(table, environment->name, "BRX_BRANCH",
              environment->branch->text);
    table_add(table, environment->name, "BRX_WORKFLOW",
              arena_format(table->arena, "cd-{}.yml",
                           STRS(environment->short_name->text)));
}

struct str
tier_text(const struct environment *environment)
{
    switch (environment->tier) {
    case TIER_DEVELOPMENT:
        return STR("development");
    case TIER_STAGING:
        return STR("staging");
    case TIER_PRODUCTION:
        return STR("production");
    }
    return STR("");
}

struct str
channel_lines(struct arena *arena, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    struct map seen;
    struct buf lines;
    map_init(&seen, arena);
    buf_init(&lines, arena);
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (step->kind != STEP_NOTIFY || step->channel == NULL ||
            map_find(&seen, step->channel->name) != NULL)
            continue;
        map_put(&seen, step->channel->name, step);
        buf_format(&lines, "{}\n", STRS(step->channel->name));
    }
    return buf_str(&lines);
}
