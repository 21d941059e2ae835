/*
 * Family S: what runs. The emitters write every security context themselves,
 * so that only what the program brings along is judged.
 */
#include "check/check.h"
#include "check/walk.h"

static void judge_image(struct check *check, const struct workload *workload);
static bool is_image_inside(struct str image, struct str registry);

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

static bool
is_image_inside(struct str image, struct str registry)
{
    return image.len > registry.len && image.at[registry.len] == '/' &&
           is_str_equal_nocase(str_slice(image, 0, registry.len), registry);
}
