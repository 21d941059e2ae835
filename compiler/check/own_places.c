#include "check/own_places.h"

#include "check/raw_values.h"

enum { COMBINATIONS_MAX = 64, AXES_MAX = 8, DEPTH_MAX = 4 };

/* `matrix.env`, and what it may be. */
struct axis {
    struct str name;
    const struct raw *values; /* a list */
};

struct combination {
    struct axis axes[AXES_MAX];
    size_t axis_count;
    size_t index;
    const struct raw *include; /* an entry of `matrix.include`, or NULL */
};

struct reader {
    struct check *check;
    const struct workflow_job *job;
    const struct combination *combination;
    const struct raw *step; /* or NULL */
    struct places places;
};

static void read_job(struct reader *reader);

/* ---- combinations ------------------------------------------------------- */

static void
add_axis(struct combination *all, struct str name, const struct raw *values)
{
    if (raw_item_count(values) > 0 && all->axis_count < AXES_MAX)
        all->axes[all->axis_count++] = (struct axis){name, values};
}

static void
add_matrix_axes(struct check *check, const struct workflow_job *job,
                struct combination *all)
{
    const struct raw *matrix = raw_at(job->raw, "strategy.matrix");
    for (size_t i = 0; i < raw_key_count(matrix); i++) {
        struct str key = matrix->entries[i].key;
        if (!is_str_equal(key, STR("include")) &&
            !is_str_equal(key, STR("exclude")))
            add_axis(all, arena_format(check->arena, "matrix.{}", STRS(key)),
                     matrix->entries[i].value);
    }
}

static void
add_input_axes(struct check *check, const struct workflow_job *job,
               struct combination *all)
{
    const struct raw *inputs =
        raw_at(job->file->root, "on.workflow_dispatch.inputs");
    for (size_t i = 0; i < raw_key_count(inputs); i++)
        add_axis(all,
                 arena_format(check->arena, "inputs.{}",
                              STRS(inputs->entries[i].key)),
                 raw_find(inputs->entries[i].value, STR("options")));
}

static size_t
combination_count(const struct combination *all)
{
    size_t count = 1;
    for (size_t i = 0; i < all->axis_count; i++) {
        count *= raw_item_count(all->axes[i].values);
        if (count > COMBINATIONS_MAX)
            return COMBINATIONS_MAX;
    }
    return count;
}

static void
visit_combination(struct check *check, const struct workflow_job *job,
                  const struct combination *combination, places_visit *visit)
{
    struct reader reader = {
        .check = check, .job = job, .combination = combination};
    vec_init(&reader.places.items, check->arena, sizeof(struct place));
    read_job(&reader);
    visit(check, job, &reader.places);
}

static void
visit_combinations(struct check *check, const struct workflow_job *job,
                   struct combination *all, places_visit *visit)
{
    size_t count = combination_count(all);
    for (all->index = 0; all->index < count; all->index++)
        visit_combination(check, job, all, visit);
    all->index = 0;
}

static void
visit_job(struct check *check, const struct workflow_job *job,
          places_visit *visit)
{
    struct combination all = {0};
    const struct raw *more = raw_at(job->raw, "strategy.matrix.include");
    add_matrix_axes(check, job, &all);
    bool has_lists = all.axis_count > 0;
    add_input_axes(check, job, &all);
    for (size_t k = 0; k < raw_item_count(more); k++) {
        all.include = more->entries[k].value;
        if (has_lists)
            visit_combination(check, job, &all, visit);
        else
            visit_combinations(check, job, &all, visit);
    }
    all.include = NULL;
    if (has_lists || raw_item_count(more) == 0)
        visit_combinations(check, job, &all, visit);
}

void
each_places(struct check *check, places_visit *visit)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            if (has_step(&job, is_deploying_step))
                visit_job(check, &job, visit);
        }
    }
}

const struct raw *
github_text(const struct raw *job)
{
    const struct raw *github = raw_find(job, STR("environment"));
    const struct raw *name = raw_find(github, STR("name"));
    return name == NULL ? github : name;
}

struct span
place_span(const struct check *check, const struct place *place)
{
    return workflow_text_span(check, place->text, place->written);
}

const struct place *
place_find(const struct places *places, enum place_kind kind)
{
    for (size_t i = 0; i < places->items.count; i++) {
        const struct place *place = vec_at(&places->items, i);
        if (place->kind == kind)
            return place;
    }
    return NULL;
}

/* ---- values ------------------------------------------------------------- */

