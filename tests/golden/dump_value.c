/*
 * Values, each with the chain of places it came from: the strongest layer
 * first, and what it replaced behind.
 */
#include "dump.h"

static const char *
layer_name(enum layer layer)
{
    switch (layer) {
    case LAYER_DEFAULT:
        return "default";
    case LAYER_PROJECT:
        return "project";
    case LAYER_PROFILE:
        return "profile";
    case LAYER_SERVICE:
        return "service";
    case LAYER_LIKE:
        return "like";
    case LAYER_ENVIRONMENT:
        return "env";
    case LAYER_RUN:
        return "run";
    case LAYER_GIVEN:
        break;
    }
    return "given";
}

static void
add_chain(struct dump *dump, const struct origin *origin)
{
    for (; origin != NULL; origin = origin->weaker) {
        buf_add(&dump->out, STR("  < "));
        buf_add(&dump->out, str_from(layer_name(origin->layer)));
        dump_place(dump, origin->span);
        if (origin->folded != NULL) {
            buf_add(&dump->out, STR(" (from"));
            add_chain(dump, origin->folded);
            buf_byte(&dump->out, ')');
        }
    }
}

static void
add_number(struct dump *dump, const struct value *value)
{
    buf_byte(&dump->out, ' ');
    buf_number(&dump->out, value->number);
    dump_text(dump, value->text);
}

static void
add_parts(struct dump *dump, const struct value *value)
{
    for (size_t i = 0; i < value_part_count(value); i++) {
        if (value->parts->at[i].is_name)
            buf_add(&dump->out, STR(" run-time"));
        dump_text(dump, value->parts->at[i].text);
    }
}

static void
add_value(struct dump *dump, const struct value *value)
{
    switch (value->kind) {
    case VALUE_POISON:
        buf_add(&dump->out, STR(" poison"));
        break;
    case VALUE_HOLE:
        buf_add(&dump->out, STR(" hole"));
        dump_text(dump, value->text);
        break;
    case VALUE_TEXT:
        dump_text(dump, value->text);
        add_parts(dump, value);
        break;
    case VALUE_NUMBER:
        add_number(dump, value);
        break;
    case VALUE_BOOL:
        buf_add(&dump->out, value->number ? STR(" true") : STR(" false"));
        break;
    case VALUE_RANGE:
        buf_add(&dump->out, STR(" range"));
        break;
    case VALUE_LIST:
        buf_add(&dump->out, STR(" list"));
        break;
    case VALUE_COMPARISON:
        buf_byte(&dump->out, ' ');
        buf_add(&dump->out, str_from(comparison_text(value->comparison)));
        break;
    }
    for (size_t i = 0; i < value->item_count; i++)
        add_value(dump, &value->items[i]);
}

void
dump_value(struct dump *dump, const char *what, const struct value *value)
{
    if (value == NULL)
        return;
    dump_begin(dump, what);
    add_value(dump, value);
    add_chain(dump, value->origin);
    dump_end(dump);
}
