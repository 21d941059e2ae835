/*
 * Family M: what moves. The same image by digest, under a name that can be
 * told from the release, with configuration that was tested, too.
 */
#include "check/walk.h"

#include "ir/release.h"

static void
check_same_image(struct check *check, const struct promotion *promotion,
                 const struct workload *target)
{
    const struct workload *source =
        workload_find(promotion->from, target->service);
    if (source == NULL || !is_value_known(source->image) ||
        !is_value_known(target->image) ||
        is_str_equal(source->image->text, target->image->text))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_M06, target->image->span,
                 STRS(target->service->name, promotion->to->name));
    diag_label(diag, "`{}` tests `{}`",
               STRS(promotion->from->name, source->image->text));
    diag_note(diag, promotion->span,
              "what is promoted is the image that was tested, by its digest",
              NO_STRS);
    diag_help(diag, "take the same image in both", NO_STRS);
    diag_about(diag, workload_object(check, target));
}

/* Without a promotion each push builds what it deploys. */
static void
check_own_build(struct check *check, const struct environment *first,
                const struct environment *second)
{
    const struct ir *ir = check->ir;
    if (ir->promotion_count > 0 || !has_pipeline(ir, first) ||
        !has_pipeline(ir, second) || second->index != first->index + 1)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_M06, second->branch->span,
                                 STRS(STR("everything"), second->name));
    diag_label(diag, "a push to this branch builds for itself", NO_STRS);
    diag_note(diag, first->span, "what `{}` has tested is not what runs there",
              STRS(first->name));
    diag_help(diag, "write `promote {} -> {} {{ when healthy }`",
              STRS(first->name, second->name));
    diag_about(diag, second->name);
}

void
check_rebuilds(struct check *check)
{
    for (size_t i = 0; i < check->ir->promotion_count; i++) {
        const struct promotion *promotion = &check->ir->promotions[i];
        for (size_t j = 0; j < promotion->to->workload_count; j++)
            check_same_image(check, promotion, promotion->to->workloads[j]);
    }
    each_environment_pair(check, check_own_build);
}

static bool
is_release_part(struct str name)
{
    return is_str_equal(name, STR("version")) ||
           is_str_equal(name, STR("git.sha"));
}

/* Does each release get another one? */
static bool
tells_releases_apart(const struct environment *environment)
{
    const struct value *tag = environment->tag;
    for (size_t i = 0; i < value_part_count(tag); i++) {
        if (tag->parts->at[i].is_name &&
            is_release_part(tag->parts->at[i].text))
            return true;
    }
    return false;
}

void
check_tag_order(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct environment *from = ir->promotions[i].from;
        const struct environment *to = ir->promotions[i].to;
        bool is_lost = has_tag_part(from, STR("version")) &&
                       !has_tag_part(to, STR("version"));
        if (!is_value_known(to->tag) || (tells_releases_apart(to) && !is_lost))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_M07, to->tag->span,
                                     STRS(to->name, from->name));
        if (tells_releases_apart(to)) {
            diag_label(diag, "it loses the version", NO_STRS);
            diag_note(diag, from->tag->span, "`{}` gives its releases one",
                      STRS(from->name));
        } else {
            diag_label(diag, "every release would be called so", NO_STRS);
        }
        diag_help(diag, "name releases by `{}`", STRS(STR("${version}")));
        diag_about(diag, to->name);
    }
}

/* Our pipelines lock a tag in an Azure registry once it is given. */
void
check_mutable_tags(struct check *check)
{
    const struct project *project = check->ir->project;
    if (!is_value_known(project->registry) || project->is_registry_immutable)
        return;
    struct str rest = project->registry->text;
    struct str host = str_cut(&rest, '/');
    if (has_suffix(host, STR(".azurecr.io")) ||
        has_suffix(host, STR(".azurecr.cn")) ||
        has_suffix(host, STR(".azurecr.us")))
        return;
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (!has_tag_part(environment, STR("version")))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M08, environment->tag->span,
                     STRS(environment->name));
        diag_note(diag, project->registry->span,
                  "nothing says that this registry refuses it", NO_STRS);
        diag_help(diag,
                  "when it does, write `registry {} immutable`, else let it",
                  STRS(project->registry->text));
        diag_about(diag, environment->name);
    }
}

