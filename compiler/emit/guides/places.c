#include "emit/guides/places.h"

#include "emit/scripts/github.h"
#include "emit/scripts/promote.h"
#include "emit/scripts/rollback.h"
#include "emit/scripts/setup.h"
#include "ir/release.h"

static const struct {
    const char *name;
    bool (*is_there)(const struct ir *ir);
} tools[TOOL_COUNT] = {
    [TOOL_PROMOTE] = {"promote-release.sh", has_promote},
    [TOOL_ROLLBACK] = {"rollback-release.sh", has_rollback},
    [TOOL_SETUP] = {"setup-environment.sh", has_setup},
    [TOOL_APPLY] = {"apply-github.sh", has_apply_github},
};

bool
has_tool(const struct ir *ir, enum tool tool)
{
    return is_value_known(ir->output.scripts) && tools[tool].is_there(ir);
}

struct str
path_in(struct guide *guide, const struct value *root, const char *name)
{
    return arena_format(guide->arena, "{}/{}",
                        STRS(root->text, str_from(name)));
}

struct str
tool_path(struct guide *guide, enum tool tool)
{
    return path_in(guide, guide->ir->output.scripts, tools[tool].name);
}

struct str
tool_command(struct guide *guide, enum tool tool, const char *arguments,
             struct strs texts)
{
    struct buf line;
    buf_init(&line, guide->arena);
    buf_format(&line, "{} ", STRS(word_of(guide, tool_path(guide, tool))));
    buf_format(&line, arguments, texts);
    return code(guide, buf_str(&line));
}

bool
has_workflow(const struct ir *ir, const struct environment *environment)
{
    return has_pipeline(ir, environment) &&
           is_value_known(ir->output.workflows) &&
           is_value_known(ir->output.scripts) &&
           is_value_known(ir->output.kubernetes);
}

bool
has_workflows(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_workflow(ir, ir->environments[i]))
            return true;
    }
    return false;
}

struct str
workflow_name(struct guide *guide, const struct environment *environment)
{
    return arena_format(guide->arena, "cd-{}.yml",
                        STRS(environment->short_name->text));
}

struct str
workflow_path(struct guide *guide, const struct environment *environment)
{
    return arena_format(guide->arena, "{}/{}",
                        STRS(guide->ir->output.workflows->text,
                             workflow_name(guide, environment)));
}

bool
has_verify(const struct ir *ir)
{
    return is_value_known(ir->output.workflows) &&
           is_value_known(ir->output.scripts);
}

struct str
verify_path(struct guide *guide)
{
    return path_in(guide, guide->ir->output.workflows, "verify.yml");
}

struct str
overlay_path(struct guide *guide, const struct environment *environment)
{
    return arena_format(
        guide->arena, "{}/overlays/{}",
        STRS(guide->ir->output.kubernetes->text, environment->name));
}

bool
has_rules(const struct ir *ir, const struct environment *environment)
{
    return has_dashboard(ir) && is_value_known(environment->namespace_name);
}

struct str
rules_path(struct guide *guide, const struct environment *environment)
{
    const struct value *short_name = environment->short_name;
    return arena_format(guide->arena, "{}/rules-{}.yaml",
                        STRS(guide->ir->output.monitoring->text,
                             is_value_known(short_name) ? short_name->text
                                                        : environment->name));
}

bool
has_dashboard(const struct ir *ir)
{
    return ir->monitoring != NULL && is_value_known(ir->output.monitoring);
}

struct str
dashboard_path(struct guide *guide)
{
    return path_in(guide, guide->ir->output.monitoring, "dashboard.json");
}
