/*
 * Values and the faults of values, for every file that reads arguments.
 */
#include "resolve/reading.h"

#include "diag/near.h"

/* One piece of memory: there are many. */
struct value_with_origin {
    struct value value;
    struct origin origin;
};

struct value *
value_new(const struct reading *reading, enum value_kind kind, struct span span)
{
    struct arena *arena = reading->resolver->arena;
    struct value *value = reading->place;
    struct origin *origin = NULL;
    if (value == NULL) {
        struct value_with_origin *made = arena_new(arena, sizeof *made);
        value = &made->value;
        origin = &made->origin;
    } else {
        origin = arena_new(arena, sizeof *origin);
    }
    origin->span = span;
    origin->layer = reading->layer;
    if (reading->given != NULL) {
        struct origin *hole = arena_new(arena, sizeof *hole);
        hole->span = reading->hole;
        hole->layer = reading->layer;
        origin->layer = LAYER_GIVEN;
        origin->weaker = hole;
    }
    value->kind = kind;
    value->type = reading->rule->type;
    value->span = span;
    value->origin = origin;
    return value;
}

const struct value *
poison_value(struct resolver *resolver, struct span span)
{
    struct value *value = arena_new(resolver->arena, sizeof *value);
    value->kind = VALUE_POISON;
    value->span = span;
    return value;
}

/* A setting against its contract (L22): both places. */
struct diag *
report_setting(const struct reading *reading, struct span span, struct str text)
{
    const struct config_key *key = reading->key;
    struct diag *diag = diag_add(reading->resolver->sink, DIAG_L22, span,
                                 STRS(key->name, text));
    diag_label(diag, "expected {}",
               STRS(str_from(type_name(reading->rule->type))));
    diag_note(diag, key->span, "the contract says so here", NO_STRS);
    return diag;
}

/* A value of the wrong type; inside a hole that is the hole's fault (L11). */
struct diag *
report_fault(const struct reading *reading, enum diag_code code,
             struct span span, struct str text, struct strs texts)
{
    struct resolver *resolver = reading->resolver;
    if (reading->key != NULL)
        return report_setting(reading, span, text);
    if (reading->given == NULL)
        return diag_add(resolver->sink, code, span, texts);
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L11, span,
                 STRS(reading->given->name,
                      str_from(type_name(reading->rule->type)), text));
    diag_note(diag, reading->hole, "the hole stands here", NO_STRS);
    return diag;
}

static struct str
choices_text(struct arena *arena, const char *detail)
{
    struct str rest = str_from(detail);
    struct str text = STR("");
    while (!is_str_empty(rest)) {
        struct str word = str_cut(&rest, ' ');
        text = is_str_empty(text)
                   ? arena_format(arena, "`{}`", STRS(word))
                   : arena_format(arena, "{}, `{}`", STRS(text, word));
    }
    return text;
}

void
report_mismatch(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    const struct argument_rule *rule = reading->rule;
    struct str shown = source_text(resolver->map, argument->span);
    struct str expected = str_from(type_name(rule->type));
    struct diag *diag = report_fault(reading, DIAG_L03, argument->span, shown,
                                     STRS(expected, shown));
    if (rule->type != TYPE_ONE_OF && rule->type != TYPE_RECORD_TYPE) {
        diag_help(diag, "write it like `{}`",
                  STRS(str_from(type_example(rule->type))));
        return;
    }
    struct near near = {.wanted = argument->text};
    struct str rest = str_from(rule->detail);
    while (!is_str_empty(rest))
        near_offer(&near, str_cut(&rest, ' '));
    diag_help(diag, "it takes {}",
              STRS(choices_text(resolver->arena, rule->detail)));
    if (!is_str_empty(near.best)) {
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
        diag_fix(diag, argument->span, near.best);
    }
}
