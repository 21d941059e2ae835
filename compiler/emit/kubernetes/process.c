/*
 * User text arrives unchanged: Kubernetes expands `$(NAME)` in commands,
 * arguments, variables and exec probes, and takes `$$` for a dollar sign
 * (kubernetes.io, "Define Dependent Environment Variables"). It does not
 * expand lifecycle hooks.
 */
#include "emit/kubernetes/process.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"

/* ---- commands ----------------------------------------------------------- */

/* A dollar sign is doubled where the expansion would see more in it than one:
 * before `(` and `$`, and before a byte that is not ASCII, of which it would
 * make a character. */
struct str
unexpanded(struct arena *arena, struct str text)
{
    struct buf buf;
    if (!has_byte(text, '$'))
        return text;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char next =
            i + 1 < text.len ? (unsigned char)text.at[i + 1] : 0;
        buf_byte(&buf, text.at[i]);
        if (text.at[i] == '$' && (next == '(' || next == '$' || next >= 0x80))
            buf_byte(&buf, '$');
    }
    return buf_str(&buf);
}

static void
emit_word(struct yaml *yaml, struct str text, bool is_expanded)
{
    yaml_item_text(yaml, is_expanded ? unexpanded(yaml->arena, text) : text);
}

static void
emit_texts(struct yaml *yaml, const char *key, const struct value *texts,
           bool is_expanded)
{
    if (texts == NULL)
        return;
    if (!is_value_known(texts)) {
        emit_waiting(yaml, str_from(key), texts);
        return;
    }
    yaml_list(yaml, key);
    for (size_t i = 0; i < texts->item_count; i++)
        emit_word(yaml, texts->items[i].text, is_expanded);
    yaml_end(yaml);
}

void
emit_shell_words(struct yaml *yaml, const char *key, const struct value *text,
                 bool is_expanded)
{
    if (!is_value_known(text)) {
        emit_waiting(yaml, str_from(key), text);
        return;
    }
    yaml_list(yaml, key);
    if (has_byte(text->text, ' ')) {
        yaml_item_text(yaml, STR("/bin/sh"));
        yaml_item_text(yaml, STR("-c"));
    }
    emit_word(yaml, text->text, is_expanded);
    yaml_end(yaml);
}

/* A list is taken as it is. */
void
emit_command_line(struct yaml *yaml, const struct process *process,
                  const struct value *command, const struct value *arguments)
{
    if (command != NULL && command->item_count == 1)
        emit_shell_words(yaml, "command", &command->items[0],
                         !process->expands_command);
    else
        emit_texts(yaml, "command", command, !process->expands_command);
    emit_texts(yaml, "args", arguments, !process->expands_arguments);
}

/* ---- variables ---------------------------------------------------------- */

static void
emit_reference(struct yaml *yaml, const struct variable *variable,
               const char *kind)
{
    yaml_map(yaml, kind);
    emit_value(yaml, "name", variable->value);
    if (variable->key == NULL)
        yaml_text(yaml, "key", variable->name);
    else
        emit_value(yaml, "key", variable->key);
    if (variable->is_optional)
        yaml_bool(yaml, "optional", true);
    yaml_end(yaml);
}

static void
emit_source(struct yaml *yaml, const struct variable *variable)
{
    yaml_map(yaml, "valueFrom");
    switch (variable->kind) {
    case VARIABLE_FIELD:
        yaml_map(yaml, "fieldRef");
        emit_choice(yaml, "fieldPath", variable->value);
        yaml_end(yaml);
        break;
    case VARIABLE_RESOURCE:
        yaml_map(yaml, "resourceFieldRef");
        emit_choice(yaml, "resource", variable->value);
        yaml_end(yaml);
        break;
    case VARIABLE_CONFIG:
        emit_reference(yaml, variable, "configMapKeyRef");
        break;
    case VARIABLE_SECRET:
        emit_reference(yaml, variable, "secretKeyRef");
        break;
    case VARIABLE_VALUE:
        break;
    }
    yaml_end(yaml);
}

static void
emit_variable(struct yaml *yaml, const struct variable *variable)
{
    struct arena *arena = yaml->arena;
    if (!is_value_known(variable->value)) {
        emit_waiting(yaml, variable->name, variable->value);
        return;
    }
    yaml_item(yaml);
    yaml_text(yaml, "name", variable->name);
    if (variable->kind == VARIABLE_VALUE)
        yaml_text(yaml, "value",
                  variable->expands ? variable->value->text
                                    : unexpanded(arena, variable->value->text));
    else
        emit_source(yaml, variable);
    yaml_end(yaml);
}

