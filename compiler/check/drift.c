/*
 * Family P: environments that should agree and drift apart, though each of
 * them is right by itself.
 */
#include "base/map.h"
#include "check/raw.h"
#include "check/raw_values.h"
#include "ir/quantity.h"
#include "ir/release.h"

enum { VERSION_MINOR_BASE = 1000 };

static void judge_like(struct check *check,
                       const struct environment *environment);
static void judge_version(struct check *check,
                          const struct environment *environment,
                          const struct environment *newest);
static void count_keys(struct check *check, struct map *keys,
                       const struct raw_use *use, bool is_judged);

/* P02 */
void
check_lone_keys(struct check *check)
{
    struct map keys;
    map_init(&keys, check->arena);
    for (size_t i = 0; i < check->raw->use_count; i++)
        count_keys(check, &keys, &check->raw->uses[i], false);
    for (size_t i = 0; i < check->raw->use_count; i++)
        count_keys(check, &keys, &check->raw->uses[i], true);
}

/* P09 */
void
check_like_drift(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (environment->like != NULL &&
            environment->like->tier == environment->tier)
            judge_like(check, environment);
    }
}

static const struct value *
version_of(const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    return cluster != NULL && is_value_known(cluster->version)
               ? cluster->version
               : NULL;
}

/* P11 */
void
check_version_skew(struct check *check)
{
    const struct ir *ir = check->ir;
    const struct environment *newest = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct value *version = version_of(ir->environments[i]);
        if (version != NULL &&
            (newest == NULL || version->number > version_of(newest)->number))
            newest = ir->environments[i];
    }
    for (size_t i = 0; newest != NULL && i < ir->environment_count; i++)
        judge_version(check, ir->environments[i], newest);
}

/* ---- P02 ---------------------------------------------------------------- */

/* Of an object, how many environments' files have it, or one of its keys. */
struct key_count {
    size_t count;
    const struct raw_use *uses[2]; /* the first ones */
};

static struct key_count *
key_count_of(struct check *check, struct map *keys, struct str text)
{
    struct key_count *count = map_find(keys, text);
    if (count == NULL) {
        count = arena_new(check->arena, sizeof *count);
        map_put(keys, text, count);
    }
    return count;
}

static void
report_lone_key(struct check *check, const struct raw_use *use,
                const struct raw_entry *entry, const struct raw_use *other)
{
    struct diag *diag =
        raw_report(check, DIAG_P02, entry->key_span, use,
                   STRS(use->text, entry->key, use->environments[0]->name));
    diag_label(diag, "what reads it elsewhere finds nothing", NO_STRS);
    diag_note(diag, other->object->name_span, "the one of `{}` has none",
              STRS(other->environments[0]->name));
    diag_help(diag, "set it everywhere, or nowhere", NO_STRS);
}

static void
judge_key(struct check *check, struct map *keys, const struct raw_use *use,
          const struct raw_entry *entry, struct key_count *objects)
{
    struct key_count *count = key_count_of(
        check, keys,
        arena_format(check->arena, "{} {}", STRS(use->text, entry->key)));
    if (count->count == 1 && objects->count > 1)
        report_lone_key(check, use, entry,
                        objects->uses[objects->uses[0] == use]);
}

static void
count_keys(struct check *check, struct map *keys, const struct raw_use *use,
           bool is_judged)
{
    const struct raw *data = raw_find(use->object->root, STR("data"));
    if (!is_raw_of(use, "", "ConfigMap"))
        return;
    struct key_count *objects = key_count_of(check, keys, use->text);
    if (!is_judged && objects->count < 2)
        objects->uses[objects->count] = use;
    objects->count += !is_judged;
    for (size_t i = 0; i < raw_key_count(data); i++) {
        const struct raw_entry *entry = &data->entries[i];
        if (is_judged)
            judge_key(check, keys, use, entry, objects);
        else
            key_count_of(check, keys,
                         arena_format(check->arena, "{} {}",
                                      STRS(use->text, entry->key)))
                ->count++;
    }
}

/* ---- P09 ---------------------------------------------------------------- */

static struct diag *
report_drift(struct check *check, const struct environment *environment,
             struct span span, struct str what)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_P09, span,
                 STRS(environment->name, environment->like->name, what));
    diag_about(diag, environment->name);
    return diag;
}

static bool
is_forbidden(const struct ir *ir, const struct environment *from,
             const struct environment *to)
{
    for (size_t i = 0; i < ir->forbidden_count; i++) {
        if (ir->forbidden[i].from == from && ir->forbidden[i].to == to)
            return true;
    }
    return false;
}

static void
judge_forbidden(struct check *check, const struct environment *environment,
                const struct forbidden *edge)
{
    if (edge->to != environment->like || edge->from == environment ||
        is_forbidden(check->ir, edge->from, environment))
        return;
    struct diag *diag =
        report_drift(check, environment, environment->span,
                     arena_format(check->arena, "may take releases from `{}`",
                                  STRS(edge->from->name)));
    diag_note(diag, edge->span, "`{}` never does",
              STRS(environment->like->name));
    diag_help(diag, "write `never {} -> {}`",
              STRS(edge->from->name, environment->name));
}

/* What opens this gate with less than that one; NULL when nothing does. */
static const char *
weaker_part(const struct promotion *gate, const struct promotion *model)
{
    int64_t soak = is_value_known(gate->soak) ? gate->soak->number : 0;
    int64_t longest = is_value_known(model->soak) ? model->soak->number : 0;
    if (approval_number(gate->approval) < approval_number(model->approval))
        return "asks for fewer approvals";
    if (model->when_healthy && !gate->when_healthy)
        return "does not ask for health";
    if (soak < longest)
        return "lets a release soak for less";
    return model->confirm != NULL && gate->confirm == NULL
               ? "asks for no confirmation"
               : NULL;
}

static void
judge_gate(struct check *check, const struct environment *environment,
           const struct promotion *gate)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *model = &ir->promotions[i];
        const char *part =
            model->to == environment->like ? weaker_part(gate, model) : NULL;
        if (part == NULL)
            continue;
        struct diag *diag =
            report_drift(check, environment, gate->span, str_from(part));
        diag_note(diag, model->span, "the gate of `{}`",
                  STRS(environment->like->name));
        diag_help(diag, "give both the same gate, or leave `like` out",
                  NO_STRS);
        return;
    }
}

/* The block is taken over; what the file says of an environment is not. */
static void
judge_like(struct check *check, const struct environment *environment)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->forbidden_count; i++)
        judge_forbidden(check, environment, &ir->forbidden[i]);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].to == environment)
            judge_gate(check, environment, &ir->promotions[i]);
    }
}

/* ---- P11 ---------------------------------------------------------------- */

/* kubectl, and the fields of one file, fit clusters one minor version apart
 * (Kubernetes, Version Skew Policy). */
static void
judge_version(struct check *check, const struct environment *environment,
              const struct environment *newest)
{
    const struct value *version = version_of(environment);
    const struct value *most = version_of(newest);
    if (version == NULL || (most->number / VERSION_MINOR_BASE ==
                                version->number / VERSION_MINOR_BASE &&
                            most->number - version->number <= 1))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_P11, version->span,
        STRS(environment->name, version->text, newest->name, most->text));
    diag_label(diag, "what is tried on the one may fail on the other", NO_STRS);
    diag_note(diag, most->span, "`{}` is ahead", STRS(newest->name));
    diag_help(diag, "upgrade it to the next minor version, one after the other",
              NO_STRS);
    diag_about(diag, environment->name);
}
