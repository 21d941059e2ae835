#include "emit/kubernetes/release.h"

#include "emit/kubernetes/folder.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/workload.h"

static void emit_images(struct yaml *yaml,
                        const struct environment *environment);
static void emit_colours(struct yaml *yaml, const struct plan *plan,
                         const struct environment *environment);

static bool
has_image(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (is_value_known(environment->workloads[i]->image) &&
            !is_image_pinned(environment->workloads[i]))
            return true;
    }
    return false;
}

bool
has_release(const struct environment *environment)
{
    return has_image(environment) || has_colours(environment);
}

void
emit_release(const struct plan *plan, struct documents *documents,
             struct str path, const struct environment *environment)
{
    struct document *document = document_add(
        documents,
        arena_format(plan->arena, "{}/kustomization.yaml", STRS(path)),
        TARGET_KUBERNETES);
    document->kind = DOCUMENT_ONCE;
    document->environment = environment->name;
    document_origin(document, environment->span);
    struct yaml yaml;
    yaml_init(&yaml, &document->content, plan->arena);
    yaml_comment(&yaml, STR("Made once by broxc; from then on the pipeline \
says here what runs.\nNothing is released yet."));
    yaml_word(&yaml, "apiVersion", "kustomize.config.k8s.io/v1alpha1");
    yaml_word(&yaml, "kind", "Component");
    if (has_image(environment))
        emit_images(&yaml, environment);
    if (has_colours(environment))
        emit_colours(&yaml, plan, environment);
    document_end(documents, document);
}

static void
emit_images(struct yaml *yaml, const struct environment *environment)
{
    struct map seen;
    map_init(&seen, yaml->arena);
    yaml_list(yaml, "images");
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct value *image = environment->workloads[i]->image;
        if (!is_value_known(image) ||
            is_image_pinned(environment->workloads[i]) ||
            map_find(&seen, image->text) != NULL)
            continue;
        map_put(&seen, image->text, image);
        yaml_item(yaml);
        yaml_text(yaml, "name", image->text);
        yaml_word(yaml, "newTag", UNRELEASED_TAG);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* A patch of a Service, itself a YAML document inside this one. The target
 * makes it harmless when the program has the service no more: this file is not
 * made anew then. */
static void
emit_colour(struct yaml *yaml, struct str service, const char *colour)
{
    struct buf content;
    struct yaml patch;
    buf_init(&content, yaml->arena);
    yaml_init(&patch, &content, yaml->arena);
    yaml_word(&patch, "apiVersion", "v1");
    yaml_word(&patch, "kind", "Service");
    yaml_map(&patch, "metadata");
    yaml_text(&patch, "name", service);
    yaml_end(&patch);
    yaml_map(&patch, "spec");
    yaml_map(&patch, "selector");
    yaml_word(&patch, LABEL_COLOUR, colour);
    yaml_end(&patch);
    yaml_end(&patch);

    yaml_item(yaml);
    yaml_map(yaml, "target");
    yaml_word(yaml, "kind", "Service");
    yaml_text(yaml, "name", service);
    yaml_end(yaml);
    yaml_block(yaml, "patch", buf_str(&content));
    yaml_end(yaml);
}

static void
emit_colours(struct yaml *yaml, const struct plan *plan,
             const struct environment *environment)
{
    yaml_list(yaml, "patches");
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_coloured(workload))
            continue;
        emit_colour(yaml, workload->service->name, COLOUR_ACTIVE);
        emit_colour(yaml, name_preview(plan->arena, workload->service),
                    COLOUR_IDLE);
    }
    yaml_end(yaml);
}
