/*
 * Family S: what runs. The emitters write every security context themselves,
 * so that only what the program brings along is judged.
 */
#include "check/check.h"
#include "check/images.h"
#include "check/walk.h"

static void judge_image(struct check *check, const struct workload *workload);

/* S23 */
void
check_image_registry(struct check *check)
{
    each_workload(check, judge_image);
}

static void
judge_image(struct check *check, const struct workload *workload)
{
    const struct value *registry = check->ir->project->registry;
    const struct value *image = workload->image;
    if (!is_value_known(registry) || !is_value_known(image) ||
        is_image_inside(image->text, registry->text))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_S23, image->span, STRS(image->text));
    diag_label(diag, "lies outside `{}`", STRS(registry->text));
    diag_note(diag, registry->span, "the project's registry", NO_STRS);
    diag_help(diag, "copy it to `{}/{}`, where it is scanned and kept",
              STRS(registry->text, workload->service->name));
    diag_about(diag, workload_object(check, workload));
}

static void
judge_image_tags(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct value *image = workload->containers[i].image;
        if (!is_value_known(image) || is_image_fixed(image->text))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_S21, image->span, STRS(image->text));
        diag_label(diag, "no tag that stays, and no digest", NO_STRS);
        diag_help(diag, "name a version, such as `:1.4.2`, or a digest",
                  NO_STRS);
        diag_about(diag, workload_object(check, workload));
    }
}

/* S21: the workload's own image gets its digest from the pipeline. */
void
check_image_tags(struct check *check)
{
    each_workload(check, judge_image_tags);
}
