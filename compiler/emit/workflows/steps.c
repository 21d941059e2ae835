#include "emit/workflows/steps.h"

#include "emit/text/workflow.h"

enum action {
#define ACTION(id, repository, commit, version) ACTION_##id,
#include "emit/workflows/actions.def"
#undef ACTION
};

static const struct {
    const char *repository;
    const char *commit;
    const char *version;
} actions[] = {
#define ACTION(id, repository, commit, version) {repository, commit, version},
#include "emit/workflows/actions.def"
#undef ACTION
};

/* Enough to run the jobs behind it once more. */
enum { REPORT_DAYS = 7 };

static void action_start(struct workflow *workflow, const char *name,
                         const char *id, enum action action);
static void action_end(struct workflow *workflow);
static void action_end_tolerant(struct workflow *workflow);
static void login_input(struct workflow *workflow, const char *key,
                        const struct value *known, const char *variable);

struct str
expression(struct arena *arena, const char *template_text, struct strs texts)
{
    return arena_format(arena, "${{{{ {} }}",
                        STRS(arena_format(arena, template_text, texts)));
}

struct str
plain_text(struct arena *arena, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    workflow_text(&buf, text);
    return buf_str(&buf);
}

static char
variable_byte(char byte)
{
    if (!is_ascii_alnum(byte))
        return '_';
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

struct str
variable_suffix(struct arena *arena, struct str name)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < name.len; i++)
        buf_byte(&buf, variable_byte(name.at[i]));
    return buf_str(&buf);
}

void
fact(struct workflow *workflow, const char *name, struct str text)
{
    if (!is_str_empty(text))
        yaml_text(&workflow->yaml, name, text);
}

void
fact_number(struct workflow *workflow, const char *name, int64_t number)
{
    fact(workflow, name, arena_number(workflow->arena, number));
}

void
step_start(struct workflow *workflow, struct str name, const char *id)
{
    step_start_if(workflow, name, id, STR(""));
}

void
step_start_if(struct workflow *workflow, struct str name, const char *id,
              struct str condition)
{
    yaml_item(&workflow->yaml);
    yaml_text(&workflow->yaml, "name", plain_text(workflow->arena, name));
    if (id != NULL)
        yaml_word(&workflow->yaml, "id", id);
    if (!is_str_empty(condition))
        yaml_text(&workflow->yaml, "if",
                  expression(workflow->arena, "{}", STRS(condition)));
    yaml_map(&workflow->yaml, "env");
}

static void
step_run(struct workflow *workflow, const char *script)
{
    yaml_end(&workflow->yaml);
    yaml_text(
        &workflow->yaml, "run",
        arena_format(workflow->arena, "bash {}",
                     STRS(scripts_use(workflow->scripts, str_from(script)))));
}

void
step_end(struct workflow *workflow, const char *script)
{
    step_run(workflow, script);
    yaml_end(&workflow->yaml);
}

void
step_end_tolerant(struct workflow *workflow, const char *script)
{
    step_run(workflow, script);
    yaml_bool(&workflow->yaml, "continue-on-error", true);
    yaml_end(&workflow->yaml);
}

enum { DEPTH_DEFAULT = 1, DEPTH_PARENTS = 2, DEPTH_ALL = 0 };

static void
checkout_source(struct workflow *workflow, int64_t depth)
{
    action_start(workflow, "Check out the source", NULL, ACTION_CHECKOUT);
    yaml_bool(&workflow->yaml, "persist-credentials", false);
    if (depth != DEPTH_DEFAULT)
        yaml_number(&workflow->yaml, "fetch-depth", depth);
    action_end(workflow);
}

void
step_checkout(struct workflow *workflow, bool has_history)
{
    checkout_source(workflow, has_history ? DEPTH_ALL : DEPTH_DEFAULT);
}

void
step_checkout_parents(struct workflow *workflow)
{
    checkout_source(workflow, DEPTH_PARENTS);
}

