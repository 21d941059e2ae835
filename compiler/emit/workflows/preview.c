/*
 * One job brings the pull request into the cluster, one takes it out, by hand
 * of whoever closes it or by the clock, and a third one, which has no identity
 * there, tells of it. A branch of a fork starts none of them, and neither does
 * a robot whose token may only read.
 */
#include "emit/workflows/preview.h"

#include "emit/kubernetes/names.h"
#include "emit/workflows/cluster_steps.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/verify.h"

#define IMAGE_FOLDER "previews"
#define NUMBER "github.event.pull_request.number"

#define IS_OURS                                                                \
    "github.event_name == 'pull_request' && "                                  \
    "github.event.pull_request.head.repo.full_name == github.repository && "   \
    "github.actor != 'dependabot[bot]'"
#define IS_OPEN IS_OURS " && github.event.action != 'closed'"
#define IS_OVER                                                                \
    "github.event_name == 'schedule' || (" IS_OURS                             \
    " && github.event.action == 'closed')"
#define IS_TOLD                                                                \
    "!cancelled() && " IS_OURS " && (needs.deploy.result != 'skipped' || "     \
    "needs.remove.result != 'skipped')"

enum {
    SECOND_MS = 1000,
    DEPLOY_MINUTES = 45,
    REMOVE_MINUTES = 10,
    TELL_MINUTES = 5,
    CERTIFICATE_SECONDS = 600,
};

static void emit_triggers(struct workflow *workflow);
static void emit_deploy_job(struct workflow *workflow);
static void emit_remove_job(struct workflow *workflow);
static void emit_tell_job(struct workflow *workflow);

bool
has_preview(const struct ir *ir)
{
    return ir->preview != NULL && has_pipeline(ir, ir->preview->from) &&
           is_value_known(ir->preview->ttl) &&
           is_value_known(ir->output.kubernetes) &&
           is_value_known(ir->output.workflows);
}

void
emit_preview_workflow(const struct ir *ir, struct scripts *scripts)
{
    if (!has_preview(ir))
        return;
    struct documents *documents = scripts->documents;
    struct arena *arena = documents->scratch;
    struct document *document = document_add(
        documents,
        arena_format(arena, "{}/preview.yml", STRS(ir->output.workflows->text)),
        TARGET_CI);
    struct pipeline pipeline = {.ir = ir, .environment = ir->preview->from};
    struct workflow workflow = {
        .scripts = scripts, .arena = arena, .ir = ir, .pipeline = &pipeline};
    struct yaml *yaml = &workflow.yaml;
    document_origin(document, ir->preview->span);
    document_origin(document, ir->preview->from->span);
    yaml_init(yaml, &document->content, arena);
    yaml_comment(yaml, STR("Made by broxc. Edit the program, not this file."));
    yaml_word(yaml, "name", "Preview");
    yaml_blank(yaml);
    emit_triggers(&workflow);
    yaml_blank(yaml);
    workflow_head(&workflow, STR("preview-${{ " NUMBER " || 'clock' }}"),
                  false);
    yaml_blank(yaml);
    yaml_map(yaml, "jobs");
    emit_deploy_job(&workflow);
    emit_remove_job(&workflow);
    emit_tell_job(&workflow);
    yaml_end(yaml);
    document_end(documents, document);
}

/* Hourly, and not on the hour, when everybody's schedules start. */
static void
emit_triggers(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "on");
    yaml_map(yaml, "pull_request");
    yaml_flow_list(yaml, "types",
                   STRS(STR("opened"), STR("synchronize"), STR("reopened"),
                        STR("closed")));
    yaml_end(yaml);
    yaml_list(yaml, "schedule");
    yaml_item(yaml);
    yaml_text(yaml, "cron", STR("17 * * * *"));
    for (int level = 0; level < 3; level++)
        yaml_end(yaml);
}

/* ---- jobs ---------------------------------------------------------------- */

struct preview_job {
    const char *id;
    const char *condition;
    int64_t minutes;
    const char *writes;
};

static void
job_start(struct workflow *workflow, const struct preview_job *job)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_blank(yaml);
    yaml_map(yaml, job->id);
    yaml_word(yaml, "name", job->id);
    yaml_word(yaml, "runs-on", "ubuntu-24.04");
    yaml_number(yaml, "timeout-minutes", job->minutes);
    yaml_text(
        yaml, "if",
        expression(workflow->arena, "{}", STRS(str_from(job->condition))));
    yaml_map(yaml, "permissions");
    yaml_word(yaml, "contents", "read");
    yaml_word(yaml, job->writes, "write");
    yaml_end(yaml);
}

