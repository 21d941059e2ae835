/*
 * The JSON writer: by example, and strings read back by RFC 8259 7.
 */
#include "base/json.h"

#include <criterion/criterion.h>

#include "base/utf8.h"
#include "support/nasty.h"
#include "support/yaml_tree.h"

static struct arena *arena;
static struct buf buf;
static struct json json;

static void
setup(void)
{
    arena = arena_open();
    buf_init(&buf, arena);
    json_init(&json, &buf);
}

static void
teardown(void)
{
    arena_close(arena);
}

TestSuite(json, .init = setup, .fini = teardown, .timeout = 60);

static void
expect(const char *expected)
{
    struct str text = buf_str(&buf);
    cr_expect(is_str_equal(text, str_from(expected)), "wrote\n%.*s\nnot\n%s",
              (int)text.len, text.at, expected);
}

Test(json, nests_objects_and_arrays)
{
    json_item_object(&json);
    json_text(&json, "name", STR("main \"x\""));
    json_array(&json, "include");
    json_item_text(&json, STR("refs/heads/main"));
    json_item_number(&json, -7);
    json_item_object(&json);
    json_bool(&json, "on", true);
    json_end(&json);
    json_item_array(&json);
    json_end(&json);
    json_end(&json);
    json_object(&json, "conditions");
    json_end(&json);
    json_object_named(&json, STR("a\tb"));
    json_null(&json, "reviewers");
    json_number(&json, "count", 2);
    json_end(&json);
    json_array_named(&json, STR("empty"));
    json_end(&json);
    json_end(&json);
    expect("{\n"
           "  \"name\": \"main \\\"x\\\"\",\n"
           "  \"include\": [\n"
           "    \"refs/heads/main\",\n"
           "    -7,\n"
           "    {\n"
           "      \"on\": true\n"
           "    },\n"
           "    []\n"
           "  ],\n"
           "  \"conditions\": {},\n"
           "  \"a\\tb\": {\n"
           "    \"reviewers\": null,\n"
           "    \"count\": 2\n"
           "  },\n"
           "  \"empty\": []\n"
           "}\n");
}

Test(json, documents_may_be_arrays)
{
    json_item_array(&json);
    json_end(&json);
    expect("[]\n");
}

Test(json, escapes_strings)
{
    json_string(&buf, STR("\\ \n\r\t\x01\x7F\xE2\x80\xA8\xE2\x80\xAE"));
    json_string(&buf, STR("\xF3\xA0\x80\x81\xF0\x9F\x9A\x80\xC3\xBC\xFF"));
    expect("\"\\\\ \\n\\r\\t\\u0001\\u007f\\u2028\\u202e\""
           "\"\\udb40\\udc01\xF0\x9F\x9A\x80\xC3\xBC\xEF\xBF\xBD\"");
}

static uint32_t
read_unit(struct str text, size_t *at)
{
    uint32_t unit = 0;
    cr_assert(has_prefix(str_slice(text, *at, text.len), STR("\\u")));
    for (size_t i = *at + 2; i < *at + 6; i++) {
        size_t digit = str_index(STR("0123456789abcdef"), text.at[i], 0);
        cr_assert_lt(digit, 16);
        unit = unit * 16 + (uint32_t)digit;
    }
    *at += 6;
    return unit;
}

static void
read_escape(struct str text, size_t *at, struct buf *read)
{
    static const struct str letters = STR_INIT("\"\\/bfnrt");
    static const struct str meanings = STR_INIT("\"\\/\b\f\n\r\t");
    size_t letter = str_index(letters, text.at[*at + 1], 0);
    if (letter < letters.len) {
        buf_byte(read, meanings.at[letter]);
        *at += 2;
        return;
    }
    uint32_t unit = read_unit(text, at);
    if (unit >= 0xD800 && unit < 0xDC00) {
        unit =
            0x10000 + ((unit - 0xD800) << 10) + (read_unit(text, at) - 0xDC00);
    }
    utf8_add(read, unit);
}

static struct str
read_string(struct str text)
{
    struct buf read;
    buf_init(&read, arena);
    cr_assert(has_prefix(text, STR("\"")) && has_suffix(text, STR("\"")));
    for (size_t at = 1; at + 1 < text.len;) {
        cr_assert_neq(text.at[at], '"');
        if (text.at[at] == '\\') {
            read_escape(text, &at, &read);
        } else {
            cr_assert((unsigned char)text.at[at] >= 0x20);
            buf_byte(&read, text.at[at]);
            at++;
        }
    }
    return buf_str(&read);
}

Test(json, strings_read_back)
{
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (unsigned i = 0; i < 5000; i++) {
        struct str text = nasty_text(&nasty);
        buf_init(&buf, arena);
        json_string(&buf, text);
        cr_assert(is_str_equal(read_string(buf_str(&buf)), text));
    }
}

Test(json, a_yaml_reader_finds_the_same)
{
    json_item_object(&json);
    json_array(&json, "a");
    json_item_text(&json, STR("x: \xC2\x85 y"));
    json_item_text(&json, STR("z"));
    json_end(&json);
    json_text_named(&json, STR("b c"), STR("d\n"));
    json_end(&json);
    struct yaml_stream stream = read_yaml_libfyaml(arena, buf_str(&buf));
    cr_assert(is_str_empty(stream.message));
    const struct yaml_node *root = yaml_document_at(&stream, 0);
    const struct yaml_node *list = yaml_find(root, STR("a"));
    const struct yaml_node *text = yaml_find(root, STR("b c"));
    cr_assert(list != NULL && text != NULL);
    cr_expect(is_str_equal(list->child->text, STR("x: \xC2\x85 y")));
    cr_expect(is_str_equal(list->child->next->text, STR("z")));
    cr_expect(is_str_equal(text->text, STR("d\n")));
}
