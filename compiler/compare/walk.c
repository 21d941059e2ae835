/*
 * Field by field through two structs of one shape.
 */
#include "compare/walk.h"

#include "compare/text.h"

static void compare_field(struct walk *walk, const struct field *field,
                          const void *before, const void *after);
static void compare_value(struct walk *walk, const struct field *field,
                          const void *before, const void *after);
static void compare_part(struct walk *walk, const struct field *field,
                         const void *before, const void *after);
static void compare_one(struct walk *walk, const struct field *field,
                        const void *before, const void *after);
static void compare_text(struct walk *walk, const struct field *field,
                         const void *before, const void *after);

struct str
joined(struct arena *arena, struct str first, struct str second)
{
    if (is_str_empty(first) || is_str_empty(second))
        return is_str_empty(first) ? second : first;
    return arena_format(arena, "{} {}", STRS(first, second));
}

void
add_difference(struct walk *walk, const struct difference *difference)
{
    const struct place *place = &walk->place;
    walk->found++;
    if (walk->is_probing)
        return;
    unsigned risks = (place->risks | difference->risks) & ~place->ignored_risks;
    struct change *change = vec_add(walk->changes);
    *change = (struct change){
        .environment = place->environment,
        .object = place->object,
        .field = joined(walk->arena, place->prefix, difference->name),
        .kind = difference->kind,
        .before = short_text(walk->arena, difference->before),
        .after = short_text(walk->arena, difference->after),
        .note = difference->note,
        .risks = risks & RISK_BITS,
        .is_written = (risks & UNWRITTEN) == 0,
    };
    if (change->kind == CHANGE_CHANGED &&
        is_str_equal(change->before, change->after))
        change->after = STR("another text");
}

void
compare_shape(struct walk *walk, enum shape_id id, const void *before,
              const void *after)
{
    struct rows shape = shape_of(id);
    for (size_t i = 0; i < shape.count; i++) {
        if (!shape.fields[i].is_key)
            compare_field(walk, &shape.fields[i], before, after);
    }
}

bool
is_shape_equal(struct walk *walk, enum shape_id id, const void *before,
               const void *after)
{
    struct walk probe = *walk;
    probe.is_probing = true;
    probe.found = 0;
    compare_shape(&probe, id, before, after);
    return probe.found == 0;
}

static void
compare_field(struct walk *walk, const struct field *field, const void *before,
              const void *after)
{
    switch (field->form) {
    case FORM_VALUE:
        compare_value(walk, field, before, after);
        break;
    case FORM_VALUE_ROW:
    case FORM_VALUES:
    case FORM_TEXT:
    case FORM_FLAG:
    case FORM_NUMBER:
    case FORM_WORD:
    case FORM_NAME:
        compare_text(walk, field, before, after);
        break;
    case FORM_PART:
        compare_part(walk, field, before, after);
        break;
    case FORM_ONE:
        compare_one(walk, field, before, after);
        break;
    case FORM_LIST:
    case FORM_REFS:
    case FORM_KEYS:
    case FORM_SETTINGS:
        compare_lists(walk, field, before, after);
        break;
    case FORM_RAW:
        compare_raw(walk, field_pointer(field, before),
                    field_pointer(field, after));
        break;
    case FORM_SKIP:
        break;
    }
}

static enum change_kind
kind_of(struct str before, struct str after)
{
    if (is_str_empty(before))
        return CHANGE_ADDED;
    return is_str_empty(after) ? CHANGE_REMOVED : CHANGE_CHANGED;
}

static void
compare_text(struct walk *walk, const struct field *field, const void *before,
             const void *after)
{
    struct str old = field_text(walk->arena, field, before);
    struct str new = field_text(walk->arena, field, after);
    if (!is_str_equal(old, new))
        add_difference(walk, &(struct difference){.name = str_from(field->name),
                                                  .kind = kind_of(old, new),
                                                  .before = old,
                                                  .after = new,
                                                  .risks = field->risks});
}

/* ---- values ------------------------------------------------------------- */