/* `env` of the step, the job and the workflow, the nearest first. */
static const struct raw *
variable_find(const struct reader *reader, struct str name)
{
    const struct raw *maps[] = {raw_find(reader->step, STR("env")),
                                raw_find(reader->job->raw, STR("env")),
                                raw_find(reader->job->file->root, STR("env"))};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        const struct raw *value = raw_find(maps[i], name);
        if (value != NULL)
            return value;
    }
    return NULL;
}

/* The value of `matrix.NAME` or `inputs.NAME` here, or NULL. */
static const struct raw *
bound_value(const struct combination *combination, struct str path)
{
    size_t stride = 1;
    struct str key = path;
    str_cut(&key, '.');
    const struct raw *included = has_prefix(path, STR("matrix."))
                                     ? raw_find(combination->include, key)
                                     : NULL;
    if (included != NULL)
        return included;
    for (size_t i = 0; i < combination->axis_count; i++) {
        const struct axis *axis = &combination->axes[i];
        size_t count = raw_item_count(axis->values);
        if (is_str_equal(axis->name, path))
            return axis->values->entries[combination->index / stride % count]
                .value;
        stride *= count;
    }
    return NULL;
}

/* `$NAME`, `${NAME}` or `${{ env.NAME }}`: what it names; empty for another
 * text. */
static struct str
variable_name(struct str text)
{
    struct str rest = text;
    struct str expression;
    if (expression_next(&rest, &expression))
        return has_prefix(expression, STR("env."))
                   ? str_slice(expression, 4, expression.len)
                   : STR("");
    if (!has_prefix(text, STR("$")))
        return STR("");
    struct str name = str_slice(text, 1, text.len);
    if (has_prefix(name, STR("{")))
        name = str_slice(name, 1, name.len);
    return has_suffix(name, STR("}")) ? str_slice(name, 0, name.len - 1) : name;
}

static struct str
expression_path(struct str text)
{
    struct str rest = text;
    struct str expression;
    struct str long_form = STR("github.event.");
    if (!expression_next(&rest, &expression))
        return STR("");
    return has_prefix(expression, long_form)
               ? str_slice(expression, long_form.len, expression.len)
               : expression;
}

/* What a text is when it runs; false when only that run knows it. */
static bool
value_of(const struct reader *reader, struct str text, struct str *value)
{
    for (size_t depth = 0; depth < DEPTH_MAX; depth++) {
        if (!has_byte(text, '$')) {
            *value = text;
            return true;
        }
        struct str name = variable_name(text);
        const struct raw *next =
            is_str_empty(name)
                ? bound_value(reader->combination, expression_path(text))
                : variable_find(reader, name);
        if (next == NULL || next->kind != RAW_TEXT)
            return false;
        text = next->text;
    }
    return false;
}

static void
add_place(struct reader *reader, enum place_kind kind, const struct raw *text,
          struct str written)
{
    struct str value = STR("");
    bool is_known = value_of(reader, written, &value);
    if (is_known && is_str_empty(value))
        return;
    *(struct place *)vec_add(&reader->places.items) =
        (struct place){kind, value, !is_known, text, written};
}

/* ---- commands ----------------------------------------------------------- */

/* Cuts the next command off a script: up to a line's end that no `\` goes on
 * over, `;`, `&` or `|`. */
static struct str
command_next(struct str *rest)
{
    size_t end = 0;
    while (end < rest->len &&
           (rest->at[end] != '\n' || (end > 0 && rest->at[end - 1] == '\\')) &&
           !has_byte(STR(";&|"), rest->at[end]))
        end++;
    struct str command = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    return command;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\\' ||
           byte == '"' || byte == '\'';
}

/* Cuts the next word off a command, without its quotes; an expression, which
 * has blanks, is one word. */
static struct str
word_next(struct str *rest)
{
    size_t start = 0;
    while (start < rest->len && is_blank(rest->at[start]))
        start++;
    size_t end = start;
    bool is_inside = false;
    while (end < rest->len && (is_inside || !is_blank(rest->at[end]))) {
        struct str here = str_slice(*rest, end, rest->len);
        if (has_prefix(here, STR("${{")))
            is_inside = true;
        if (has_prefix(here, STR("}}")))
            is_inside = false;
        end++;
    }
    struct str word = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->len);
    return word;
}

/* The words of which a command takes a place. */
static const struct option {
    const char *command;
    const char *option;
    enum place_kind kind;
} options[] = {
    {"kubectl", "-n", PLACE_NAMESPACE},
    {"kubectl", "--namespace", PLACE_NAMESPACE},
    {"helm", "-n", PLACE_NAMESPACE},
    {"helm", "--namespace", PLACE_NAMESPACE},
    {"az", "-n", PLACE_CLUSTER},
    {"az", "--name", PLACE_CLUSTER},
    {"az", "-g", PLACE_GROUP},
    {"az", "--resource-group", PLACE_GROUP},
};

