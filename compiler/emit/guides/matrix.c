/*
 * The environments side by side: a row a fact, a column an environment.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "ir/quantity.h"
#include "ir/release.h"

#define NOTHING "–"

typedef struct str cell_of(struct guide *guide,
                           const struct environment *environment);

static cell_of tier_cell, namespace_cell, cluster_cell, nodes_cell, branch_cell,
    tag_cell, ingress_cell, address_cell, hosts_cell, vault_cell, strategy_cell,
    approval_cell, watch_cell, back_cell, pipeline_cell;

static const struct {
    const char *title;
    cell_of *cell;
} facts[] = {
    {"Tier", tier_cell},           {"Namespace", namespace_cell},
    {"Cluster", cluster_cell},     {"Nodes", nodes_cell},
    {"Branch", branch_cell},       {"Image tag", tag_cell},
    {"Served as", hosts_cell},     {"Ingress", ingress_cell},
    {"Address", address_cell},     {"Vault", vault_cell},
    {"Deployment", strategy_cell}, {"Approvals", approval_cell},
    {"Watched for", watch_cell},   {"Taken back", back_cell},
    {"Pipeline", pipeline_cell},
};

bool
has_environments(const struct ir *ir)
{
    return ir->environment_count > 0;
}

static struct str
tier_cell(struct guide *guide, const struct environment *environment)
{
    return shown(guide, environment->tier_value);
}

static struct str
namespace_cell(struct guide *guide, const struct environment *environment)
{
    return shown(guide, environment->namespace_name);
}

static struct str
cluster_cell(struct guide *guide, const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    if (cluster == NULL)
        return STR(NOTHING);
    if (!is_value_known(cluster->group))
        return shown(guide, cluster->name);
    return arena_format(
        guide->arena, "{} in {}",
        STRS(shown(guide, cluster->name), shown(guide, cluster->group)));
}

static struct str
nodes_cell(struct guide *guide, const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    if (cluster == NULL || !is_value_known(cluster->nodes))
        return STR(NOTHING);
    struct str nodes = number_text(guide, cluster->nodes->number);
    if (!is_value_known(cluster->cpu) || !is_value_known(cluster->memory))
        return nodes;
    return arena_format(
        guide->arena, "{}, each {} CPU and {}",
        STRS(nodes, cpu_text(guide->arena, cluster->cpu->number),
             memory_text(guide->arena, cluster->memory->number)));
}

static struct str
branch_cell(struct guide *guide, const struct environment *environment)
{
    return shown(guide, environment->branch);
}

static struct str
tag_cell(struct guide *guide, const struct environment *environment)
{
    return shown(guide, environment->tag);
}

static struct str
hosts_cell(struct guide *guide, const struct environment *environment)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < environment->host_count; i++)
        buf_format(&buf, i == 0 ? "{}" : "<br>{}",
                   STRS(shown(guide, environment->hosts[i].name)));
    return buf.len == 0 ? STR(NOTHING) : buf_str(&buf);
}

static struct str
ingress_cell(struct guide *guide, const struct environment *environment)
{
    const struct ingress *ingress = environment->ingress;
    if (ingress == NULL)
        return STR(NOTHING);
    if (ingress->gateway != NULL)
        return shown(guide, ingress->gateway);
    return shown(guide, ingress->class_name);
}

static struct str
address_cell(struct guide *guide, const struct environment *environment)
{
    return environment->ingress == NULL
               ? STR(NOTHING)
               : shown(guide, environment->ingress->address);
}

static struct str
vault_cell(struct guide *guide, const struct environment *environment)
{
    return environment->vault == NULL ? STR(NOTHING)
                                      : shown(guide, environment->vault->name);
}

static struct str
strategy_cell(struct guide *guide, const struct environment *environment)
{
    (void)guide;
    if (environment->deploy == NULL)
        return STR(NOTHING);
    switch (environment->deploy->strategy) {
    case STRATEGY_ROLLING:
        return STR("rolling");
    case STRATEGY_BLUE_GREEN:
        return STR("blue-green");
    case STRATEGY_CANARY:
        return STR("canary");
    }
    return STR(NOTHING);
}

static struct str
approval_cell(struct guide *guide, const struct environment *environment)
{
    if (environment->deploy == NULL)
        return STR(NOTHING);
    const struct step *step =
        deploy_step_find(environment->deploy, STEP_APPROVE);
    const struct step *turn =
        deploy_step_find(environment->deploy, STEP_SWITCH);
    int64_t count = approval_count(guide->ir, environment);
    int64_t again = turn == NULL ? 0 : approval_number(turn->approval);
    if (count == 0 && step != NULL)
        return STR("optional");
    if (count == 0 && again == 0)
        return STR("none");
    struct str first = number_text(guide, count);
    return again == 0 ? first
                      : arena_format(guide->arena, "{}, then {} for the switch",
                                     STRS(first, number_text(guide, again)));
}

static struct str
watch_cell(struct guide *guide, const struct environment *environment)
{
    int64_t time = step_ms(environment->deploy, STEP_WATCH);
    return time == 0 ? STR(NOTHING) : time_shown(guide, time);
}

static struct str
back_cell(struct guide *guide, const struct environment *environment)
{
    (void)guide;
    if (environment->deploy == NULL)
        return STR(NOTHING);
    return deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL
               ? STR("by itself when it fails")
               : STR("by hand");
}

static struct str
pipeline_cell(struct guide *guide, const struct environment *environment)
{
    if (!has_workflow(guide->ir, environment))
        return STR(NOTHING);
    struct str name = workflow_name(guide, environment);
    return named_link(guide, arena_cstr(guide->arena, code(guide, name)),
                      workflow_path(guide, environment));
}

/* ---- tables ------------------------------------------------------------- */

