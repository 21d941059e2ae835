#include "emit/scripts/promote.h"

#include "emit/scripts/facts.h"
#include "emit/workflows/facts.h"

/* A script moves a release between environments that pipelines deploy to. */
static bool
is_movable(const struct ir *ir, const struct promotion *promotion)
{
    return has_pipeline(ir, promotion->from) && has_pipeline(ir, promotion->to);
}

static struct str
edge_key(struct arena *arena, const struct environment *from,
         const struct environment *to)
{
    return arena_format(arena, "{} {}", STRS(from->name, to->name));
}

static struct str
edge_lines(struct arena *arena, const struct ir *ir)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *edge = &ir->promotions[i];
        if (is_movable(ir, edge))
            buf_format(&lines, "{} {}\n",
                       STRS(edge->from->name, edge->to->name));
    }
    return buf_str(&lines);
}

static struct str
never_lines(struct arena *arena, const struct ir *ir)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        const struct forbidden *never = &ir->forbidden[i];
        buf_format(&lines, "{} {}\n", STRS(never->from->name, never->to->name));
    }
    return buf_str(&lines);
}

/* How many reviews a pull request into the environment's branch needs. */
static int64_t
review_count(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        if (is_value_known(protection->branch) &&
            is_str_equal(protection->branch->text, environment->branch->text) &&
            is_value_known(protection->reviews))
            return protection->reviews->number;
    }
    return 0;
}

static void
add_environment(struct buf *table, const struct ir *ir,
                const struct environment *environment)
{
    table_name(table, environment);
    if (!has_pipeline(ir, environment))
        return;
    table_place(table, environment);
    table_state(table, ir, environment);
    table_pipeline(table, environment);
}

static void
add_edge(struct buf *table, const struct ir *ir,
         const struct promotion *promotion)
{
    struct arena *arena = table->arena;
    struct str key = edge_key(arena, promotion->from, promotion->to);
    int64_t approvals = approval_count(ir, promotion->to);
    table_add(table, key, "BRX_TIER", tier_text(promotion->to));
    if (promotion->when_healthy)
        table_add(table, key, "BRX_HEALTHY", STR("yes"));
    if (is_value_known(promotion->soak))
        table_number(table, key, "BRX_SOAK_SECONDS",
                     (promotion->soak->number + 999) / 1000);
    table_add(table, key, "BRX_WINDOWS", window_lines(arena, promotion));
    if (approvals > 0)
        table_number(table, key, "BRX_APPROVALS", approvals);
    if (is_value_known(promotion->confirm))
        table_add(table, key, "BRX_TYPED", promotion->confirm->text);
    table_add(table, key, "BRX_FREEZES",
              freeze_lines(arena, ir, promotion->to));
    table_number(table, key, "BRX_REVIEWS", review_count(ir, promotion->to));
    if (is_last_environment(ir, promotion->to) &&
        has_tag_part(promotion->to, STR("version")))
        table_add(table, key, "BRX_TAGS", STR("yes"));
    table_add(table, key, "BRX_NOTIFY", channel_lines(arena, promotion->to));
}

static void
add_tables(struct script *script, const struct ir *ir)
{
    struct arena *arena = script->arena;
    struct buf environments;
    struct buf edges;
    buf_init(&environments, arena);
    buf_init(&edges, arena);
    for (size_t i = 0; i < ir->environment_count; i++)
        add_environment(&environments, ir, ir->environments[i]);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (is_movable(ir, &ir->promotions[i]))
            add_edge(&edges, ir, &ir->promotions[i]);
    }
    script_table(script, "BRX_EDGES", edge_lines(arena, ir));
    script_table(script, "BRX_NEVER", never_lines(arena, ir));
    script_table(script, "BRX_EDGE_FACTS", buf_str(&edges));
    script_table(script, "BRX_FACTS", buf_str(&environments));
}

bool
has_promote(const struct ir *ir)
{
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (is_movable(ir, &ir->promotions[i]))
            return true;
    }
    return false;
}

void
emit_promote(const struct ir *ir, struct scripts *scripts)
{
    struct script script;
    if (!has_promote(ir))
        return;
    script_start(&script, scripts, "promote-release.sh",
                 "Moves a release from one environment to the next.",
                 ir->promotions[0].span);
    script_project(&script, ir);
    add_tables(&script, ir);
    script_ways(&script, ir);
    script_end(&script, "release/promote.sh", "brx_promote");
}
