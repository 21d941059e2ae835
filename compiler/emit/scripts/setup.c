#include "emit/scripts/setup.h"

#include "emit/kubernetes/names.h"
#include "emit/scripts/facts.h"
#include "emit/scripts/github.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/preview.h"
#include "emit/workflows/round_steps.h"
#include "emit/workflows/rounds.h"
#include "emit/zone_rows.h"

static struct str
known_text(const struct value *value)
{
    return is_value_known(value) ? value->text : STR("");
}

/* `PROJECT-SHORT-PART`: what an identity of Azure is called. */
static struct str
identity_name(struct arena *arena, const struct ir *ir,
              const struct environment *environment, const char *part)
{
    return arena_format(
        arena, "{}-{}-{}",
        STRS(ir->project->name, environment->short_name->text, str_from(part)));
}

static void
add_vault(struct buf *table, const struct ir *ir,
          const struct environment *environment)
{
    const struct vault *vault = environment->vault;
    struct str key = environment->name;
    if (vault == NULL || !is_value_known(vault->name))
        return;
    table_add(table, key, "BRX_VAULT", vault->name->text);
    table_add(table, key, "BRX_VAULT_IDENTITY",
              identity_name(table->arena, ir, environment, "vault"));
    table_add(table, key, "BRX_VAULT_CLIENT", known_text(vault->identity));
    if (vault->identity != NULL && vault->identity->kind == VALUE_HOLE)
        table_add(table, key, "BRX_VAULT_HOLE", vault->identity->text);
    if (round_schedule(ir, environment, ROUND_ROTATION) != NULL)
        table_add(table, key, "BRX_REMIND", STR("yes"));
    table_add(table, key, "BRX_SECRETS",
              vault_lines(table->arena, environment));
}

static bool
gives_previews(const struct ir *ir, const struct environment *environment)
{
    return has_preview(ir) && ir->preview->from == environment;
}

/* The environment itself, the gates in front of it, and that of previews. */
static struct str
github_lines(struct arena *arena, const struct ir *ir,
             const struct environment *environment)
{
    struct pipeline pipeline = plan_pipeline(arena, ir, environment);
    struct buf lines;
    buf_init(&lines, arena);
    buf_format(&lines, "{}\n", STRS(environment->github->text));
    for (size_t i = 0; i < pipeline_job_count(&pipeline); i++) {
        const struct job *job = pipeline_job(&pipeline, i);
        if (job->kind == JOB_GATE)
            buf_format(&lines, "{}\n", STRS(job->gate));
    }
    if (gives_previews(ir, environment))
        buf_add(&lines, STR(PREVIEW_GITHUB "\n"));
    return buf_str(&lines);
}

static void
add_record(struct buf *lines, const struct zone_row *row)
{
    bool is_open = is_str_empty(row->fields);
    buf_format(lines, "{} {} IN {} {}{}\n",
               STRS(row->owner, arena_number(lines->arena, row->ttl_seconds),
                    row->type, is_open ? STR("?") : STR(""),
                    is_open ? row->hole : row->fields));
}

/* Of each environment, by its index: `OWNER TTL IN TYPE VALUE` of its hosts, as
 * a master file has them; what waits for a hole has its name. */
static const struct buf *
record_lines(struct arena *arena, const struct ir *ir)
{
    struct buf *lines =
        arena_array(arena, ir->environment_count, sizeof *lines);
    for (size_t i = 0; i < ir->environment_count; i++)
        buf_init(&lines[i], arena);
    for (size_t i = 0; i < ir->zone_count; i++) {
        struct zone_rows rows = zone_rows(arena, &ir->zones[i]);
        for (size_t j = 0; j < rows.count; j++) {
            const struct record *record = rows.at[j].record;
            if (record != NULL && record->workload != NULL)
                add_record(&lines[record->workload->environment->index],
                           &rows.at[j]);
        }
    }
    return lines;
}

