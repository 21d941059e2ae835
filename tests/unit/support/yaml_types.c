/*
 * The types of plain texts, from the two standards' patterns.
 */
#include "support/yaml_types.h"

#include <assert.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct rule {
    enum yaml_type type;
    const char *pattern;
    pcre2_code *code;
};

static struct rule RULES_1_1[] = {
    {TYPE_NULL, "~|null|Null|NULL|", NULL},
    {TYPE_BOOL,
     "y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE"
     "|on|On|ON|off|Off|OFF",
     NULL},
    {TYPE_BINARY, "[-+]?0b[0-1_]+", NULL},
    {TYPE_DECIMAL, "[-+]?(0|[1-9][0-9_]*)", NULL},
    {TYPE_OCTAL, "[-+]?0[0-7_]+", NULL},
    {TYPE_HEXADECIMAL, "[-+]?0x[0-9a-fA-F_]+", NULL},
    {TYPE_SIXTIES, "[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+", NULL},
    {TYPE_FLOAT, "[-+]?([0-9][0-9_]*)?\\.[0-9.]*([eE][-+][0-9]+)?", NULL},
    {TYPE_SIXTIES, "[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*", NULL},
    {TYPE_FLOAT, "[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)", NULL},
    {TYPE_TIME, "[0-9]{4}-[0-9]{2}-[0-9]{2}", NULL},
    {TYPE_TIME,
     "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}"
     ":[0-9]{2}(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?",
     NULL},
    {TYPE_MERGE, "<<", NULL},
    {TYPE_VALUE, "=", NULL},
};

static struct rule RULES_1_2[] = {
    {TYPE_NULL, "null|Null|NULL|~|", NULL},
    {TYPE_BOOL, "true|True|TRUE|false|False|FALSE", NULL},
    {TYPE_DECIMAL, "[-+]?[0-9]+", NULL},
    {TYPE_OCTAL, "0o[0-7]+", NULL},
    {TYPE_HEXADECIMAL, "0x[0-9a-fA-F]+", NULL},
    {TYPE_FLOAT, "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?", NULL},
    {TYPE_FLOAT, "[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)", NULL},
};

static const struct str NAMES[] = {
    [TYPE_TEXT] = STR_INIT("a text"),
    [TYPE_NULL] = STR_INIT("nothing"),
    [TYPE_BOOL] = STR_INIT("a truth value"),
    [TYPE_DECIMAL] = STR_INIT("a number"),
    [TYPE_OCTAL] = STR_INIT("an octal number"),
    [TYPE_HEXADECIMAL] = STR_INIT("a hexadecimal number"),
    [TYPE_BINARY] = STR_INIT("a binary number"),
    [TYPE_SIXTIES] = STR_INIT("a number in base 60"),
    [TYPE_FLOAT] = STR_INIT("a fraction"),
    [TYPE_TIME] = STR_INIT("a time"),
    [TYPE_MERGE] = STR_INIT("a merge key"),
    [TYPE_VALUE] = STR_INIT("a value key"),
};

static enum yaml_type type_find(struct rule *rules, size_t count,
                                struct str plain);
static pcre2_code *compile(const char *pattern);
static bool is_match(const pcre2_code *code, struct str text);

enum yaml_type
yaml_type_1_1(struct str plain)
{
    return type_find(RULES_1_1, sizeof RULES_1_1 / sizeof RULES_1_1[0], plain);
}

enum yaml_type
yaml_type_1_2(struct str plain)
{
    return type_find(RULES_1_2, sizeof RULES_1_2 / sizeof RULES_1_2[0], plain);
}

struct str
yaml_type_name(enum yaml_type type)
{
    return NAMES[type];
}

/* The first pattern that holds the whole text wins. */
static enum yaml_type
type_find(struct rule *rules, size_t count, struct str plain)
{
    for (size_t i = 0; i < count; i++) {
        if (rules[i].code == NULL) {
            rules[i].code = compile(rules[i].pattern);
        }
        if (is_match(rules[i].code, plain)) {
            return rules[i].type;
        }
    }
    return TYPE_TEXT;
}

static pcre2_code *
compile(const char *pattern)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                     PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error,
                                     &offset, NULL);
    assert(code != NULL);
    return code;
}

static bool
is_match(const pcre2_code *code, struct str text)
{
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    PCRE2_SPTR at = (PCRE2_SPTR)(text.len == 0 ? "" : text.at);
    int result = pcre2_match(code, at, text.len, 0, 0, match, NULL);
    pcre2_match_data_free(match);
    return result >= 0;
}