static void
table_start(struct guide *guide, const char *corner)
{
    const struct ir *ir = guide->ir;
    struct str *titles =
        arena_array(guide->arena, ir->environment_count + 1, sizeof *titles);
    titles[0] = str_from(corner);
    for (size_t i = 0; i < ir->environment_count; i++)
        titles[i + 1] = said(guide, ir->environments[i]->name);
    guide_table(guide, (struct strs){titles, ir->environment_count + 1});
}

/* A row in which no environment has anything is left out. */
static void
write_fact(struct guide *guide, const char *title, cell_of *cell)
{
    const struct ir *ir = guide->ir;
    struct str *cells =
        arena_array(guide->arena, ir->environment_count, sizeof *cells);
    bool has_any = false;
    for (size_t i = 0; i < ir->environment_count; i++) {
        cells[i] = cell(guide, ir->environments[i]);
        has_any = has_any || !is_str_equal(cells[i], STR(NOTHING));
    }
    if (!has_any)
        return;
    guide_row_start(guide, title);
    for (size_t i = 0; i < ir->environment_count; i++)
        guide_cell(guide, cells[i]);
    guide_row_end(guide);
}

static struct str
size_cell(struct guide *guide, const struct workload *workload)
{
    struct buf buf;
    if (workload == NULL)
        return STR(NOTHING);
    buf_init(&buf, guide->arena);
    if (is_value_known(workload->scale))
        buf_format(
            &buf, "{} pods, scaled {}<br>",
            STRS(shown(guide, workload->count), shown(guide, workload->scale)));
    else if (is_value_known(workload->schedule))
        buf_format(&buf, "at {}<br>", STRS(shown(guide, workload->schedule)));
    else if (is_value_known(workload->count))
        buf_format(&buf,
                   workload->count->number == 1 ? "{} pod<br>" : "{} pods<br>",
                   STRS(shown(guide, workload->count)));
    buf_format(
        &buf, "memory {}<br>CPU {}",
        STRS(shown(guide, workload->memory), shown(guide, workload->cpu)));
    return buf_str(&buf);
}

/* A name, and below it what the program says of it. */
static const char *
with_doc(struct guide *guide, struct str name, struct str doc)
{
    if (is_str_empty(doc))
        return arena_cstr(guide->arena, name);
    return arena_cstr(guide->arena, arena_format(guide->arena, "{}<br>{}",
                                                 STRS(name, said(guide, doc))));
}

static void
write_sizes(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->service_count == 0)
        return;
    guide_heading(guide, 3, STR("What runs, and how large"));
    table_start(guide, "Service");
    for (size_t i = 0; i < ir->service_count; i++) {
        const struct service *service = ir->services[i];
        guide_row_start(
            guide, with_doc(guide, said(guide, service->name), service->doc));
        for (size_t j = 0; j < ir->environment_count; j++)
            guide_cell(
                guide,
                size_cell(guide, workload_find(ir->environments[j], service)));
        guide_row_end(guide);
    }
    guide_paragraph(guide,
                    "Memory and CPU are request..limit: what is set aside for "
                    "a pod, and what it may take at the most.",
                    NO_STRS);
}

static void
write_config(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->config_key_count == 0)
        return;
    guide_heading(guide, 3, STR("Configuration"));
    table_start(guide, "Key");
    for (size_t i = 0; i < ir->config_key_count; i++) {
        guide_row_start(guide,
                        with_doc(guide, code(guide, ir->config_keys[i].name),
                                 ir->config_keys[i].doc));
        for (size_t j = 0; j < ir->environment_count; j++)
            guide_cell(guide,
                       shown(guide, ir->environments[j]->settings[i].value));
        guide_row_end(guide);
    }
}

static void
write_purposes(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (!is_str_empty(environment->doc))
            guide_paragraph(guide, "**{}**: {}",
                            STRS(said(guide, environment->name),
                                 said(guide, environment->doc)));
    }
}

void
write_environments(struct guide *guide)
{
    write_purposes(guide);
    table_start(guide, "Fact");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        write_fact(guide, facts[i].title, facts[i].cell);
    write_sizes(guide);
    write_config(guide);
}
