#include "tree/survey.h"

#include "base/limits.h"
#include "tree/disk.h"
#include "tree/path.h"

static void survey_release(void *thing);
static struct status lock_load(struct survey *survey);
static struct status lock_damaged(struct survey *survey, struct str fault);

struct status
survey_open(struct survey *survey, struct sink *sink,
            const struct source_map *map, const struct documents *documents)
{
    struct plan_input input = {.sink = sink,
                               .map = map,
                               .documents = documents,
                               .options = survey->options,
                               .output = &survey->output,
                               .lock = &survey->lock};
    survey->leftover.staging = -1;
    survey->output.root = -1;
    survey->hold = (struct hold){.release = survey_release, .thing = survey};
    arena_hold(survey->arena, &survey->hold);
    struct status status =
        output_open(&survey->output, survey->arena, survey->options->folder);
    if (status.kind == STATUS_OK)
        status = lock_load(survey);
    if (status.kind == STATUS_OK)
        status =
            leftover_open(&survey->output, &survey->leftover, &survey->lock);
    if (status.kind == STATUS_OK)
        status = plan_tree(&input, &survey->plan);
    return status;
}

void
survey_close(struct survey *survey)
{
    arena_let_go(survey->arena, &survey->hold);
    leftover_close(&survey->leftover);
    output_close(&survey->output);
}

/* A folder that was made for it goes, unless something is in it. */
static void
survey_release(void *thing)
{
    struct survey *survey = thing;
    leftover_close(&survey->leftover);
    output_close(&survey->output);
    output_unmake(&survey->output);
}

struct str
survey_next_lock(struct survey *survey)
{
    struct lock_head head = {.compiler = survey->options->compiler,
                             .program = survey->options->program};
    struct lock next = {survey->plan.entries.items, survey->plan.entries.count};
    struct buf text;
    buf_init(&text, survey->arena);
    lock_print(&text, &head, &next);
    return buf_str(&text);
}

static struct status
lock_load(struct survey *survey)
{
    struct status status = {.kind = STATUS_OK};
    if (survey->output.root < 0)
        return status;
    struct name name = name_from(STR(LOCK_NAME));
    struct seen seen;
    struct str fault;
    int error = disk_look(survey->output.root, name, &seen);
    if (error == 0 && seen.kind == SEEN_NOTHING)
        return status;
    if (error == 0 && seen.kind != SEEN_FILE)
        return lock_damaged(survey, STR("it is not a file"));
    if (error == 0)
        error = disk_read(survey->arena, survey->output.root, name,
                          LIMIT_LOCK_BYTES, &survey->lock_text);
    if (error != 0)
        status = disk_status(survey->arena, STATUS_CANNOT_READ,
                             survey->output.folder, STR(LOCK_NAME), error);
    else if (!lock_parse(survey->arena, survey->lock_text, &survey->lock,
                         &fault))
        status = lock_damaged(survey, fault);
    return status;
}

static struct status
lock_damaged(struct survey *survey, struct str fault)
{
    return (struct status){
        .kind = STATUS_CANNOT_READ,
        .message = arena_format(
            survey->arena,
            "`{}/" LOCK_NAME
            "` is damaged: {}; restore it, or remove it and build with `--adopt`",
            STRS(survey->output.folder, fault)),
    };
}

void
survey_result(struct survey *survey, struct tree_result *result)
{
    size_t count = survey->plan.actions.count;
    struct tree_entry *entries =
        arena_array(survey->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        const struct action *action = plan_action(&survey->plan, i);
        entries[i] = (struct tree_entry){
            .path = action->path,
            .change = action->change,
            .bytes = action->bytes,
        };
        result->counts[action->change]++;
    }
    result->entries = entries;
    result->entry_count = count;
}