void
step_checkout_tool(struct workflow *workflow, const char *folder)
{
    action_start(workflow, "Check out broxc", NULL, ACTION_CHECKOUT);
    yaml_text(&workflow->yaml, "repository",
              STR("${{ vars.BROXC_REPOSITORY }}"));
    yaml_text(&workflow->yaml, "ref", STR("${{ vars.BROXC_COMMIT }}"));
    yaml_text(&workflow->yaml, "path", str_from(folder));
    yaml_bool(&workflow->yaml, "persist-credentials", false);
    action_end(workflow);
}

void
step_keep_report(struct workflow *workflow, struct str folder)
{
    struct yaml *yaml = &workflow->yaml;
    action_start(workflow, "Keep what is reported", "kept", ACTION_KEEP);
    yaml_word(yaml, "name", "report");
    yaml_text(yaml, "path", folder);
    yaml_word(yaml, "if-no-files-found", "error");
    yaml_number(yaml, "retention-days", REPORT_DAYS);
    yaml_bool(yaml, "overwrite", true);
    action_end_tolerant(workflow);
}

void
step_fetch_report(struct workflow *workflow)
{
    action_start(workflow, "Take what is reported", NULL, ACTION_FETCH);
    yaml_word(&workflow->yaml, "name", "report");
    yaml_text(&workflow->yaml, "path", STR("${{ runner.temp }}/report"));
    action_end(workflow);
}

void
step_upload_sarif(struct workflow *workflow, const char *path)
{
    action_start(workflow, "Give the messages to code scanning", NULL,
                 ACTION_UPLOAD_SARIF);
    yaml_text(&workflow->yaml, "sarif_file", str_from(path));
    yaml_word(&workflow->yaml, "category", "broxc");
    action_end_tolerant(workflow);
}

void
step_azure_login(struct workflow *workflow)
{
    const struct project *project = workflow->ir->project;
    action_start(workflow, "Sign in to Azure", NULL, ACTION_AZURE_LOGIN);
    login_input(workflow, "client-id", NULL, "AZURE_CLIENT_ID");
    login_input(workflow, "tenant-id", project->tenant, "AZURE_TENANT_ID");
    login_input(workflow, "subscription-id", project->subscription,
                "AZURE_SUBSCRIPTION_ID");
    action_end(workflow);
}

void
step_sign_in(struct workflow *workflow)
{
    struct str registry = workflow->ir->project->registry->text;
    step_start(workflow, STR("Sign in to the registry"), NULL);
    fact(workflow, "BRX_REGISTRY",
         plain_text(workflow->arena, str_cut(&registry, '/')));
    step_end(workflow, "pipeline/sign-in.sh");
}

void
step_connect(struct workflow *workflow)
{
    step_azure_login(workflow);
    step_cluster(workflow);
}

void
step_cluster(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    step_start(workflow, STR("Connect to the cluster"), NULL);
    fact(workflow, "BRX_CLUSTER",
         plain_text(workflow->arena, environment->cluster->name->text));
    fact(workflow, "BRX_RESOURCE_GROUP",
         plain_text(workflow->arena, environment->cluster->group->text));
    step_end(workflow, "pipeline/connect.sh");
}

static void
action_start(struct workflow *workflow, const char *name, const char *id,
             enum action action)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_item(yaml);
    yaml_text(yaml, "name", str_from(name));
    if (id != NULL)
        yaml_word(yaml, "id", id);
    yaml_text_noted(yaml, "uses",
                    arena_format(workflow->arena, "{}@{}",
                                 STRS(str_from(actions[action].repository),
                                      str_from(actions[action].commit))),
                    actions[action].version);
    yaml_map(yaml, "with");
}

static void
action_end(struct workflow *workflow)
{
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}

static void
action_end_tolerant(struct workflow *workflow)
{
    yaml_end(&workflow->yaml);
    yaml_bool(&workflow->yaml, "continue-on-error", true);
    yaml_end(&workflow->yaml);
}

/* What the program knows is a fact in the file; what it does not is set in
 * the settings of the GitHub environment. None of them is a secret. */
static void
login_input(struct workflow *workflow, const char *key,
            const struct value *known, const char *variable)
{
    yaml_text(
        &workflow->yaml, key,
        known != NULL && is_value_known(known)
            ? plain_text(workflow->arena, known->text)
            : expression(workflow->arena, "vars.{}", STRS(str_from(variable))));
}
