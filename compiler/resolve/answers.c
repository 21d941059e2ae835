/*
 * A setting against the contract: its words, its pattern, its type.
 */
#include "resolve/reading.h"

#include "base/pattern.h"
#include "diag/near.h"

/* `one-of [a b]`: the contract's own words. */
static bool
is_choice(const struct config_key *key, struct str text)
{
    for (size_t i = 0; i < key->choices->item_count; i++) {
        if (is_str_equal(key->choices->items[i].text, text))
            return true;
    }
    return false;
}

static void
report_choice(const struct reading *reading, const struct argument *argument)
{
    const struct value *choices = reading->key->choices;
    struct near near = {.wanted = argument->text};
    struct str text = STR("");
    for (size_t i = 0; i < choices->item_count; i++) {
        near_offer(&near, choices->items[i].text);
        text = arena_format(reading->resolver->arena,
                            i == 0 ? "{}`{}`" : "{}, `{}`",
                            STRS(text, choices->items[i].text));
    }
    struct diag *diag = report_setting(reading, argument->span, argument->text);
    diag_help(diag, "it takes {}", STRS(text));
    if (!is_str_empty(near.best)) {
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
        diag_fix(diag, argument->span, near.best);
    }
}

static bool
is_setting_right(const struct reading *reading, const struct argument *argument)
{
    const struct config_key *key = reading->key;
    if (key->choices != NULL && !is_choice(key, argument->text)) {
        report_choice(reading, argument);
        return false;
    }
    if (key->pattern != NULL &&
        !pattern_matches(reading->resolver->arena, key->pattern->text,
                         argument->text)) {
        struct diag *diag =
            report_setting(reading, argument->span, argument->text);
        diag_label(diag, "it does not match", NO_STRS);
        diag_help(diag, "it must match `{}`", STRS(key->pattern->text));
        return false;
    }
    return true;
}

const struct value *
type_setting(struct resolver *resolver, const struct config_key *key,
             const struct argument *argument, enum layer layer)
{
    struct argument_rule rule = {
        .shape = SHAPE_ONE, .type = key->type, .detail = ""};
    struct reading reading = {
        .resolver = resolver, .rule = &rule, .layer = layer, .key = key};
    bool is_text =
        argument->kind == ARGUMENT_ATOM || argument->kind == ARGUMENT_TEXT;
    if (is_text && !is_setting_right(&reading, argument))
        return poison_value(resolver, argument->span);
    return read_argument(&reading, SHAPE_ONE, argument);
}