/* GitHub forgets runs; a tag and a message in a channel stay. */
void
check_approval_log(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        bool is_tagged = has_tag_part(environment, STR("version")) &&
                         is_last_environment(ir, environment);
        if (environment->tier != TIER_PRODUCTION ||
            !has_pipeline(ir, environment) ||
            approval_count(ir, environment) == 0 || is_tagged ||
            deploy_step_find(environment->deploy, STEP_NOTIFY) != NULL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M13, environment->deploy->span,
                     STRS(environment->name));
        diag_label(diag, "who said yes is forgotten with the run", NO_STRS);
        diag_help(diag,
                  "write `notify CHANNEL` in it, or name releases by `{}`",
                  STRS(STR("${version}")));
        diag_about(diag, environment->name);
    }
}

static struct str
bare_version(struct str version)
{
    return has_prefix(version, STR("v")) ? str_slice(version, 1, version.len)
                                         : version;
}

/* `registry/api:1.2.3` and `v1.2.3` name the release 1.2.3. */
static bool
is_name_of(struct str text, struct str version)
{
    size_t colon = text.len;
    while (colon > 0 && text.at[colon - 1] != ':' && text.at[colon - 1] != '/')
        colon--;
    return is_str_equal(bare_version(str_slice(text, colon, text.len)),
                        bare_version(version));
}

static void
check_denied_name(struct check *check, const struct denial *denial,
                  const struct value *name, struct str object)
{
    if (!is_value_known(name) || value_part_count(name) > 0 ||
        !is_name_of(name->text, denial->version->text))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_M14, name->span,
                                 STRS(denial->version->text));
    diag_label(diag, "it is deployed here", NO_STRS);
    diag_note(diag, denial->span, "it is denied here", NO_STRS);
    diag_help(diag, "name another release", NO_STRS);
    diag_about(diag, object);
}

/* A service's own image comes from the pipeline, those beside it do not. */
static void
check_denied_containers(struct check *check, const struct denial *denial,
                        const struct workload *workload)
{
    for (size_t i = 0; i < workload->container_count; i++)
        check_denied_name(check, denial, workload->containers[i].image,
                          workload_object(check, workload));
}

void
check_denied_releases(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->denial_count; i++) {
        const struct denial *denial = &ir->denials[i];
        for (size_t j = 0; j < ir->environment_count; j++) {
            const struct environment *environment = ir->environments[j];
            check_denied_name(check, denial, environment->tag,
                              environment->name);
            for (size_t k = 0; k < environment->workload_count; k++)
                check_denied_containers(check, denial,
                                        environment->workloads[k]);
        }
    }
}

static bool
is_contract_split(const struct ir *ir)
{
    for (size_t i = 0; i < ir->config_key_count; i++) {
        if (ir->config_keys[i].varies)
            return true;
    }
    return false;
}

void
check_promoted_config(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; is_contract_split(ir) && i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        for (size_t j = 0; j < ir->config_key_count; j++) {
            const struct config_key *key = &ir->config_keys[j];
            const struct value *before = promotion->from->settings[j].value;
            const struct value *after = promotion->to->settings[j].value;
            if (key->varies || !is_value_known(before) ||
                !is_value_known(after) || is_value_equal(before, after))
                continue;
            struct diag *diag = diag_add(
                check->sink, DIAG_M16, after->span,
                STRS(key->name, promotion->from->name, promotion->to->name));
            diag_label(diag, "it is `{}` before", STRS(before->text));
            diag_note(diag, key->span, "the contract does not let it differ",
                      NO_STRS);
            diag_help(diag,
                      "write `{} … varies` in the contract, or set it "
                      "alike",
                      STRS(key->name));
            diag_about(diag, promotion->to->name);
        }
    }
}

/* O09: a release build is no rehearsal, so what is still open is named. */
void
check_pending(struct check *check)
{
    for (size_t i = 0; check->is_release && i < check->ir->promotion_count;
         i++) {
        const struct promotion *promotion = &check->ir->promotions[i];
        for (size_t j = 0; j < promotion->pending_count; j++) {
            struct diag *diag =
                diag_add(check->sink, DIAG_O09, promotion->pending[j]->span,
                         STRS(promotion->to->name));
            diag_label(diag, "not done yet", NO_STRS);
            diag_note(diag, promotion->span, "it is to be done before this",
                      NO_STRS);
            diag_help(diag, "take the line out when it is done", NO_STRS);
            diag_about(diag, promotion->to->name);
        }
    }
}