static void
add_doors(struct buf *table, const struct ir *ir,
          const struct environment *environment, const struct buf *records)
{
    const struct ingress *ingress = environment->ingress;
    struct str key = environment->name;
    if (ingress != NULL) {
        table_add(table, key, "BRX_INGRESS_CLASS",
                  known_text(ingress->class_name));
        table_add(table, key, "BRX_ADDRESS", known_text(ingress->address));
    }
    if (ir->tls != NULL && certificate_find(ir, environment) != NULL)
        table_add(table, key, "BRX_TLS", STR("needed"));
    table_add(table, key, "BRX_RECORDS", buf_str(&records[environment->index]));
    table_add(table, key, "BRX_URLS", url_lines(table->arena, environment));
}

/* Who brings pull requests there. */
static void
add_previews(struct buf *table, const struct ir *ir,
             const struct environment *environment)
{
    struct str key = environment->name;
    if (!gives_previews(ir, environment))
        return;
    table_add(table, key, "BRX_PREVIEW", STR(PREVIEW_GITHUB));
    table_add(table, key, "BRX_PREVIEW_IDENTITY",
              identity_name(table->arena, ir, environment, "preview"));
    table_add(table, key, "BRX_PREVIEW_ROLE",
              name_preview_deployer(table->arena, environment));
}

static void
add_environment(struct buf *table, const struct ir *ir,
                const struct environment *environment,
                const struct buf *records)
{
    struct arena *arena = table->arena;
    struct str key = environment->name;
    table_name(table, environment);
    table_add(table, key, "BRX_TIER", tier_text(environment));
    table_place(table, environment);
    if (is_value_known(environment->cluster->nodes))
        table_number(table, key, "BRX_NODES",
                     environment->cluster->nodes->number);
    table_pipeline(table, environment);
    table_add(table, key, "BRX_GITHUB", environment->github->text);
    table_add(table, key, "BRX_GITHUBS", github_lines(arena, ir, environment));
    table_add(table, key, "BRX_IDENTITY",
              identity_name(arena, ir, environment, "pipeline"));
    table_add(
        table, key, "BRX_OVERLAY",
        arena_format(arena, "{}/overlays/{}",
                     STRS(ir->output.kubernetes->text, environment->name)));
    add_vault(table, ir, environment);
    add_previews(table, ir, environment);
    add_doors(table, ir, environment, records);
}

/* `1.33 1.36`: the lowest version and the highest. */
static struct str
version_words(struct arena *arena, const struct value *versions)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < versions->item_count; i++) {
        int64_t number = versions->items[i].number;
        if (i > 0)
            buf_byte(&buf, ' ');
        buf_format(&buf, "{}.{}",
                   STRS(arena_number(arena, number / 1000),
                        arena_number(arena, number % 1000)));
    }
    return buf_str(&buf);
}

static void
add_constants(struct script *script, const struct ir *ir)
{
    struct arena *arena = script->arena;
    struct str registry = ir->project->registry->text;
    script_settings(script, ir);
    script_fact(script, "BRX_REGISTRY", str_cut(&registry, '/'));
    script_fact(script, "BRX_KUBERNETES",
                version_words(arena, ir->project->kubernetes));
    script_fact(script, "BRX_TENANT", known_text(ir->project->tenant));
    script_fact(script, "BRX_SUBSCRIPTION",
                known_text(ir->project->subscription));
    script_fact(script, "BRX_MANIFESTS", ir->output.kubernetes->text);
}

bool
has_setup(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            return is_value_known(ir->output.kubernetes) &&
                   is_value_known(ir->output.hosting) &&
                   is_value_known(ir->project->kubernetes);
    }
    return false;
}

void
emit_setup(const struct ir *ir, struct scripts *scripts)
{
    struct script script;
    struct buf table;
    buf_init(&table, scripts->documents->scratch);
    if (!has_setup(ir))
        return;
    const struct buf *records = record_lines(table.arena, ir);
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            add_environment(&table, ir, ir->environments[i], records);
    }
    script_start(&script, scripts, "setup-environment.sh",
                 "Sets an environment up, so that releases can come.",
                 ir->project->span);
    add_constants(&script, ir);
    script_table(&script, "BRX_FACTS", buf_str(&table));
    script_end(&script, "setup/setup.sh", "brx_setup");
}