static void
job_end(struct workflow *workflow)
{
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}

/* Of a job that signs in; connecting goes to the namespace that is always
 * there. */
static void
emit_identity(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "environment");
    yaml_word(yaml, "name", PREVIEW_GITHUB);
    yaml_end(yaml);
    yaml_map(yaml, "env");
    fact(workflow, "BRX_NAMESPACE",
         plain_text(workflow->arena,
                    workflow->pipeline->environment->namespace_name->text));
    yaml_end(yaml);
}

/* ---- facts --------------------------------------------------------------- */

static void
from_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_FROM",
         plain_text(workflow->arena,
                    workflow->pipeline->environment->namespace_name->text));
}

static void
namespace_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_NAMESPACE",
         arena_format(
             workflow->arena, "{}-pr-${{{{ " NUMBER " }}",
             STRS(workflow->pipeline->environment->namespace_name->text)));
}

static void
number_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_PULL_REQUEST", STR("${{ " NUMBER " }}"));
}

static void
ttl_fact(struct workflow *workflow)
{
    fact_number(workflow, "BRX_TTL",
                workflow->ir->preview->ttl->number / SECOND_MS);
}

static struct str
host_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct served_host *host = &environment->hosts[i];
        if (host->workload != NULL && is_value_known(host->name))
            buf_format(&lines, lines.len == 0 ? "{}" : "\n{}",
                       STRS(host->name->text));
    }
    return buf_str(&lines);
}

/* The lines of build_lines(), with images in a folder of their own: what a
 * pull request pushed is never found by the build of a release. */
static struct str
preview_builds(struct arena *arena, const struct environment *environment)
{
    struct str rest = build_lines(arena, environment);
    struct buf lines;
    buf_init(&lines, arena);
    while (!is_str_empty(rest)) {
        struct str line = str_cut(&rest, '\n');
        struct str registry = str_cut(&line, '/');
        buf_format(&lines,
                   lines.len == 0 ? "{}/" IMAGE_FOLDER "/{}"
                                  : "\n{}/" IMAGE_FOLDER "/{}",
                   STRS(registry, line));
    }
    return buf_str(&lines);
}

/* ---- deploying ----------------------------------------------------------- */

static void
emit_images(struct workflow *workflow)
{
    step_sign_in(workflow);
    step_start(workflow, STR("Build the images"), "images");
    fact(workflow, "BRX_REPOSITORIES",
         preview_builds(workflow->arena, workflow->pipeline->environment));
    fact(workflow, "BRX_SHA", STR("${{ github.sha }}"));
    fact(workflow, "BRX_VERSION",
         STR("pr-${{ " NUMBER " }}-${{ github.sha }}"));
    fact(workflow, "BRX_SOURCE_URL",
         STR("${{ github.server_url }}/${{ github.repository }}"));
    step_end(workflow, "pipeline/build-image.sh");
}

static void
emit_rendering(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct arena *arena = workflow->arena;
    step_start(workflow, STR("Render the manifests"), "render");
    fact(workflow, "BRX_OVERLAY",
         plain_text(arena,
                    arena_format(arena, "{}/overlays/{}",
                                 STRS(workflow->ir->output.kubernetes->text,
                                      environment->name))));
    fact(workflow, "BRX_IMAGES", STR("${{ steps.images.outputs.images }}"));
    fact(workflow, "BRX_IMAGE_FOLDER", STR(IMAGE_FOLDER));
    step_end(workflow, "pipeline/render.sh");
    step_start(workflow, STR("Make them the pull request's own"), "preview");
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    number_fact(workflow);
    from_fact(workflow);
    fact(workflow, "BRX_HOSTS",
         plain_text(arena, host_lines(arena, environment)));
    fact(workflow, "BRX_URLS",
         plain_text(arena, url_lines(arena, environment)));
    if (environment->vault != NULL)
        fact(workflow, "BRX_STORE",
             plain_text(arena, name_previews(arena, environment)));
    step_end(workflow, "pipeline/preview-render.sh");
}