void
emit_own_variables(struct yaml *yaml, const struct process *process)
{
    if (process->variable_count == 0)
        return;
    yaml_list(yaml, "env");
    for (size_t i = 0; i < process->variable_count; i++)
        emit_variable(yaml, &process->variables[i]);
    yaml_end(yaml);
}

/* ---- hooks -------------------------------------------------------------- */

static void
emit_hook(struct yaml *yaml, const char *key, const struct hook *hook)
{
    yaml_map(yaml, key);
    if (hook->is_command) {
        yaml_map(yaml, "exec");
        emit_shell_words(yaml, "command", hook->text, false);
    } else {
        yaml_map(yaml, "httpGet");
        emit_value(yaml, "path", hook->text);
        if (hook->port != NULL)
            yaml_text(yaml, "port", hook->port->name);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Endpoints are told of a pod's end while it ends: for some seconds requests
 * still come, and must be answered. */
static void
emit_wait(struct yaml *yaml, int64_t seconds)
{
    yaml_map(yaml, "preStop");
    yaml_map(yaml, "sleep");
    yaml_number(yaml, "seconds", seconds);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_lifecycle(struct yaml *yaml, const struct process *process,
               int64_t pre_stop_seconds)
{
    if (process->after_start == NULL && process->before_stop == NULL &&
        pre_stop_seconds == 0)
        return;
    yaml_map(yaml, "lifecycle");
    if (process->after_start != NULL)
        emit_hook(yaml, "postStart", process->after_start);
    if (process->before_stop != NULL)
        emit_hook(yaml, "preStop", process->before_stop);
    else if (pre_stop_seconds > 0)
        emit_wait(yaml, pre_stop_seconds);
    yaml_end(yaml);
}

/* ---- users -------------------------------------------------------------- */

/* Pod Security Standards, profile "restricted". */
void
emit_pod_security(struct yaml *yaml, const struct workload *workload)
{
    yaml_map(yaml, "securityContext");
    yaml_bool(yaml, "runAsNonRoot", true);
    if (workload->file_group != NULL) {
        emit_count(yaml, "fsGroup", workload->file_group);
        yaml_word(yaml, "fsGroupChangePolicy", "OnRootMismatch");
    }
    yaml_map(yaml, "seccompProfile");
    yaml_word(yaml, "type", "RuntimeDefault");
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_container_security(struct yaml *yaml, const struct process *process)
{
    yaml_map(yaml, "securityContext");
    yaml_bool(yaml, "allowPrivilegeEscalation", false);
    yaml_bool(yaml, "readOnlyRootFilesystem", !process->has_writable_root);
    if (process->user != NULL)
        emit_count(yaml, "runAsUser", process->user);
    if (process->group != NULL)
        emit_count(yaml, "runAsGroup", process->group);
    yaml_map(yaml, "capabilities");
    yaml_list(yaml, "drop");
    yaml_item_word(yaml, "ALL");
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- equal -------------------------------------------------------------- */

static bool
is_variable_equal(const struct variable *a, const struct variable *b)
{
    return is_str_equal(a->name, b->name) && a->kind == b->kind &&
           is_value_equal(a->value, b->value) &&
           is_value_equal(a->key, b->key) && a->is_optional == b->is_optional &&
           a->expands == b->expands;
}

bool
are_variables_equal(const struct process *a, const struct process *b)
{
    if (a->variable_count != b->variable_count)
        return false;
    for (size_t i = 0; i < a->variable_count; i++) {
        if (!is_variable_equal(&a->variables[i], &b->variables[i]))
            return false;
    }
    return true;
}

static bool
is_hook_equal(const struct hook *a, const struct hook *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->port == NULL || b->port == NULL)
        return a->port == b->port && a->is_command == b->is_command &&
               is_value_equal(a->text, b->text);
    return a->is_command == b->is_command && is_value_equal(a->text, b->text) &&
           is_str_equal(a->port->name, b->port->name);
}

bool
are_hooks_equal(const struct process *a, const struct process *b)
{
    return is_hook_equal(a->after_start, b->after_start) &&
           is_hook_equal(a->before_stop, b->before_stop);
}

bool
are_users_equal(const struct process *a, const struct process *b)
{
    return is_value_equal(a->user, b->user) &&
           is_value_equal(a->group, b->group) &&
           a->has_writable_root == b->has_writable_root;
}
