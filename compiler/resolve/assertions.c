/*
 * What a program holds itself to: `assert`, and `rule`, which is an `assert`
 * for each environment or service. Both end as pairs of values that are
 * compared.
 */
#include "resolve/lowering.h"

#include "resolve/comparisons.h"
#include "resolve/fold.h"
#include "resolve/node.h"
#include "resolve/typing.h"

/* One environment or service that a rule speaks of; for `assert` nothing. */
struct subject {
    struct str environment; /* its name, or empty */
    struct str service;     /* the same */
};

static bool
has_first(struct str path, struct str name, struct str *rest)
{
    *rest = path;
    return !is_str_empty(name) && is_str_equal(str_cut(rest, '.'), name) &&
           !is_str_empty(*rest);
}

/* `env.api.memory.min` of production is `production.api.memory.min`, and
 * `service.memory.min` of its api as well. */
static struct str
concrete_path(struct arena *arena, const struct subject *subject,
              struct str path)
{
    struct str rest;
    if (is_str_empty(subject->environment))
        return path;
    if (has_first(path, STR("env"), &rest))
        return arena_format(arena, "{}.{}", STRS(subject->environment, rest));
    if (!is_str_empty(subject->service) &&
        has_first(path, STR("service"), &rest))
        return arena_format(arena, "{}.{}.{}",
                            STRS(subject->environment, subject->service, rest));
    return path;
}

/* A path when its first part names something; else a value of the left
 * side's type. */
static bool
is_path(const struct resolver *resolver, struct str text)
{
    struct str rest = text;
    struct str first = str_cut(&rest, '.');
    return !is_str_empty(rest) &&
           (is_str_equal(first, STR("project")) ||
            map_find(&resolver->environments, first) != NULL);
}

static const struct value *
type_operand(struct resolver *resolver, const struct assertion *assertion,
             const struct value *operand)
{
    struct argument_rule rule = {
        .shape = SHAPE_ONE, .type = TYPE_TEXT, .detail = ""};
    if (assertion->left != NULL && assertion->left->kind != VALUE_POISON)
        rule.type = assertion->left->type;
    if (rule.type == TYPE_ONE_OF)
        rule.type = TYPE_TEXT;
    struct argument argument = {
        .kind = ARGUMENT_ATOM, .span = operand->span, .text = operand->text};
    return type_argument(resolver, &rule, &argument, LAYER_ENVIRONMENT);
}

typedef const struct value *find_side(const struct scope *scope,
                                      struct str path, struct span span);

/* False when a side of it leads nowhere, and `find` tells of that or not. */
static bool
resolve_sides(struct resolver *resolver, const struct node *node,
              const struct subject *subject, find_side *find,
              struct assertion *assertion)
{
    struct scope scope = {.resolver = resolver};
    const struct value *bound = node->cells[1].value;
    const struct value *operand = &bound->items[0];
    struct str right = concrete_path(resolver->arena, subject, operand->text);
    assertion->span = node->span;
    assertion->comparison = bound->comparison;
    assertion->left_path =
        concrete_path(resolver->arena, subject, node_key(node));
    assertion->left = find(&scope, assertion->left_path, node->word_span);
    if (!is_path(resolver, right)) {
        if (assertion->left != NULL)
            assertion->right = type_operand(resolver, assertion, operand);
        return assertion->left != NULL;
    }
    assertion->right_path = right;
    assertion->right = find(&scope, right, operand->span);
    return assertion->left != NULL && assertion->right != NULL;
}

static bool
is_line(const struct node *node)
{
    return node->word->id == WORD_ASSERTION && node->cells[1].value != NULL &&
           node->cells[1].value->kind == VALUE_COMPARISON;
}

static void
resolve_assert(struct resolver *resolver, const struct node *node,
               struct vec *list)
{
    const struct subject nothing = {{NULL, 0}, {NULL, 0}};
    for (size_t i = 0; i < node->child_count; i++) {
        if (!is_line(node->children[i]))
            continue;
        struct assertion *assertion = vec_add(list);
        assertion->text = node_key(node);
        resolve_sides(resolver, node->children[i], &nothing, fold_path,
                      assertion);
        check_comparison(resolver, node->children[i], assertion);
    }
}

/* ---- rules -------------------------------------------------------------- */