static void
emit_opening(struct workflow *workflow)
{
    struct arena *arena = workflow->arena;
    step_start(workflow, STR("Make its namespace"), NULL);
    namespace_fact(workflow);
    fact(workflow, "BRX_NAMESPACE_FILE",
         STR("${{ steps.preview.outputs.namespace }}"));
    fact(workflow, "BRX_LIMITS_FILE",
         STR("${{ steps.preview.outputs.limits }}"));
    number_fact(workflow);
    from_fact(workflow);
    fact(workflow, "BRX_ROLE",
         plain_text(arena, name_preview_release(
                               arena, workflow->pipeline->environment)));
    step_end(workflow, "pipeline/preview-open.sh");
}

static void
emit_certificates(struct workflow *workflow)
{
    step_start(workflow, STR("Wait for its certificates"), NULL);
    namespace_fact(workflow);
    fact_number(workflow, "BRX_SECONDS", CERTIFICATE_SECONDS);
    step_end(workflow, "pipeline/preview-certificates.sh");
}

static void
emit_release_steps(struct workflow *workflow)
{
    step_start(workflow, STR("Deploy, rolling"), "deploy");
    namespace_fact(workflow);
    fact(workflow, "BRX_RENDERED",
         STR("${{ steps.preview.outputs.rendered }}"));
    fact(workflow, "BRX_COUNTS", STR("${{ steps.preview.outputs.counts }}"));
    fact(workflow, "BRX_TIMEOUT", STR("600s"));
    step_end(workflow, "pipeline/deploy-rolling.sh");
    if (certificate_find(workflow->ir, workflow->pipeline->environment) != NULL)
        emit_certificates(workflow);
    step_start(workflow, STR("Is it well"), NULL);
    namespace_fact(workflow);
    fact(workflow, "BRX_DEPLOYMENTS",
         STR("${{ steps.deploy.outputs.deployments }}"));
    fact(workflow, "BRX_IMAGES", STR("${{ steps.images.outputs.images }}"));
    fact(workflow, "BRX_URLS", STR("${{ steps.preview.outputs.urls }}"));
    step_end(workflow, "pipeline/health.sh");
}

static void
emit_deploy_job(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    job_start(workflow, &(struct preview_job){"deploy", IS_OPEN, DEPLOY_MINUTES,
                                              "id-token"});
    emit_identity(workflow);
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "hosts", STR("${{ steps.preview.outputs.hosts }}"));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_azure_login(workflow);
    emit_images(workflow);
    step_cluster(workflow);
    emit_rendering(workflow);
    emit_opening(workflow);
    emit_release_steps(workflow);
    job_end(workflow);
}

/* ---- the end ------------------------------------------------------------- */

static void
emit_remove_job(struct workflow *workflow)
{
    job_start(workflow, &(struct preview_job){"remove", IS_OVER, REMOVE_MINUTES,
                                              "id-token"});
    emit_identity(workflow);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Remove what is over"), NULL);
    from_fact(workflow);
    number_fact(workflow);
    ttl_fact(workflow);
    step_end(workflow, "pipeline/preview-remove.sh");
    job_end(workflow);
}

static void
emit_tell_job(struct workflow *workflow)
{
    job_start(workflow, &(struct preview_job){"tell", IS_TOLD, TELL_MINUTES,
                                              "pull-requests"});
    yaml_flow_list(&workflow->yaml, "needs",
                   STRS(STR("deploy"), STR("remove")));
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Write where it is"), "report");
    fact(workflow, "BRX_DEPLOYED", STR("${{ needs.deploy.result }}"));
    fact(workflow, "BRX_REMOVED", STR("${{ needs.remove.result }}"));
    fact(workflow, "BRX_HOSTS", STR("${{ needs.deploy.outputs.hosts }}"));
    fact(workflow, "BRX_SHA", STR("${{ github.event.pull_request.head.sha }}"));
    ttl_fact(workflow);
    fact(workflow, "BRX_RUN_URL",
         STR("${{ github.server_url }}/${{ github.repository }}/actions/runs/"
             "${{ github.run_id }}"));
    step_end(workflow, "pipeline/preview-report.sh");
    step_start(workflow, STR("Say it in the pull request"), NULL);
    fact(workflow, "BRX_REPORT", STR("${{ steps.report.outputs.report }}"));
    fact(workflow, "BRX_MARK", STR("preview"));
    number_fact(workflow);
    fact(workflow, "BRX_FROM",
         STR("${{ github.event.pull_request.head.repo.full_name }}"));
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/comment.sh");
    job_end(workflow);
}
