/*
 * The last stage in its order: what the lock says, what a killed run left,
 * the plan, the staging folder, the commit.
 */
#include "tree/commit.h"
#include "tree/links.h"
#include "tree/survey.h"
#include "tree/tree.h"
#include "tree/ways.h"

#include <errno.h>

/* A staging folder of a run for which there was no memory. */
struct abandoned {
    const struct output *output;
    int staging;
};

static struct status apply_plan(struct survey *survey);
static void abandon_staging(void *thing);
static struct status write_files(struct survey *survey, struct str lock_text);
static struct status refuse(struct survey *survey, size_t count);

struct status
tree_write(struct arena *arena, struct sink *sink, const struct source_map *map,
           const struct documents *documents,
           const struct tree_options *options, struct tree_result *result)
{
    struct survey survey = {.arena = arena, .options = options};
    *result = (struct tree_result){0};
    size_t fault_count = check_paths(arena, sink, documents);
    if (fault_count > 0)
        return refuse(&survey, fault_count);
    struct status status = survey_open(&survey, sink, map, documents);
    if (status.kind == STATUS_OK && survey.plan.conflict_count > 0)
        status = refuse(&survey, survey.plan.conflict_count);
    if (status.kind == STATUS_OK) {
        report_ways(&survey, sink, documents);
        report_links(&survey, sink, documents);
    }
    if (status.kind == STATUS_OK)
        status = apply_plan(&survey);
    survey_close(&survey);
    if (status.kind == STATUS_OK)
        survey_result(&survey, result);
    else
        output_unmake(&survey.output);
    return status;
}

static struct status
apply_plan(struct survey *survey)
{
    struct lock_head head = {.compiler = survey->options->compiler,
                             .program = survey->options->program};
    struct str text = survey_next_lock(survey);
    struct status status = {.kind = STATUS_OK};
    if (survey->output.root < 0)
        status = output_make(&survey->output);
    bool is_same = survey->plan.change_count == 0 &&
                   !survey->leftover.has_lock &&
                   is_str_equal(text, survey->lock_text);
    if (status.kind == STATUS_OK && survey->leftover.staging >= 0)
        status = leftover_repair(&survey->output, &survey->leftover, &head,
                                 &survey->lock);
    if (status.kind != STATUS_OK || is_same)
        return status;
    return write_files(survey, text);
}

static struct status
write_files(struct survey *survey, struct str lock_text)
{
    int staging;
    bool is_torn = false;
    struct status status = staging_open(&survey->output, &staging);
    if (status.kind != STATUS_OK)
        return status;
    struct abandoned abandoned = {&survey->output, staging};
    struct hold hold = {.release = abandon_staging, .thing = &abandoned};
    arena_hold(survey->arena, &hold);
    status = staging_fill(&survey->output, staging, &survey->plan, lock_text);
    if (status.kind == STATUS_OK)
        status = commit_plan(&survey->output, staging, &survey->plan, &is_torn);
    arena_let_go(survey->arena, &hold);
    if (!is_torn)
        staging_clear(staging, false);
    /* What stays in the folder is the next run's to clear. */
    (void)staging_close(&survey->output, staging);
    return status;
}

/* All that was put in its place is back where it was: see commit_plan(). */
static void
abandon_staging(void *thing)
{
    const struct abandoned *abandoned = thing;
    staging_clear(abandoned->staging, false);
    (void)staging_close(abandoned->output, abandoned->staging);
}

static struct status
refuse(struct survey *survey, size_t count)
{
    struct str noun = count == 1 ? STR("conflict") : STR("conflicts");
    return (struct status){
        .kind = STATUS_REFUSED,
        .message = arena_format(
            survey->arena, "nothing was written to `{}`: {} {}",
            STRS(survey->options->folder,
                 arena_number(survey->arena, (int64_t)count), noun)),
    };
}
