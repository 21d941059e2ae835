#include "resolve/process.h"

#include "resolve/node.h"
#include "resolve/ports.h"

/* ---- variables ---------------------------------------------------------- */

/* The clauses that say where a variable's value comes from. */
static const struct {
    enum word_id word;
    enum variable_kind kind;
} leads[] = {
    {WORD_VARIABLE_FIELD, VARIABLE_FIELD},
    {WORD_VARIABLE_RESOURCE, VARIABLE_RESOURCE},
    {WORD_VARIABLE_CONFIG, VARIABLE_CONFIG},
    {WORD_VARIABLE_SECRET, VARIABLE_SECRET},
};

static struct variable
resolve_variable(const struct scope *scope, struct scope_node at)
{
    struct scope inside = scope_inside(scope, at);
    struct variable variable = {
        .name = node_key(at.node),
        .value = scope_argument(scope, at, 1),
        .key = scope_value(&inside, WORD_VARIABLE_KEY),
        .is_optional = scope_has(&inside, WORD_VOLUME_OPTIONAL),
        .expands = scope_has(&inside, WORD_EXPAND),
        .span = at.node->span,
    };
    size_t source_count = variable.value != NULL;
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        if (!scope_has(&inside, leads[i].word))
            continue;
        variable.kind = leads[i].kind;
        variable.value = scope_value(&inside, leads[i].word);
        source_count++;
    }
    if (source_count != 1 && at.node->cells[0].syntax != NULL)
        diag_add(scope->resolver->sink, DIAG_L28, at.node->span,
                 STRS(STR("variable"),
                      STR("one value, `field`, `resource`, `from-config` or "
                          "`from-secret`")));
    return variable;
}

static void
resolve_variables(const struct scope *scope, struct process *process)
{
    struct vec list = scope_list(scope, WORD_VARIABLE);
    struct variable *variables =
        arena_array(scope->resolver->arena, list.count, sizeof *variables);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        variables[i] = resolve_variable(scope, *at);
    }
    process->variables = variables;
    process->variable_count = list.count;
}

/* ---- hooks -------------------------------------------------------------- */

static const struct hook *
resolve_hook(const struct scope *scope, enum word_id id,
             const struct port *ports, size_t port_count)
{
    struct scope_node at = scope_find(scope, id);
    if (at.node == NULL)
        return NULL;
    struct scope inside = scope_inside(scope, at);
    const struct value *method = scope_argument(scope, at, 0);
    struct hook *hook = arena_new(scope->resolver->arena, sizeof *hook);
    hook->is_command =
        method == NULL || !is_str_equal(method->text, STR("GET"));
    hook->text = scope_argument(scope, at, 1);
    hook->port = bind_port(scope, ports, port_count,
                           scope_value(&inside, WORD_PROBE_PORT));
    hook->span = at.node->span;
    if (!hook->is_command && hook->port == NULL)
        diag_add(scope->resolver->sink, DIAG_L29, at.node->span,
                 STRS(STR("its container"), STR("port")));
    return hook;
}

/* ---- users -------------------------------------------------------------- */

/* L03: the namespace's pod security refuses root. */
static const struct value *
resolve_user(const struct scope *scope)
{
    const struct value *user = scope_value(scope, WORD_USER);
    if (is_value_known(user) && user->number == 0)
        diag_add(scope->resolver->sink, DIAG_L03, user->span,
                 STRS(STR("a user that is not root"), user->text));
    return user;
}

static const struct value *
resolve_group(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_USER);
    struct scope inside = scope_inside(scope, at);
    return scope_value(&inside, WORD_USER_GROUP);
}

static bool
does_expand(const struct scope *scope, enum word_id id)
{
    struct scope_node at = scope_find(scope, id);
    return at.node != NULL && node_child(at.node, WORD_EXPAND) != NULL;
}

struct process
resolve_process(const struct scope *scope, const struct port *ports,
                size_t port_count)
{
    struct process process = {
        .after_start = resolve_hook(scope, WORD_AFTER_START, ports, port_count),
        .before_stop = resolve_hook(scope, WORD_BEFORE_STOP, ports, port_count),
        .user = resolve_user(scope),
        .group = resolve_group(scope),
        .has_writable_root = scope_has(scope, WORD_WRITABLE_ROOT),
        .expands_command = does_expand(scope, WORD_COMMAND) ||
                           does_expand(scope, WORD_CONTAINER_COMMAND),
        .expands_arguments = does_expand(scope, WORD_ARGUMENTS) ||
                             does_expand(scope, WORD_CONTAINER_ARGUMENTS),
    };
    resolve_variables(scope, &process);
    return process;
}
