/*
 * Words are explained from the schema's table: one row, one paragraph.
 */
#include "driver/explain.h"

#include "diag/near.h"
#include "schema/schema.h"

static void
explain_argument(struct buf *buf, const struct argument_rule *rule)
{
    static const char *const shapes[] = {
        [SHAPE_ONE] = "",
        [SHAPE_RANGE] = ", or a range LOW..HIGH",
        [SHAPE_LIST] = ", or a list [ ]",
        [SHAPE_COMPARISON] = ", compared: < <= > >= == !=",
        [SHAPE_ARROW] = " -> another",
        [SHAPE_REST] = ", all that follow",
    };
    buf_format(buf, "    {}  {}{}{}\n",
               STRS(str_from(rule->name),
                    rule->type == TYPE_ONE_OF ? STR("one of")
                                              : str_from(type_name(rule->type)),
                    str_from(shapes[rule->shape]),
                    rule->is_optional ? STR(" (may be left out)") : STR("")));
    if (rule->detail[0] != '\0')
        buf_format(buf, "        {}\n", STRS(str_from(rule->detail)));
}

static void
explain_places(struct buf *buf, const struct word *word)
{
    bool is_first = true;
    buf_add(buf, STR("  stands in  "));
    for (size_t place = 1; place < PLACE_COUNT; place++) {
        if (!stands_in(word, (enum place)place))
            continue;
        if (!is_first)
            buf_add(buf, STR(", "));
        is_first = false;
        buf_add(buf, str_from(place_name((enum place)place)));
    }
    buf_byte(buf, '\n');
}

static const char *
occurs_text(enum occurs occurs)
{
    switch (occurs) {
    case OCCURS_ONCE:
        return "once in a block";
    case OCCURS_MUST:
        return "once, and always";
    case OCCURS_MANY:
        return "as often as you like";
    case OCCURS_KEYED:
        return "once for each first argument";
    }
    return "";
}

static void
explain_inside(struct buf *buf, const struct word *word)
{
    if (word->opens == PLACE_NONE)
        return;
    buf_add(buf, STR("  takes      "));
    bool is_first = true;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *inner = schema_word((enum word_id)i);
        if (!stands_in(inner, word->opens) || inner->name[0] == '\0')
            continue;
        buf_add(buf, is_first ? STR("") : STR(", "));
        buf_add(buf, str_from(inner->name));
        is_first = false;
    }
    buf_add(buf, is_first ? STR("keys of your own\n") : STR("\n"));
}

static void
explain_word(struct buf *buf, const struct word *word)
{
    buf_format(buf, "{}\n\n  {}\n\n",
               STRS(str_from(word->name), str_from(word->doc)));
    for (size_t i = 0; i < argument_rule_count(word); i++)
        explain_argument(buf, &word->arguments[i]);
    if (argument_rule_count(word) > 0)
        buf_byte(buf, '\n');
    explain_places(buf, word);
    buf_format(buf, "  occurs     {}\n",
               STRS(str_from(occurs_text(word->occurs))));
    if (word->fallback[0] != '\0')
        buf_format(buf, "  default    {}\n", STRS(str_from(word->fallback)));
    explain_inside(buf, word);
}

/* One name may be several words, each in its own block. */
static bool
explain_words(struct buf *buf, struct str name)
{
    bool is_found = false;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        if (word->name[0] == '\0' || !is_str_equal(str_from(word->name), name))
            continue;
        if (is_found)
            buf_byte(buf, '\n');
        explain_word(buf, word);
        is_found = true;
    }
    return is_found;
}

static struct str
nearest_topic(struct str topic)
{
    struct near near = {.wanted = topic};
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        if (word->name[0] != '\0')
            near_offer(&near, str_from(word->name));
    }
    for (size_t i = 0; i < DIAG_COUNT; i++)
        near_offer(&near, str_from(diag_row((enum diag_code)i)->name));
    return near.best;
}

void
explain_topic(struct buf *buf, struct str topic, enum color_mode color,
              struct str *nearest)
{
    enum diag_code code;
    if (explain_words(buf, topic))
        return;
    if (diag_code_find(topic, &code))
        explain_code(buf, code, color);
    else
        *nearest = nearest_topic(topic);
}

void
explain_topics(struct buf *buf)
{
    explain_codes(buf, COLOR_NONE);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        if (word->name[0] == '\0')
            continue;
        buf_add(buf, str_from(word->name));
        buf_repeat(buf, ' ', 15 - str_from(word->name).len % 15);
        buf_format(buf, "{}\n", STRS(str_from(word->doc)));
    }
}
