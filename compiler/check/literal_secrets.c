/*
 * K01: secrets that stand where everybody reads them, in the program or in
 * what it takes over. What the config contract calls by a secret's name, or
 * gives a form that is known, is P16's.
 */
#include "base/map.h"
#include "check/credentials.h"
#include "check/raw.h"
#include "check/raw_values.h"
#include "check/settings.h"
#include "check/walk.h"

static setting_visit judge_setting;
static raw_visit judge_object, judge_texts;
static raw_container_visit judge_variables;
static void judge_workload(struct check *check,
                           const struct workload *workload);
static void judge_tree(struct check *check, const struct raw_use *use,
                       const struct raw *raw);

/* K01 */
void
check_literal_secrets(struct check *check)
{
    each_setting(check, judge_setting);
    each_workload(check, judge_workload);
    each_raw_of(check, "", "Secret", judge_object);
    each_raw_container(check, judge_variables);
    each_raw(check, judge_texts);
}

/* ---- one text ----------------------------------------------------------- */

static struct diag *
report_text(struct check *check, struct span span, struct str object,
            const char *label)
{
    struct diag *diag = diag_add(check->sink, DIAG_K01, span, STRS(object));
    diag_label(diag, label, NO_STRS);
    diag_about(diag, object);
    return diag;
}

static void
help_vault(struct diag *diag)
{
    diag_help(diag,
              "put it into the vault, make a new one, and name it by `secret`",
              NO_STRS);
}

static const char *
secret_label(struct str text)
{
    const char *form = credential_find(text);
    if (form != NULL)
        return form;
    return is_str_empty(random_part(text)) ? NULL
                                           : "as random as a key, and no hash";
}

/* ---- the program -------------------------------------------------------- */

static bool
is_secret(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->secret_count; i++) {
        if (is_str_equal(ir->secrets[i]->name, name))
            return true;
    }
    return false;
}

static void
judge_setting(struct check *check, const struct environment *environment,
              const struct setting *setting)
{
    const struct value *value = setting->value;
    struct str name = setting->key->name;
    bool is_of_secret = is_secret(check->ir, name);
    if (!is_of_secret &&
        (is_secret_name(name) || credential_find(value->text) != NULL ||
         is_str_empty(random_part(value->text))))
        return;
    help_vault(report_text(check, value->span,
                           setting_object(check, environment, setting),
                           is_of_secret ? "services get this as a secret"
                                        : "as random as a key, and no hash"));
}

static void
judge_words(struct check *check, const struct workload *workload,
            const struct value *words)
{
    for (size_t i = 0; words != NULL && i < words->item_count; i++) {
        const struct value *word = &words->items[i];
        const char *label = secret_label(word->text);
        if (label != NULL)
            help_vault(report_text(check, word->span,
                                   workload_object(check, workload), label));
    }
}

static void
judge_workload(struct check *check, const struct workload *workload)
{
    judge_words(check, workload, workload->command);
    judge_words(check, workload, workload->arguments);
    for (size_t i = 0; i < workload->container_count; i++) {
        judge_words(check, workload, workload->containers[i].command);
        judge_words(check, workload, workload->containers[i].arguments);
    }
}

/* ---- manifests ---------------------------------------------------------- */

static void
help_external(struct diag *diag)
{
    diag_help(
        diag,
        "put it into a vault, make a new one, and write an ExternalSecret",
        NO_STRS);
}

/* What is in it is not closed: base64 is no lock. */
static void
judge_object(struct check *check, const struct raw_use *use)
{
    static const char *const lists[] = {"data", "stringData"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct raw *list =
            raw_find(use->object->root, str_from(lists[i]));
        for (size_t j = 0; j < raw_key_count(list); j++) {
            const struct raw_entry *entry = &list->entries[j];
            if (is_str_empty(entry->value->text))
                continue;
            help_external(report_text(check, entry->value->span, use->text,
                                      i == 0
                                          ? "base64 hides nothing"
                                          : "whoever reads the file has it"));
            return;
        }
    }
}

static bool
is_literal(const struct raw *value)
{
    return value != NULL && value->kind == RAW_TEXT &&
           !is_str_empty(value->text) && !has_prefix(value->text, STR("$("));
}

static void
judge_variables(struct check *check, const struct raw_container *container)
{
    const struct raw *variables = raw_find(container->raw, STR("env"));
    for (size_t i = 0; i < raw_item_count(variables); i++) {
        const struct raw *variable = variables->entries[i].value;
        const struct raw *value = raw_find(variable, STR("value"));
        struct str name = raw_text_at(variable, STR("name"));
        if (!is_literal(value) ||
            (!is_secret_name(name) && !is_secret(check->ir, name)))
            continue;
        help_external(report_text(check, value->span, container->pod->use->text,
                                  "its name says that it is a secret"));
    }
}

/* Kinds whose texts are sealed, public or made up by nature. */
static bool
is_passed_over(const struct raw_use *use)
{
    return is_raw_of(use, "", "Secret") ||
           is_raw_of(use, "apiextensions.k8s.io", "CustomResourceDefinition") ||
           is_str_equal(use->object->kind, STR("SealedSecret"));
}

static void
judge_texts(struct check *check, const struct raw_use *use)
{
    if (!is_passed_over(use))
        judge_tree(check, use, use->object->root);
}

/* Digests of what is public: their keys say so. */
static bool
is_open_key(struct str key)
{
    return is_str_equal(key, STR("caBundle")) || has_suffix(key, STR(".crt")) ||
           has_prefix(key, STR("checksum/")) || is_str_equal(key, STR("image"));
}

static void
judge_scalar(struct check *check, const struct raw_use *use,
             const struct raw *raw)
{
    const char *label = raw->kind == RAW_TEXT ? secret_label(raw->text) : NULL;
    if (label != NULL)
        help_external(report_text(check, raw->span, use->text, label));
}

/* Nesting has a limit (LIMIT_RAW_DEPTH). */
static void
judge_tree(struct check *check, const struct raw_use *use,
           const struct raw *raw)
{
    if (raw->kind != RAW_MAP && raw->kind != RAW_LIST) {
        judge_scalar(check, use, raw);
        return;
    }
    bool is_variable = is_secret_name(raw_text_at(raw, STR("name")));
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        bool is_told = is_variable && is_str_equal(entry->key, STR("value"));
        if (!is_open_key(entry->key) && !is_told)
            judge_tree(check, use, entry->value);
    }
}
