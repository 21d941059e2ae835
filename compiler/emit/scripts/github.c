#include "emit/scripts/github.h"

/* From a folder to the root: `../..` for `infrastructure/scripts`. */
static struct str
way_up(struct arena *arena, struct str folder)
{
    struct buf buf;
    buf_init(&buf, arena);
    while (!is_str_empty(folder)) {
        struct str part = str_cut(&folder, '/');
        if (is_str_empty(part) || is_str_equal(part, STR(".")))
            continue;
        buf_add(&buf, buf.len == 0 ? STR("..") : STR("/.."));
    }
    return buf.len == 0 ? STR(".") : buf_str(&buf);
}

static struct str
known_text(const struct value *value)
{
    return is_value_known(value) ? value->text : STR("");
}

void
script_settings(struct script *script, const struct ir *ir)
{
    script_fact(script, "BRX_PROJECT", ir->project->name);
    script_fact(script, "BRX_REPOSITORY", known_text(ir->project->repository));
    script_fact(script, "BRX_UP", way_up(script->arena, script->scripts->root));
    script_fact(script, "BRX_HOSTING", known_text(ir->output.hosting));
    script_fact(script, "BRX_PLAN", known_text(ir->project->plan));
}

bool
has_apply_github(const struct ir *ir)
{
    return is_value_known(ir->project->repository) &&
           is_value_known(ir->output.hosting);
}

void
emit_apply_github(const struct ir *ir, struct scripts *scripts)
{
    struct script script;
    if (!has_apply_github(ir))
        return;
    script_start(&script, scripts, "apply-github.sh",
                 "Makes GitHub's settings what the program says.",
                 ir->project->span);
    script_settings(&script, ir);
    script_end(&script, "hosting/apply.sh", "brx_apply_github");
}
