/*
 * Family N, second half: names that the cloud, the registry and the hosting
 * service take.
 */
#include "check/walk.h"

/* Letters and digits, and those of `others` that are not at an edge. */
static bool
is_made_of(struct str text, const char *others, size_t least, size_t most)
{
    if (text.len < least || text.len > most)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_edge = i == 0 || i + 1 == text.len;
        if (!is_ascii_alnum(text.at[i]) &&
            (is_edge || !has_byte(str_from(others), text.at[i])))
            return false;
    }
    return true;
}

static void
report_cloud_name(struct check *check, const struct value *name,
                  const char *what)
{
    diag_add(check->sink, DIAG_N13, name->span,
             STRS(name->text, str_from(what)));
}

/* Azure, "Naming rules and restrictions for Azure resources". */
static void
check_cluster_name(struct check *check, const struct cluster *cluster)
{
    if (cluster == NULL || !is_value_known(cluster->provider) ||
        !is_str_equal(cluster->provider->text, STR("aks")))
        return;
    if (is_value_known(cluster->name) &&
        !is_made_of(cluster->name->text, "-_", 1, 63))
        report_cloud_name(
            check, cluster->name,
            "an AKS cluster's name: 1 to 63 letters, digits, `-` and `_`");
    if (is_value_known(cluster->group) &&
        !is_made_of(cluster->group->text, "-_.()", 1, 90))
        report_cloud_name(
            check, cluster->group,
            "a resource group's name: 1 to 90 letters, digits, `-`, `_`, `.` and brackets");
}

static bool
is_vault_name(struct str name)
{
    if (!is_made_of(name, "-", 3, 24) || !is_ascii_alpha(name.at[0]))
        return false;
    for (size_t i = 1; i < name.len; i++) {
        if (name.at[i] == '-' && name.at[i - 1] == '-')
            return false;
    }
    return true;
}

static void
check_vault_name(struct check *check, const struct vault *vault)
{
    if (vault == NULL || !is_value_known(vault->name) ||
        is_vault_name(vault->name->text))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_N14, vault->name->span,
                                 STRS(vault->name->text));
    diag_help(diag,
              "3 to 24 letters, digits and single hyphens, a letter first",
              NO_STRS);
}

/* NAME.azurecr.io: the name alone is 5 to 50 letters and digits. */
static void
check_registry_name(struct check *check)
{
    const struct value *registry = check->ir->project->registry;
    if (!is_value_known(registry))
        return;
    struct str host = registry->text;
    host = str_cut(&host, '/');
    if (!has_suffix(host, STR(".azurecr.io")))
        return;
    struct str name = host;
    name = str_cut(&name, '.');
    if (!is_made_of(name, "", 5, 50))
        report_cloud_name(
            check, registry,
            "an Azure registry's name: 5 to 50 letters and digits");
}

void
check_cloud_names(struct check *check)
{
    check_registry_name(check);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        check_cluster_name(check, check->ir->environments[i]->cluster);
        check_vault_name(check, check->ir->environments[i]->vault);
    }
}

/* OCI distribution 1.1: [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127} */
static bool
is_tag_text(struct str text, bool is_first)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool is_word = is_ascii_alnum(byte) || byte == '_';
        if (!is_word && ((is_first && i == 0) || (byte != '.' && byte != '-')))
            return false;
    }
    return true;
}

/* What the pipeline fills in (a hash, a version) is a tag's text by itself. */
static bool
is_tag(const struct value *tag)
{
    if (value_part_count(tag) == 0)
        return tag->text.len > 0 && tag->text.len <= 128 &&
               is_tag_text(tag->text, true);
    size_t len = 0;
    for (size_t i = 0; i < value_part_count(tag); i++) {
        const struct text_part *part = &tag->parts->at[i];
        len += part->is_name ? 40 : part->text.len;
        if (!part->is_name && !is_tag_text(part->text, i == 0))
            return false;
    }
    return len <= 128;
}

