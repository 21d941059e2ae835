/*
 * One section a place, one row a word.
 */
#include "driver/reference.h"

#include "schema/schema.h"

/* `NAME [COUNT]`, with `..` behind a range and `[ ]` around a list. */
static void
write_argument(struct buf *buf, const struct argument_rule *rule)
{
    static const char *const forms[] = {
        [SHAPE_ONE] = "{}",         [SHAPE_RANGE] = "{}..{}",
        [SHAPE_LIST] = "[{} …]",    [SHAPE_COMPARISON] = "< {}",
        [SHAPE_ARROW] = "{} -> {}", [SHAPE_REST] = "{} …",
    };
    struct str name = str_from(rule->name);
    bool is_double = rule->shape == SHAPE_RANGE || rule->shape == SHAPE_ARROW;
    buf_byte(buf, ' ');
    buf_add(buf, rule->is_optional ? STR("(") : STR(""));
    buf_format(buf, forms[rule->shape],
               is_double ? STRS(name, name) : STRS(name));
    buf_add(buf, rule->is_optional ? STR(")") : STR(""));
}

static void
write_type(struct buf *buf, const struct argument_rule *rule)
{
    buf_format(buf, "{}: {}",
               STRS(str_from(rule->name), str_from(type_name(rule->type))));
    struct str rest = str_from(rule->detail);
    const char *before = rule->type == TYPE_ONE_OF ? " " : ", or ";
    while (!is_str_empty(rest)) {
        buf_format(buf, "{}`{}`", STRS(str_from(before), str_cut(&rest, ' ')));
        before = ", ";
    }
}

static void
write_word(struct buf *buf, const struct word *word)
{
    size_t count = argument_rule_count(word);
    buf_format(buf, "| `{}",
               STRS(word->name[0] == '\0' ? STR("KEY") : str_from(word->name)));
    for (size_t i = word->name[0] == '\0' ? 1 : 0; i < count; i++)
        write_argument(buf, &word->arguments[i]);
    buf_format(buf, "` | {} | ", STRS(str_from(word->doc)));
    for (size_t i = 0; i < count; i++) {
        buf_add(buf, i > 0 ? STR("; ") : STR(""));
        write_type(buf, &word->arguments[i]);
    }
    buf_add(buf, STR(" | "));
    if (word->fallback[0] != '\0')
        buf_format(buf, "`{}`", STRS(str_from(word->fallback)));
    buf_add(buf, STR(" |\n"));
}

static void
write_place(struct buf *buf, enum place place)
{
    buf_format(buf, "\n## In {}\n\n", STRS(str_from(place_name(place))));
    buf_add(buf, STR("| word | what it says | its arguments | default |\n"
                     "|---|---|---|---|\n"));
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        if (stands_in(word, place))
            write_word(buf, word);
    }
}

void
write_reference(struct buf *buf)
{
    buf_add(
        buf,
        STR("# Every word\n\n"
            "Made from the compiler's own table by `broxc explain --reference`.\n"
            "Arguments in brackets may be left out.\n"));
    for (size_t place = 1; place < PLACE_COUNT; place++)
        write_place(buf, (enum place)place);
}
