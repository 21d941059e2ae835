#include "emit/monitoring.h"

#include "emit/monitoring/dashboard.h"
#include "emit/monitoring/rules.h"

static struct str
path_of(struct arena *arena, const struct ir *ir, struct str name)
{
    return arena_format(arena, "{}/{}",
                        STRS(ir->output.monitoring->text, name));
}

static struct str
rules_name(struct arena *arena, const struct environment *environment)
{
    const struct value *short_name = environment->short_name;
    return arena_format(arena, "rules-{}.yaml",
                        STRS(is_value_known(short_name) ? short_name->text
                                                        : environment->name));
}

static void
add_rules(const struct ir *ir, const struct environment *environment,
          struct documents *documents)
{
    struct arena *arena = documents->scratch;
    struct document *document = document_add(
        documents, path_of(arena, ir, rules_name(arena, environment)),
        TARGET_MONITORING);
    document->environment = environment->name;
    document_origin(document, environment->span);
    for (size_t i = 0; i < ir->alert_count; i++)
        document_origin(document, ir->alerts[i].span);
    emit_rules(ir, environment, &document->content);
    document_end(documents, document);
}

void
emit_monitoring(const struct model *model, struct documents *documents)
{
    const struct ir *ir = model->ir;
    if (ir->monitoring == NULL || !is_value_known(ir->output.monitoring))
        return;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (is_value_known(ir->environments[i]->namespace_name))
            add_rules(ir, ir->environments[i], documents);
    }
    struct document *document = document_add(
        documents, path_of(documents->scratch, ir, STR("dashboard.json")),
        TARGET_MONITORING);
    document_origin(document, ir->monitoring->span);
    emit_dashboard(ir, &document->content);
    document_end(documents, document);
}
