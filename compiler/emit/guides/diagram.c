#include "emit/guides/diagram.h"

#include "emit/text/mermaid.h"
#include "ir/quantity.h"
#include "ir/release.h"

#define STYLES                                                                 \
    "    classDef gate fill:#fff4ce,stroke:#8a6100,color:#1f1f1f\n"            \
    "    classDef back fill:#fde7e9,stroke:#a4262c,color:#1f1f1f\n"

static struct str
label(struct guide *guide, struct str text)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    mermaid_text(&buf, text);
    return buf_str(&buf);
}

/* ---- between environments ----------------------------------------------- */

static void
add_reason(struct buf *buf, struct str reason)
{
    if (buf->len > 0)
        buf_add(buf, STR(", "));
    buf_add(buf, reason);
}

/* `well, after 24h, 2 approvals`: why a release may wait. */
static struct str
gates_of(struct guide *guide, const struct promotion *edge)
{
    struct arena *arena = guide->arena;
    int64_t approvals = approval_count(guide->ir, edge->to);
    struct buf buf;
    buf_init(&buf, arena);
    if (edge->when_healthy)
        add_reason(&buf, STR("when well"));
    if (is_value_known(edge->soak))
        add_reason(
            &buf, arena_format(arena, "after {}",
                               STRS(duration_text(arena, edge->soak->number))));
    if (edge->window_count > 0)
        add_reason(&buf, STR("in its hours"));
    if (approvals > 0)
        add_reason(&buf,
                   arena_format(arena,
                                approvals == 1 ? "{} approval" : "{} approvals",
                                STRS(arena_number(arena, approvals))));
    return buf_str(&buf);
}

static struct str
node_of(struct guide *guide, const struct environment *environment)
{
    return arena_format(guide->arena, "e{}",
                        STRS(number_text(guide, (int64_t)environment->index)));
}

static void
add_edge(struct guide *guide, struct buf *buf, const struct promotion *edge)
{
    struct str gates = gates_of(guide, edge);
    struct str from = node_of(guide, edge->from);
    struct str to = node_of(guide, edge->to);
    if (is_str_empty(gates))
        buf_format(buf, "    {} --> {}\n", STRS(from, to));
    else
        buf_format(buf, "    {} -- \"{}\" --> {}\n",
                   STRS(from, label(guide, gates), to));
}

void
write_ways_diagram(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf buf;
    buf_init(&buf, guide->arena);
    buf_add(&buf, STR("flowchart LR\n"));
    for (size_t i = 0; i < ir->environment_count; i++)
        buf_format(&buf, "    {}[\"{}\"]\n",
                   STRS(node_of(guide, ir->environments[i]),
                        label(guide, ir->environments[i]->name)));
    for (size_t i = 0; i < ir->promotion_count; i++)
        add_edge(guide, &buf, &ir->promotions[i]);
    for (size_t i = 0; i < ir->forbidden_count; i++)
        buf_format(&buf, "    {} -. \"never\" .-x {}\n",
                   STRS(node_of(guide, ir->forbidden[i].from),
                        node_of(guide, ir->forbidden[i].to)));
    guide_block(guide, "mermaid", buf_str(&buf));
}

/* ---- inside a pipeline -------------------------------------------------- */

static size_t
index_of(const struct pipeline *pipeline, const struct job *job)
{
    size_t i = 0;
    while (pipeline_job(pipeline, i) != job)
        i++;
    return i;
}

static struct str
job_node(struct guide *guide, const struct pipeline *pipeline,
         const struct job *job)
{
    return arena_format(
        guide->arena, "j{}",
        STRS(number_text(guide, (int64_t)index_of(pipeline, job))));
}

static void
add_job(struct guide *guide, struct buf *buf, const struct pipeline *pipeline,
        const struct job *job)
{
    const char *shape = "    {}[\"{}\"]\n";
    if (job->kind == JOB_GATE)
        shape = "    {}{{{{\"{}\"}}:::gate\n";
    else if (job->kind == JOB_ROLL_BACK)
        shape = "    {}[\"{}\"]:::back\n";
    buf_format(buf, shape,
               STRS(job_node(guide, pipeline, job), label(guide, job->title)));
}

/* The first need is the job before it; others are told something by it. All
 * gates open a count. */
static size_t
drawn_needs(const struct job *job)
{
    if (job->kind == JOB_COUNT || job->need_count == 0)
        return job->need_count;
    return 1;
}

static void
add_arrows(struct guide *guide, struct buf *buf,
           const struct pipeline *pipeline, const struct job *job)
{
    if (job->kind == JOB_ROLL_BACK) {
        buf_format(buf, "    {} -. \"if a job since {} failed\" .-> {}\n",
                   STRS(job_node(guide, pipeline, pipeline->tested),
                        label(guide, pipeline->deploy->id),
                        job_node(guide, pipeline, job)));
        return;
    }
    for (size_t i = 0; i < drawn_needs(job); i++)
        buf_format(buf, "    {} --> {}\n",
                   STRS(job_node(guide, pipeline, job->needs[i]),
                        job_node(guide, pipeline, job)));
}

void
write_pipeline_diagram(struct guide *guide, const struct pipeline *pipeline)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    buf_add(&buf, STR("flowchart TD\n"));
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *job = pipeline_job(pipeline, i);
        if (job->kind != JOB_NOTIFY)
            add_job(guide, &buf, pipeline, job);
    }
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *job = pipeline_job(pipeline, i);
        if (job->kind != JOB_NOTIFY)
            add_arrows(guide, &buf, pipeline, job);
    }
    buf_add(&buf, STR(STYLES));
    guide_block(guide, "mermaid", buf_str(&buf));
}
