/*
 * Family X: what would be missing when somebody goes back: the image, the
 * configuration, the last word, the time.
 */
#include "check/raw.h"

#include "ir/release.h"

static bool
goes_back(const struct ir *ir, const struct environment *environment)
{
    return ir->rollback != NULL ||
           deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL;
}

static void
check_image_age(struct check *check, const struct objective *objective)
{
    const struct ir *ir = check->ir;
    const struct value *keep = ir->project->registry_keep;
    int64_t interval = deploy_interval_ms(objective);
    if (interval == 0 || !goes_back(ir, objective->environment) ||
        keep->number / interval >= rollback_keep(ir))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X04, keep->span,
                 STRS(keep->text, objective->environment->name));
    diag_label(diag, "that is {} releases of {}",
               STRS(arena_number(check->arena, keep->number / interval),
                    arena_number(check->arena, rollback_keep(ir))));
    diag_note(diag, objective->deploys->span, "they come {}",
              STRS(objective->deploys->text));
    diag_help(diag, "keep images for longer, or fewer releases", NO_STRS);
    diag_about(diag, objective->environment->name);
}

void
check_registry_keep(struct check *check)
{
    if (!is_value_known(check->ir->project->registry_keep))
        return;
    for (size_t i = 0; i < check->ir->objective_count; i++)
        check_image_age(check, &check->ir->objectives[i]);
}

static bool
is_config_reference(struct str key)
{
    return is_str_equal(key, STR("configMap")) ||
           is_str_equal(key, STR("configMapRef")) ||
           is_str_equal(key, STR("configMapKeyRef"));
}

/* Does a pod's spec read the ConfigMap? Its depth is bounded by the reader. */
static bool
reads_config(const struct raw *raw, struct str name)
{
    for (size_t i = 0; raw != NULL && i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        if (is_config_reference(entry->key) &&
            is_str_equal(raw_text_at(entry->value, STR("name")), name))
            return true;
        if (reads_config(entry->value, name))
            return true;
    }
    return false;
}

static bool
is_immutable(const struct raw_use *use)
{
    const struct raw *said = raw_find(use->object->root, STR("immutable"));
    return said != NULL && said->kind == RAW_BOOL &&
           is_str_equal(said->text, STR("true"));
}

/* The first environment that both go to; NULL when there is none. */
static const struct environment *
meeting_place(const struct raw_use *a, const struct raw_use *b)
{
    for (size_t i = 0; i < a->environment_count; i++) {
        for (size_t j = 0; j < b->environment_count; j++) {
            if (a->environments[i] == b->environments[j])
                return a->environments[i];
        }
    }
    return NULL;
}

static void
check_config_map(struct check *check, const struct raw_use *use)
{
    if (is_immutable(use))
        return;
    for (size_t i = 0; i < check->raw->pod_count; i++) {
        const struct raw_pod *pod = &check->raw->pods[i];
        const struct environment *place = meeting_place(use, pod->use);
        if (place == NULL || !goes_back(check->ir, place) ||
            !reads_config(pod->spec, use->object->name))
            continue;
        struct diag *diag = raw_report(check, DIAG_X06, use->object->name_span,
                                       use, STRS(use->text));
        diag_label(diag, "it keeps its name, so there is only the newest",
                   NO_STRS);
        diag_note(diag, pod->use->object->name_span,
                  "when this goes back, it reads the newer configuration",
                  NO_STRS);
        diag_help(diag, "say `immutable: true`, and give each content a name",
                  NO_STRS);
        return;
    }
}

void
check_config_goes_back(struct check *check)
{
    each_raw_of(check, "", "ConfigMap", check_config_map);
}

void
check_syncers(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (!is_value_known(environment->syncer) ||
            !goes_back(check->ir, environment))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_X08, environment->syncer->span,
                     STRS(environment->syncer->text, environment->name));
        diag_label(diag, "it puts back what git says", NO_STRS);
        diag_help(diag, "go back by a commit there; the script for it refuses",
                  NO_STRS);
        diag_about(diag, environment->name);
    }
}

/* The first of its records that resolvers keep for too long. */
static const struct record *
slow_record(const struct ir *ir, const struct environment *environment,
            int64_t most_ms)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        for (size_t j = 0; j < ir->zones[i].record_count; j++) {
            const struct record *record = &ir->zones[i].records[j];
            if (record->workload != NULL &&
                record->workload->environment == environment &&
                record->ttl_seconds * 1000 > most_ms)
                return record;
        }
    }
    return NULL;
}

void
check_dns_goes_back(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->objective_count; i++) {
        const struct objective *objective = &ir->objectives[i];
        if (!is_value_known(objective->recover))
            continue;
        const struct record *record = slow_record(
            ir, objective->environment, objective->recover->items[0].number);
        if (record == NULL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_X14, objective->recover->span,
                     STRS(objective->environment->name));
        diag_note(diag, record->span, "resolvers keep `{}` for {}s",
                  STRS(record->owner,
                       arena_number(check->arena, record->ttl_seconds)));
        diag_help(diag, "give the zone a shorter `ttl`, such as 300", NO_STRS);
        diag_about(diag, objective->environment->name);
    }
}