void
check_tags(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct value *tag = check->ir->environments[i]->tag;
        if (!is_value_known(tag) || is_tag(tag))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_N16, tag->span,
                                     STRS(tag->text, STR("an image's tag")));
        diag_help(
            diag,
            "at most 128 letters, digits, `_`, `.` and `-`; no `.` or `-` first",
            NO_STRS);
    }
}

static bool
leads_out(struct str path)
{
    if (has_prefix(path, STR("/")))
        return true;
    while (!is_str_empty(path)) {
        if (is_str_equal(str_cut(&path, '/'), STR("..")))
            return true;
    }
    return false;
}

static void
check_root(struct check *check, const struct value *root)
{
    if (!is_value_known(root) ||
        (!leads_out(root->text) && !is_str_empty(root->text)))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_N20, root->span, STRS(root->text));
    diag_help(diag, "a root is a path below the output folder", NO_STRS);
}

void
check_output_roots(struct check *check)
{
    const struct output_root *output = &check->ir->output;
    const struct value *workflows = output->workflows;
    check_root(check, output->kubernetes);
    check_root(check, output->dns);
    check_root(check, output->scripts);
    check_root(check, output->docs);
    check_root(check, workflows);
    if (!is_value_known(workflows) || leads_out(workflows->text) ||
        is_str_equal(workflows->text, STR(".github/workflows")))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_N17, workflows->span, STRS(workflows->text));
    diag_help(diag, "GitHub reads workflows from `.github/workflows` alone",
              NO_STRS);
}

/* GitHub Actions, jobs.<job_id>. */
static bool
is_job_id(struct str name)
{
    if (is_str_empty(name) ||
        (!is_ascii_alpha(name.at[0]) && name.at[0] != '_'))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (!is_ascii_alnum(name.at[i]) && name.at[i] != '-' &&
            name.at[i] != '_')
            return false;
    }
    return true;
}

static void
check_job_name(struct check *check, const struct deploy *deploy,
               const struct step *step)
{
    struct str name = step->name->text;
    if (!is_job_id(name)) {
        struct diag *diag =
            diag_add(check->sink, DIAG_N18, step->name->span, STRS(name));
        diag_help(diag, "letters, digits, `-` and `_`, a letter or `_` first",
                  NO_STRS);
        return;
    }
    for (const struct step *other = deploy->steps; other != step; other++) {
        if (other->kind != STEP_TEST || !is_value_known(other->name) ||
            !is_str_equal_nocase(other->name->text, name))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_N18, step->name->span, STRS(name));
        diag_note(diag, other->name->span,
                  "this one differs only in large and small letters", NO_STRS);
    }
}

void
check_job_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct deploy *deploy = check->ir->environments[i]->deploy;
        for (size_t j = 0; deploy != NULL && j < deploy->step_count; j++) {
            const struct step *step = &deploy->steps[j];
            if (step->kind == STEP_TEST && is_value_known(step->name))
                check_job_name(check, deploy, step);
        }
    }
}

/* GitHub, "Managing environments for deployment": at most 255 characters, and
 * names are compared without regard to case. */
static bool
is_github_name(struct str name)
{
    if (is_str_empty(name) || name.len > 255)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (has_byte(STR("`\"'\\/<>|:*?,;"), name.at[i]) ||
            (unsigned char)name.at[i] < 0x20)
            return false;
    }
    return true;
}

static void
check_github_pair(struct check *check, const struct environment *first,
                  const struct environment *second)
{
    const struct value *a = first->github;
    const struct value *b = second->github;
    if (!is_value_known(a) || !is_value_known(b) ||
        !is_str_equal_nocase(a->text, b->text))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_N19, b->span, STRS(b->text));
    diag_label(diag, "GitHub tells names apart by more than their case",
               NO_STRS);
    diag_note(diag, a->span, "`{}` has this one", STRS(first->name));
    diag_help(diag, "write `github` with another name in one of them", NO_STRS);
}

void
check_github_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct value *name = check->ir->environments[i]->github;
        if (!is_value_known(name) || is_github_name(name->text))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_N19, name->span, STRS(name->text));
        diag_help(diag, "letters, digits and hyphens, at most 255 of them",
                  NO_STRS);
    }
    each_environment_pair(check, check_github_pair);
}
