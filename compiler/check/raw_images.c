/*
 * Family S: images that a program brings along with their version, in what
 * somebody wrote by hand and in containers beside a workload's own.
 */
#include "check/images.h"
#include "check/raw.h"
#include "check/raw_values.h"
#include "check/walk.h"

static raw_container_visit judge_tag, judge_registry, judge_digest, judge_pull;

static void judge_sidecar_digests(struct check *check,
                                  const struct workload *workload);

/* S21, with check_image_tags */
void
check_raw_image_tags(struct check *check)
{
    each_raw_container(check, judge_tag);
}

/* S23, with check_image_registry */
void
check_raw_image_registry(struct check *check)
{
    each_raw_container(check, judge_registry);
}

/* S22 */
void
check_image_digests(struct check *check)
{
    each_workload(check, judge_sidecar_digests);
    each_raw_container(check, judge_digest);
}

/* S24 */
void
check_pull_policy(struct check *check)
{
    each_raw_container(check, judge_pull);
}

/* NULL when it says none: Y05 tells that, or a patch leaves it as it is. */
static const struct raw *
image_of(const struct raw_container *container)
{
    const struct raw *image = raw_find(container->raw, STR("image"));
    return image != NULL && image->kind == RAW_TEXT &&
                   !is_str_empty(image->text)
               ? image
               : NULL;
}

static void
judge_tag(struct check *check, const struct raw_container *container)
{
    const struct raw *image = image_of(container);
    if (image == NULL || is_image_fixed(image->text))
        return;
    struct diag *diag = raw_report(check, DIAG_S21, image->span,
                                   container->pod->use, STRS(image->text));
    diag_label(diag, "no tag that stays, and no digest", NO_STRS);
    diag_help(diag, "name a version, such as `:1.4.2`, or a digest", NO_STRS);
}

static void
judge_registry(struct check *check, const struct raw_container *container)
{
    const struct value *registry = check->ir->project->registry;
    const struct raw *image = image_of(container);
    if (image == NULL || !is_value_known(registry) ||
        is_image_inside(image->text, registry->text))
        return;
    struct diag *diag = raw_report(check, DIAG_S23, image->span,
                                   container->pod->use, STRS(image->text));
    diag_label(diag, "lies outside `{}`", STRS(registry->text));
    diag_note(diag, registry->span, "the project's registry", NO_STRS);
    diag_help(diag, "copy it to `{}`, where it is scanned and kept",
              STRS(registry->text));
}

/* ---- S22 ---------------------------------------------------------------- */

static struct diag *
report_no_digest(struct check *check, struct span span, struct str image)
{
    struct diag *diag = diag_add(check->sink, DIAG_S22, span, STRS(image));
    diag_label(diag, "its tag may lead to another image tomorrow", NO_STRS);
    diag_help(diag, "write `@sha256:` and its digest behind it", NO_STRS);
    return diag;
}

static void
judge_digest(struct check *check, const struct raw_container *container)
{
    const struct raw *image = image_of(container);
    if (image == NULL || !is_raw_in_production(container->pod->use) ||
        has_image_digest(image->text) || !is_image_fixed(image->text))
        return;
    diag_about(report_no_digest(check, image->span, image->text),
               container->pod->use->text);
}

static void
judge_sidecar_digests(struct check *check, const struct workload *workload)
{
    if (workload->environment->tier != TIER_PRODUCTION)
        return;
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct value *image = workload->containers[i].image;
        if (is_value_known(image) && !has_image_digest(image->text) &&
            is_image_fixed(image->text))
            diag_about(report_no_digest(check, image->span, image->text),
                       workload_object(check, workload));
    }
}

/* ---- S24 ---------------------------------------------------------------- */

/* In production S22 asks for more. Nodes keep what has a tag, unless it is
 * `latest` or they are told to ask. */
static void
judge_pull(struct check *check, const struct raw_container *container)
{
    const struct raw *image = image_of(container);
    const struct raw *pull = raw_find(container->raw, STR("imagePullPolicy"));
    if (image == NULL || is_raw_in_production(container->pod->use) ||
        has_image_digest(image->text) || !is_image_fixed(image->text) ||
        !is_tag_moving(image_tag(image->text)) || is_raw_text(pull, "Always"))
        return;
    struct diag *diag = raw_report(check, DIAG_S24, image->span,
                                   container->pod->use, STRS(image->text));
    diag_label(diag,
               "the tag `{}` moves, and a node that has it never looks again",
               STRS(image_tag(image->text)));
    diag_help(
        diag,
        "name a whole version or a digest, or write `imagePullPolicy: Always`",
        NO_STRS);
}
