#include "emit/hosting/inventory.h"

#include "emit/workflows/needs.h"
#include "emit/workflows/rounds.h"
#include "emit/workflows/steps.h"

static void
emit_name(struct json *json, struct str name, bool is_required, struct str doc)
{
    json_item_object(json);
    json_text(json, "name", name);
    json_bool(json, "required", is_required);
    json_text(json, "for", doc);
    json_end(json);
}

static void
emit_need(struct json *json, enum need need)
{
    emit_name(json, str_from(need_name(need)), is_required(need),
              str_from(need_doc(need)));
}

void
json_needs(struct json *json, const struct ir *ir,
           const struct environment *environment)
{
    for (int is_secret = 0; is_secret < 2; is_secret++) {
        json_array(json, is_secret ? "secrets" : "variables");
        for (enum need need = 0; need < NEED_COUNT; need++) {
            if (need_place(need) == NEED_ENVIRONMENT &&
                is_variable(need) == !is_secret &&
                is_needed(ir, environment, need))
                emit_need(json, need);
        }
        json_end(json);
    }
}

void
json_identity_needs(struct json *json, const struct ir *ir,
                    const struct environment *environment)
{
    static const enum need identity[] = {
        NEED_AZURE_CLIENT_ID, NEED_AZURE_TENANT_ID, NEED_AZURE_SUBSCRIPTION_ID};
    json_array(json, "variables");
    for (size_t i = 0; i < sizeof identity / sizeof identity[0]; i++) {
        if (is_needed(ir, environment, identity[i]))
            emit_need(json, identity[i]);
    }
    json_end(json);
    json_array(json, "secrets");
    json_end(json);
}

/* ---- the repository ----------------------------------------------------- */

static bool
is_needed_somewhere(const struct ir *ir, enum need need)
{
    if (need_place(need) == NEED_VERIFY)
        return true;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (need_place(need) == NEED_REPOSITORY &&
            has_pipeline(ir, environment) && is_needed(ir, environment, need))
            return true;
    }
    return false;
}

/* Where a service is built, when not in a folder of its name. */
static void
emit_build_places(struct json *json, const struct ir *ir)
{
    struct arena *arena = json->buf->arena;
    for (size_t i = 0; i < ir->service_count; i++) {
        struct str suffix = variable_suffix(arena, ir->services[i]->name);
        emit_name(json, arena_format(arena, "BRX_CONTEXT_{}", STRS(suffix)),
                  false,
                  arena_format(arena, "the folder that {} is built in",
                               STRS(ir->services[i]->name)));
        emit_name(json, arena_format(arena, "BRX_DOCKERFILE_{}", STRS(suffix)),
                  false,
                  arena_format(arena, "the Dockerfile of {}",
                               STRS(ir->services[i]->name)));
    }
}

static bool
has_any_pipeline(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            return true;
    }
    return false;
}

static bool
is_told(const struct ir *ir, const struct channel *channel)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct deploy *deploy = environment->deploy;
        if (!has_pipeline(ir, environment))
            continue;
        for (size_t j = 0; j < deploy->step_count; j++) {
            if (deploy->steps[j].kind == STEP_NOTIFY &&
                deploy->steps[j].channel == channel)
                return true;
        }
    }
    return false;
}

static void
emit_webhooks(struct json *json, const struct ir *ir)
{
    struct arena *arena = json->buf->arena;
    for (size_t i = 0; i < ir->project->channel_count; i++) {
        const struct channel *channel = &ir->project->channels[i];
        if (is_told(ir, channel))
            emit_name(json,
                      arena_format(arena, "SLACK_WEBHOOK_{}",
                                   STRS(variable_suffix(arena, channel->name))),
                      false,
                      arena_format(arena, "the Slack webhook of {}",
                                   STRS(is_value_known(channel->room)
                                            ? channel->room->text
                                            : channel->name)));
    }
}

static void
emit_repository_needs(struct json *json, const struct ir *ir, bool is_asked)
{
    for (enum need need = 0; need < NEED_COUNT; need++) {
        if (need_place(need) != NEED_ENVIRONMENT &&
            is_variable(need) == is_asked && is_needed_somewhere(ir, need))
            emit_need(json, need);
    }
}

static void
emit_repository(struct hosting *hosting)
{
    const struct ir *ir = hosting->ir;
    struct json json =
        hosting_file(hosting, "", STR("repository"), ir->project->span);
    json_item_object(&json);
    json_array(&json, "variables");
    emit_repository_needs(&json, ir, true);
    if (has_any_pipeline(ir))
        emit_build_places(&json, ir);
    json_end(&json);
    json_array(&json, "secrets");
    emit_repository_needs(&json, ir, false);
    emit_webhooks(&json, ir);
    json_end(&json);
    json_end(&json);
}

/* ---- labels ------------------------------------------------------------- */

static void
emit_label(struct json *json, struct str name, const char *colour,
           struct str description)
{
    json_item_object(json);
    json_text(json, "name", name);
    json_text(json, "color", str_from(colour));
    json_text(json, "description", description);
    json_end(json);
}

static const char *
tier_colour(enum tier tier)
{
    switch (tier) {
    case TIER_DEVELOPMENT:
        return "0e8a16";
    case TIER_STAGING:
        return "fbca04";
    case TIER_PRODUCTION:
        return "d93f0b";
    }
    return "ededed";
}

/* GitHub takes no longer name of a label. */
enum { LABEL_BYTES_MAX = 50 };

/* Of issues and pull requests: the environment that they are about. */
static void
emit_labels(struct hosting *hosting)
{
    const struct ir *ir = hosting->ir;
    struct json json =
        hosting_file(hosting, "", STR("labels"), ir->project->span);
    json_item_array(&json);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        struct str name =
            arena_format(hosting->arena, "env: {}", STRS(environment->name));
        if (name.len <= LABEL_BYTES_MAX)
            emit_label(&json, name, tier_colour(environment->tier),
                       arena_format(hosting->arena, "About the environment {}",
                                    STRS(environment->name)));
    }
    if (ir->rollback != NULL && ir->rollback->reports_incident)
        emit_label(&json, STR("incident"), "b60205",
                   STR("A release was taken back, or had to be"));
    for (enum round round = 0; round < ROUND_COUNT; round++) {
        if (has_round(ir, round))
            emit_label(&json, str_from(round_label(round)), round_colour(round),
                       str_from(round_doc(round)));
    }
    json_end(&json);
}

void
emit_inventory(struct hosting *hosting)
{
    emit_repository(hosting);
    emit_labels(hosting);
}