/* A difference of the structs that hold a value, or of one end of it. */
static void
add_value(struct walk *walk, const struct field *field, const void *const *both,
          struct str name, const struct value *const *values, size_t part)
{
    struct buf note;
    unsigned risks = field->risks;
    buf_init(&note, walk->arena);
    if (field->note != NULL && !walk->is_probing)
        risks |= field->note(&note, both[0], both[1], part);
    struct difference difference = {
        .name = name,
        .before = value_text(walk->arena, values[0]),
        .after = value_text(walk->arena, values[1]),
        .note = buf_str(&note),
        .risks = risks,
    };
    difference.kind = values[0] == NULL   ? CHANGE_ADDED
                      : values[1] == NULL ? CHANGE_REMOVED
                                          : CHANGE_CHANGED;
    add_difference(walk, &difference);
}

static bool
is_range(const struct value *value)
{
    return value != NULL && value->kind == VALUE_RANGE;
}

static void
compare_value(struct walk *walk, const struct field *field, const void *before,
              const void *after)
{
    const struct value *old = field_pointer(field, before);
    const struct value *new = field_pointer(field, after);
    const void *const both[] = {before, after};
    if (is_value_equal(old, new))
        return;
    bool has_ends = has_byte(str_from(field->name), '|');
    if (!has_ends || !is_range(old) || !is_range(new)) {
        add_value(walk, field, both, whole_name(walk->arena, field->name),
                  (const struct value *const[]){old, new}, 1);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (!is_value_equal(&old->items[i], &new->items[i]))
            add_value(
                walk, field, both, range_name(walk->arena, field->name, i),
                (const struct value *const[]){&old->items[i], &new->items[i]},
                i);
    }
}

/* ---- structs ------------------------------------------------------------ */

static bool
is_restarted(const struct field *field, const void *item)
{
    const struct workload *workload = item;
    return field->of != SHAPE_workload || runs_steadily(workload->service);
}

static void
place_object(struct place *place, struct str object)
{
    place->object = object;
    place->prefix = STR("");
}

struct place
place_under(struct walk *walk, const struct field *field, struct str key,
            const void *item)
{
    struct place place = walk->place;
    struct str name = str_from(field->name);
    place.risks |= field->risks;
    if (!is_restarted(field, item))
        place.ignored_risks |= 1U << RISK_RESTART;
    switch (field->level) {
    case LEVEL_IN:
        place.prefix =
            joined(walk->arena, joined(walk->arena, place.prefix, name), key);
        break;
    case LEVEL_OBJECT:
        place_object(&place, joined(walk->arena, name, key));
        break;
    case LEVEL_UNDER:
        place_object(&place, name);
        place.prefix = key;
        break;
    case LEVEL_GROUP:
        place_object(&place, name);
        place.environment = key;
        break;
    }
    return place;
}

void
add_presence(struct walk *walk, const struct field *field, const void *before,
             const void *after)
{
    struct arena *arena = walk->arena;
    struct difference difference = {
        .kind = before == NULL ? CHANGE_ADDED : CHANGE_REMOVED,
        .risks = before == NULL ? field->risks : field->risks_of_end,
    };
    if (!walk->is_probing) {
        struct buf note;
        buf_init(&note, arena);
        if (field->note != NULL)
            difference.risks |= field->note(&note, before, after, 0);
        difference.note = buf_str(&note);
        difference.before =
            before == NULL ? STR("") : describe(arena, field->of, before);
        difference.after =
            after == NULL ? STR("") : describe(arena, field->of, after);
    }
    add_difference(walk, &difference);
}

static void
compare_part(struct walk *walk, const struct field *field, const void *before,
             const void *after)
{
    struct place outer = walk->place;
    const void *old = (const char *)before + field->at;
    const void *new = (const char *)after + field->at;
    walk->place = place_under(walk, field, STR(""), old);
    compare_shape(walk, field->of, old, new);
    walk->place = outer;
}

static void
compare_one(struct walk *walk, const struct field *field, const void *before,
            const void *after)
{
    struct place outer = walk->place;
    const void *old = field_pointer(field, before);
    const void *new = field_pointer(field, after);
    if (old == NULL && new == NULL)
        return;
    walk->place = place_under(walk, field, STR(""), old == NULL ? new : old);
    if (old != NULL && new != NULL)
        compare_shape(walk, field->of, old, new);
    else
        add_presence(walk, field, old, new);
    walk->place = outer;
}