static bool
is_chosen(const struct scope *scope, enum word_id word, struct str text)
{
    const struct value *choice = scope_value(scope, word);
    return choice == NULL || !is_value_known(choice) ||
           is_str_equal(choice->text, text);
}

static void
add_subject(struct vec *subjects, const struct environment *environment,
            struct str service)
{
    struct subject *subject = vec_add(subjects);
    subject->environment = environment->name;
    subject->service = service;
}

static void
add_services(const struct scope *scope, struct vec *subjects,
             const struct environment *environment)
{
    static const struct str kinds[] = {
        [SERVICE_SERVICE] = STR_INIT("service"),
        [SERVICE_WORKER] = STR_INIT("worker"),
        [SERVICE_STATEFUL] = STR_INIT("stateful"),
        [SERVICE_JOB] = STR_INIT("job"),
        [SERVICE_TASK] = STR_INIT("task"),
    };
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct service *service = environment->workloads[i]->service;
        if (is_chosen(scope, WORD_RULE_KIND, kinds[service->kind]))
            add_subject(subjects, environment, service->name);
    }
}

static struct vec
find_subjects(const struct scope *scope, bool is_of_services)
{
    const struct ir *ir = scope->resolver->ir;
    struct vec subjects;
    vec_init(&subjects, scope->resolver->arena, sizeof(struct subject));
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct value *tier = environment->tier_value;
        if (!is_value_known(tier) ||
            !is_chosen(scope, WORD_RULE_TIER, tier->text))
            continue;
        if (is_of_services)
            add_services(scope, &subjects, environment);
        else
            add_subject(&subjects, environment, STR(""));
    }
    return subjects;
}

/* `no service is huge: production.api`. */
static struct str
text_about(struct arena *arena, struct str text, const struct subject *subject)
{
    bool has_service = !is_str_empty(subject->service);
    return arena_format(arena, "{}: {}{}{}",
                        STRS(text, subject->environment,
                             has_service ? STR(".") : STR(""),
                             subject->service));
}

/* Where a path leads nowhere the line has nothing to say, as of a service that
 * does not run there; that it leads nowhere for all is said once. */
static void
resolve_line(struct resolver *resolver, struct str text,
             const struct node *node, const struct vec *subjects,
             struct vec *list)
{
    bool is_found = subjects->count == 0;
    for (size_t i = 0; i < subjects->count; i++) {
        const struct subject *subject = vec_at(subjects, i);
        struct assertion assertion = {
            .text = text_about(resolver->arena, text, subject)};
        if (!resolve_sides(resolver, node, subject, fold_path_find, &assertion))
            continue;
        is_found = true;
        if (!check_comparison(resolver, node, &assertion))
            return;
        *(struct assertion *)vec_add(list) = assertion;
    }
    struct assertion last;
    if (!is_found)
        resolve_sides(resolver, node, vec_at(subjects, subjects->count - 1),
                      fold_path, &last);
}

static void
report_missing(struct resolver *resolver, const struct node *node,
               const char *word)
{
    struct diag *diag = diag_add(resolver->sink, DIAG_L29, node->word_span,
                                 STRS(STR("`rule`"), str_from(word)));
    diag_help(
        diag,
        "write it like `rule \"text\" for each service where tier production {{ … }`",
        NO_STRS);
}

static void
resolve_rule(struct resolver *resolver, const struct node *node,
             struct vec *list)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = scope_find(&scope, WORD_RULE_FOR);
    const struct value *what =
        at.node == NULL ? NULL : scope_argument(&scope, at, 1);
    if (at.node == NULL)
        report_missing(resolver, node, "for");
    if (what == NULL || !is_value_known(what))
        return;
    bool is_of_services = is_str_equal(what->text, STR("service"));
    if (!is_of_services && scope_has(&scope, WORD_RULE_KIND))
        report_missing(resolver, node, "for each service");
    struct vec subjects = find_subjects(&scope, is_of_services);
    for (size_t i = 0; i < node->child_count; i++) {
        if (is_line(node->children[i]))
            resolve_line(resolver, node_key(node), node->children[i], &subjects,
                         list);
    }
}

void
resolve_assertions(struct resolver *resolver)
{
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct assertion));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_ASSERT)
            resolve_assert(resolver, node, &list);
        else if (node->word->id == WORD_RULE)
            resolve_rule(resolver, node, &list);
    }
    resolver->ir->assertions = list.items;
    resolver->ir->assertion_count = list.count;
}
