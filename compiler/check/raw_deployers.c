/*
 * S18: rights that somebody gives the pipeline by hand, though no step of it
 * asks for them.
 */
#include "base/map.h"
#include "check/raw.h"
#include "check/raw_values.h"

#define RBAC "rbac.authorization.k8s.io"

struct deployer_row {
    struct str groups; /* separated by blanks */
    struct str resources;
    struct str verbs;
};

static const struct deployer_row rows[] = {
#define RIGHT(need, groups, resources, verbs)                                  \
    {STR_INIT(groups), STR_INIT(resources), STR_INIT(verbs)},
#include "ir/deployer.def"
#undef RIGHT
};

static raw_visit judge_binding;

/* S18 */
void
check_raw_deployers(struct check *check)
{
    each_raw_of(check, RBAC, "RoleBinding", judge_binding);
    each_raw_of(check, RBAC, "ClusterRoleBinding", judge_binding);
}

/* ---- what a step asks for ----------------------------------------------- */

static bool
has_listed(struct str words, struct str wanted)
{
    while (!is_str_empty(words)) {
        if (is_str_equal(str_cut(&words, ' '), wanted))
            return true;
    }
    return false;
}

static bool
is_used(struct str group, struct str resource, struct str verb)
{
    struct str shown = is_str_empty(group) ? STR("core") : group;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (has_listed(rows[i].groups, shown) &&
            has_listed(rows[i].resources, resource) &&
            has_listed(rows[i].verbs, verb))
            return true;
    }
    return false;
}

/* The first verb of a rule that some of its resources need not have; NULL when
 * all are used. */
static const struct raw *
spare_verb(const struct raw *rule, struct str *resource)
{
    const struct raw *groups = raw_find(rule, STR("apiGroups"));
    const struct raw *resources = raw_find(rule, STR("resources"));
    const struct raw *verbs = raw_find(rule, STR("verbs"));
    for (size_t i = 0; i < raw_item_count(groups); i++) {
        for (size_t j = 0; j < raw_item_count(resources); j++) {
            *resource = resources->entries[j].value->text;
            for (size_t k = 0; k < raw_item_count(verbs); k++) {
                if (!is_used(groups->entries[i].value->text, *resource,
                             verbs->entries[k].value->text))
                    return verbs->entries[k].value;
            }
        }
    }
    return NULL;
}

/* ---- what is given ------------------------------------------------------ */

/* The subject that is the pipeline's group in one of the environments. */
static const struct raw *
deployers_find(struct check *check, const struct raw_use *use)
{
    const struct raw *subjects = raw_find(use->object->root, STR("subjects"));
    for (size_t i = 0; i < raw_item_count(subjects); i++) {
        const struct raw *name =
            raw_find(subjects->entries[i].value, STR("name"));
        for (size_t j = 0; name != NULL && j < use->environment_count; j++) {
            const struct environment *environment = use->environments[j];
            struct str own = is_value_known(environment->namespace_name)
                                 ? environment->namespace_name->text
                                 : environment->name;
            if (is_str_equal(
                    name->text,
                    arena_format(check->arena, "{}-deployers", STRS(own))))
                return name;
        }
    }
    return NULL;
}

static const struct raw_use *
role_find(const struct check *check, const struct raw *reference)
{
    struct str kind = raw_text_at(reference, STR("kind"));
    struct str name = raw_text_at(reference, STR("name"));
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        if (is_str_equal(use->object->kind, kind) &&
            is_str_equal(use->object->name, name))
            return use;
    }
    return NULL;
}

static struct diag *
report_spare(struct check *check, const struct raw_use *use, struct span span,
             struct str what)
{
    struct diag *diag =
        raw_report(check, DIAG_S18, span, use, STRS(use->text, what));
    diag_help(diag,
              "leave it out: the Role `deployer` has all that a step uses",
              NO_STRS);
    return diag;
}

static void
judge_rules(struct check *check, const struct raw_use *role,
            const struct raw *deployers)
{
    const struct raw *rules = raw_find(role->object->root, STR("rules"));
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        struct str resource;
        const struct raw *verb = spare_verb(rules->entries[i].value, &resource);
        /* S15 tells what a star gives. */
        if (verb == NULL || is_raw_text(verb, "*"))
            continue;
        struct diag *diag = report_spare(
            check, role, verb->span,
            arena_format(check->arena, "{} {}", STRS(verb->text, resource)));
        diag_label(diag, "no step asks for it", NO_STRS);
        diag_note(diag, deployers->span, "bound to the pipeline here", NO_STRS);
    }
}

static void
judge_binding(struct check *check, const struct raw_use *use)
{
    const struct raw *deployers = deployers_find(check, use);
    const struct raw *reference = raw_find(use->object->root, STR("roleRef"));
    const struct raw *name = raw_find(reference, STR("name"));
    if (deployers == NULL || name == NULL || is_raw_text(name, "cluster-admin"))
        return;
    const struct raw_use *role = role_find(check, reference);
    if (role != NULL) {
        judge_rules(check, role, deployers);
        return;
    }
    struct diag *diag = report_spare(
        check, use, name->span,
        arena_format(check->arena, "do what `{}` does", STRS(name->text)));
    diag_label(diag, "a role that is not the program's", NO_STRS);
}
