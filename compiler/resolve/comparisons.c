#include "resolve/comparisons.h"

/* A number of a unit, a text: what has an order, and what has none. */
static bool
is_number(const struct value *value)
{
    return value->kind == VALUE_NUMBER || value->kind == VALUE_BOOL;
}

static bool
is_single(const struct value *value)
{
    return value->kind != VALUE_RANGE && value->kind != VALUE_LIST &&
           value->kind != VALUE_COMPARISON;
}

static bool
check_single(struct resolver *resolver, const struct value *value,
             struct span span, struct str path)
{
    if (is_single(value))
        return true;
    bool is_range = value->kind == VALUE_RANGE;
    struct diag *diag = diag_add(
        resolver->sink, DIAG_L03, span,
        STRS(is_range ? STR("one end of a range") : STR("a single value"),
             path));
    if (is_range)
        diag_help(diag, "write `{}.min` or `{}.max`", STRS(path, path));
    return false;
}

/* Texts of all types are compared as they are written. */
static bool
check_types(struct resolver *resolver, const struct node *node,
            const struct assertion *assertion)
{
    const struct value *left = assertion->left;
    const struct value *right = assertion->right;
    const struct value *operand = &node->cells[1].value->items[0];
    bool is_same = is_number(left)
                       ? is_number(right) && left->type == right->type
                       : !is_number(right);
    if (is_same)
        return true;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L03, operand->span,
                 STRS(str_from(type_name(left->type)), operand->text));
    diag_label(diag, "it is {}", STRS(str_from(type_name(right->type))));
    diag_note(diag, left->span, "`{}` is {}",
              STRS(node_key(node), str_from(type_name(left->type))));
    return false;
}

static bool
check_order(struct resolver *resolver, const struct node *node,
            const struct assertion *assertion)
{
    bool is_equality =
        assertion->comparison == EQUAL || assertion->comparison == NOT_EQUAL;
    if (is_equality || is_number(assertion->left))
        return true;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L03, node->cells[1].value->span,
                 STRS(STR("`==` or `!=`"),
                      str_from(comparison_text(assertion->comparison))));
    diag_label(
        diag, "`{}` is {}, and has no order",
        STRS(node_key(node), str_from(type_name(assertion->left->type))));
    return false;
}

bool
check_comparison(struct resolver *resolver, const struct node *node,
                 const struct assertion *assertion)
{
    const struct value *operand = &node->cells[1].value->items[0];
    const struct value *left = assertion->left;
    const struct value *right = assertion->right;
    if (left == NULL || right == NULL || !is_value_known(left) ||
        !is_value_known(right))
        return true;
    return check_single(resolver, left, node->word_span, node_key(node)) &&
           check_single(resolver, right, operand->span, operand->text) &&
           check_types(resolver, node, assertion) &&
           check_order(resolver, node, assertion);
}