/* `--namespace NAME` and `--namespace=NAME`. */
static void
read_option(struct reader *reader, const struct raw *text, struct str command,
            struct str word, struct str next)
{
    struct str value = word;
    struct str name = str_cut(&value, '=');
    if (name.len == word.len)
        value = next;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (is_str_equal(command, str_from(options[i].command)) &&
            is_str_equal(name, str_from(options[i].option)))
            add_place(reader, options[i].kind, text, value);
    }
}

/* broxc's own scripts look at every gate themselves. */
static bool
is_own_script(struct str word)
{
    static const char *const ours[] = {
        "promote-release.sh", "rollback-release.sh", "setup-environment.sh",
        "apply-github.sh"};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (has_suffix(word, str_from(ours[i])))
            return false;
    }
    return has_suffix(word, STR(".sh"));
}

static void
read_command(struct reader *reader, const struct raw *text, struct str command)
{
    struct str rest = command;
    struct str first = word_next(&rest);
    bool is_script = is_own_script(first);
    bool is_aks = has_text(command, "az aks ");
    struct str word = word_next(&rest);
    while (!is_str_empty(word)) {
        struct str next = word_next(&rest);
        if (is_script)
            add_place(reader, PLACE_SCRIPT, text, word);
        else if (!is_str_equal(first, STR("az")) || is_aks)
            read_option(reader, text, first, word, next);
        is_script = is_script || is_own_script(word);
        word = next;
    }
}

static void
read_script(struct reader *reader, const struct raw *text)
{
    struct str rest = text->text;
    while (!is_str_empty(rest))
        read_command(reader, text, command_next(&rest));
}

/* ---- jobs --------------------------------------------------------------- */

static void
read_step(struct reader *reader)
{
    static const struct {
        const char *input;
        enum place_kind kind;
    } inputs[] = {
        {"namespace", PLACE_NAMESPACE},
        {"cluster-name", PLACE_CLUSTER},
        {"resource-group", PLACE_GROUP},
    };
    const struct raw *run = raw_find(reader->step, STR("run"));
    const struct raw *with = raw_find(reader->step, STR("with"));
    if (run != NULL && run->kind == RAW_TEXT)
        read_script(reader, run);
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        const struct raw *text = raw_find(with, str_from(inputs[i].input));
        if (text != NULL && text->kind == RAW_TEXT)
            add_place(reader, inputs[i].kind, text, text->text);
    }
}

static void
read_job(struct reader *reader)
{
    const struct raw *steps = raw_find(reader->job->raw, STR("steps"));
    const struct raw *github = github_text(reader->job->raw);
    if (github != NULL)
        add_place(reader, PLACE_GITHUB, github, github->text);
    for (size_t i = 0; i < raw_item_count(steps); i++) {
        reader->step = steps->entries[i].value;
        read_step(reader);
    }
}

/* ---- what a step does --------------------------------------------------- */

static bool
is_changing_command(struct str command)
{
    static const struct str words[] = {
        STR_INIT("apply"),    STR_INIT("create"),  STR_INIT("delete"),
        STR_INIT("edit"),     STR_INIT("patch"),   STR_INIT("replace"),
        STR_INIT("scale"),    STR_INIT("set"),     STR_INIT("undo"),
        STR_INIT("restart"),  STR_INIT("upgrade"), STR_INIT("install"),
        STR_INIT("rollback"), STR_INIT("promote")};
    struct str rest = command;
    struct str first = word_next(&rest);
    bool is_tool = is_str_equal(first, STR("kubectl")) ||
                   is_str_equal(first, STR("helm")) ||
                   is_str_equal(first, STR("terraform"));
    if (has_text(command, "az aks command invoke"))
        return true;
    for (struct str word = first; !is_str_empty(word);
         word = word_next(&rest)) {
        if (is_own_script(word))
            return true;
        for (size_t i = 0; is_tool && i < sizeof words / sizeof words[0]; i++) {
            if (is_str_equal(word, words[i]))
                return !has_text(command, "--dry-run");
        }
    }
    return false;
}

bool
is_changing_step(const struct raw *step)
{
    struct str rest = raw_text_at(step, STR("run"));
    if (uses_action(step, "azure/k8s-deploy@"))
        return true;
    while (!is_str_empty(rest)) {
        if (is_changing_command(command_next(&rest)))
            return true;
    }
    return false;
}
