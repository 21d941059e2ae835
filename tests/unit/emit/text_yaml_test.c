/*
 * What the YAML writer writes: by example, and read back by two libraries.
 */
#include "emit/text/yaml.h"

#include <criterion/criterion.h>

#include "support/nasty.h"
#include "support/yaml_tree.h"
#include "support/yaml_types.h"

static struct arena *arena;
static struct buf buf;
static struct yaml yaml;

static void
setup(void)
{
    arena = arena_open();
    buf_init(&buf, arena);
    yaml_init(&yaml, &buf, buf.arena);
}

static void
teardown(void)
{
    arena_close(arena);
}

TestSuite(yaml, .init = setup, .fini = teardown, .timeout = 120);

static void
expect(const char *expected)
{
    struct str text = buf_str(&buf);
    cr_expect(is_str_equal(text, str_from(expected)), "wrote\n%.*s\nnot\n%s",
              (int)text.len, text.at, expected);
}

Test(yaml, nests_maps_and_lists)
{
    yaml_word(&yaml, "kind", "Deployment");
    yaml_map(&yaml, "spec");
    yaml_number(&yaml, "replicas", 3);
    yaml_list(&yaml, "containers");
    yaml_item(&yaml);
    yaml_text(&yaml, "name", STR("api"));
    yaml_list(&yaml, "args");
    yaml_item_text(&yaml, STR("no"));
    yaml_item_text(&yaml, STR("--port=80"));
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_item(&yaml);
    yaml_map(&yaml, "first");
    yaml_bool(&yaml, "tty", true);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_word(&yaml, "last", "v1");
    expect("kind: Deployment\n"
           "spec:\n"
           "  replicas: 3\n"
           "  containers:\n"
           "    - name: api\n"
           "      args:\n"
           "        - \"no\"\n"
           "        - \"--port=80\"\n"
           "    - first:\n"
           "        tty: true\n"
           "last: v1\n");
}

Test(yaml, prints_empty_maps_and_lists)
{
    yaml_map(&yaml, "a");
    yaml_end(&yaml);
    yaml_list(&yaml, "b");
    yaml_item(&yaml);
    yaml_end(&yaml);
    yaml_item_list(&yaml);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_list(&yaml, "c");
    yaml_comment(&yaml, STR("nothing yet"));
    yaml_end(&yaml);
    yaml_flow_list(&yaml, "d", NO_STRS);
    expect("a: {}\n"
           "b:\n"
           "  - {}\n"
           "  - []\n"
           "c:\n"
           "  # nothing yet\n"
           "  []\n"
           "d: []\n");
}

Test(yaml, parts_documents)
{
    yaml_comment(&yaml, STR("made by broxc"));
    yaml_document(&yaml);
    yaml_number(&yaml, "a", 1);
    yaml_document(&yaml);
    yaml_item_number(&yaml, -2);
    yaml_item_list(&yaml);
    yaml_item_word(&yaml, "x");
    yaml_item_word(&yaml, "z");
    yaml_end(&yaml);
    expect("# made by broxc\n"
           "a: 1\n"
           "---\n"
           "- -2\n"
           "- - x\n"
           "  - z\n");
}

Test(yaml, comments_stand_where_the_next_thing_comes)
{
    yaml_map(&yaml, "a");
    yaml_comment(&yaml, STR("one\n\n  two\xC2\x85 evil: 1"));
    yaml_word(&yaml, "b", "c");
    yaml_blank(&yaml);
    yaml_list(&yaml, "d");
    yaml_item(&yaml);
    yaml_comment(&yaml, STR("e\nf"));
    yaml_word(&yaml, "g", "h");
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_end(&yaml);
    expect("a:\n"
           "  # one\n"
           "  #\n"
           "  # two\xEF\xBF\xBD evil: 1\n"
           "  b: c\n"
           "\n"
           "  d:\n"
           "    - # e\n"
           "      # f\n"
           "      g: h\n");
}

Test(yaml, writes_blocks)
{
    yaml_map(&yaml, "a");
    yaml_block(&yaml, "run", STR("set -e\n\nmake\n"));
    yaml_text(&yaml, "strip", STR("a\nb"));
    yaml_text(&yaml, "keep", STR("a\n\n"));
    yaml_blank(&yaml);
    yaml_text(&yaml, "space", STR("  a\nb\n"));
    yaml_block(&yaml, "one", STR("make"));
    yaml_block(&yaml, "tab", STR("a\n\tb\n"));
    yaml_text(&yaml, "blank", STR("a\n \nb"));
    yaml_list(&yaml, "list");
    yaml_item_text(&yaml, STR("a\nb\n"));
    yaml_end(&yaml);
    yaml_end(&yaml);
    expect("a:\n"
           "  run: |\n    set -e\n\n    make\n"
           "  strip: |-\n    a\n    b\n"
           "  keep: |+\n    a\n\n"
           "  space: |2\n      a\n    b\n"
           "  one: |-\n    make\n"
           "  tab: \"a\\n\\tb\\n\"\n"
           "  blank: \"a\\n \\nb\"\n"
           "  list:\n"
           "    - |\n      a\n      b\n");
}

Test(yaml, quotes_what_it_must)
{
    yaml_text_named(&yaml, STR("on"), STR("a: b"));
    yaml_text(&yaml, "query", STR("rate(x{job=\"a\"}[5m])"));
    yaml_text(&yaml, "both", STR("it's \"x\""));
    yaml_text(&yaml, "hides",
              STR("a\xE2\x80\xAE"
                  "b\xC2\x85\x01"));
    yaml_text(&yaml, "rocket", STR("\xF0\x9F\x9A\x80"));
    yaml_text(&yaml, "broken", STR("a\xFF"));
    yaml_flow_list(&yaml, "branches",
                   STRS(STR("main"), STR("v*"), STR("a:b"), STR("a, b")));
    expect("\"on\": \"a: b\"\n"
           "query: 'rate(x{job=\"a\"}[5m])'\n"
           "both: \"it's \\\"x\\\"\"\n"
           "hides: \"a\\u202eb\\x85\\x01\"\n"
           "rocket: \"\xF0\x9F\x9A\x80\"\n"
           "broken: \"a\xEF\xBF\xBD\"\n"
           "branches: [main, v*, \"a:b\", \"a, b\"]\n");
}

Test(yaml, everyday_texts_need_no_quotes)
{
    static const struct str texts[] = {
        STR_INIT("api"),
        STR_INIT("256Mi"),
        STR_INIT("100m"),
        STR_INIT("10.0.0.0/16"),
        STR_INIT("/healthz"),
        STR_INIT("api.broxiva.com"),
        STR_INIT("v1.2.3"),
        STR_INIT("30s"),
        STR_INIT("ghcr.io/a/b:latest"),
        STR_INIT("https://acme-v02.api.letsencrypt.org/directory"),
        STR_INIT("kubernetes.io/metadata.name"),
        STR_INIT("The API, it's ready")};
    size_t count = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i + 1 < count; i++) {
        cr_expect(is_yaml_plain(texts[i]), "%s", texts[i].at);
    }
    cr_expect_not(is_yaml_plain(texts[count - 1]), "a comma");
}

Test(yaml, texts_with_a_type_need_quotes)
{
    for (size_t i = 0; i < NASTY_TYPED.count; i++) {
        cr_expect_not(is_yaml_plain(NASTY_TYPED.at[i]), "%s",
                      NASTY_TYPED.at[i].at);
    }
}

/* A reader must find this text, and must take it for a text. */
static bool
is_text(const struct yaml_node *node, struct str text)
{
    if (node == NULL || node->shape != SHAPE_TEXT || node->has_anchor ||
        node->tag.len > 0 || !is_str_equal(node->text, text)) {
        return false;
    }
    return !node->is_plain || (yaml_type_1_1(text) == TYPE_TEXT &&
                               yaml_type_1_2(text) == TYPE_TEXT);
}

/* The keys and texts of one document, each in every place there is. */
static void
write_everywhere(struct str key, struct str text)
{
    yaml_comment(&yaml, text);
    yaml_text_named(&yaml, key, text);
    yaml_blank(&yaml);
    yaml_comment(&yaml, key);
    yaml_map(&yaml, "in map");
    yaml_text_named(&yaml, key, text);
    yaml_map_named(&yaml, text);
    yaml_block(&yaml, "block", text);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_list(&yaml, "in list");
    yaml_item_text(&yaml, text);
    yaml_item(&yaml);
    yaml_comment(&yaml, text);
    yaml_text_named(&yaml, key, text);
    yaml_list_named(&yaml, text);
    yaml_item_text(&yaml, key);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_item_list(&yaml);
    yaml_item_text(&yaml, text);
    yaml_item_text(&yaml, key);
    yaml_end(&yaml);
    yaml_end(&yaml);
    yaml_flow_list(&yaml, "flow", STRS(text, key, text));
}

static bool
is_written_everywhere(const struct yaml_node *root, struct str key,
                      struct str text)
{
    const struct yaml_node *first = root->child;
    if (first == NULL || !is_text(first, key) || !is_text(first->next, text)) {
        return false;
    }
    const struct yaml_node *map = first->next->next->next;
    const struct yaml_node *in_map = map->child;
    const struct yaml_node *list = map->next->next;
    const struct yaml_node *item = list->child->next;
    const struct yaml_node *inner = item->child->next->next;
    const struct yaml_node *lists = item->next;
    const struct yaml_node *flow = list->next->next;
    return is_text(in_map, key) && is_text(in_map->next, text) &&
           is_text(in_map->next->next, text) &&
           is_text(in_map->next->next->next->child->next, text) &&
           is_text(list->child, text) && is_text(item->child, key) &&
           is_text(item->child->next, text) && is_text(inner, text) &&
           is_text(inner->next->child, key) && inner->next->next == NULL &&
           is_text(lists->child, text) && is_text(lists->child->next, key) &&
           lists->next == NULL && is_text(flow->child, text) &&
           is_text(flow->child->next, key) &&
           is_text(flow->child->next->next, text) &&
           flow->child->next->next->next == NULL && flow->next == NULL;
}

static void
expect_read_back(const struct yaml_stream *stream, const char *reader,
                 struct str key, struct str text)
{
    struct str written = buf_str(&buf);
    cr_assert(is_str_empty(stream->message), "%s: line %u: %.*s\n%.*s", reader,
              stream->line, (int)stream->message.len, stream->message.at,
              (int)written.len, written.at);
    cr_assert_eq(yaml_document_count(stream), 1);
    cr_assert(is_written_everywhere(yaml_document_at(stream, 0), key, text),
              "%s reads something else:\n%.*s", reader, (int)written.len,
              written.at);
}

static void
expect_neat(void)
{
    struct str written = buf_str(&buf);
    cr_assert(has_suffix(written, STR("\n")));
    for (size_t i = 0; i < written.len; i++) {
        bool is_end = written.at[i] == '\n';
        cr_assert(is_end || (written.at[i] & 0xE0) != 0, "a control");
        cr_assert(!is_end || i == 0 || written.at[i - 1] != ' ',
                  "spaces at a line's end:\n%.*s", (int)written.len,
                  written.at);
    }
}

Test(yaml, two_readers_read_back_what_we_write)
{
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (unsigned i = 0; i < 6000; i++) {
        uint64_t state = nasty.state;
        arena_reset(arena);
        nasty_init(&nasty, arena);
        nasty.state = state;
        struct str key = nasty_text(&nasty);
        struct str text = nasty_text(&nasty);
        buf_init(&buf, arena);
        yaml_init(&yaml, &buf, buf.arena);
        write_everywhere(key, text);
        expect_neat();
        struct yaml_stream stream = read_yaml_libyaml(arena, buf_str(&buf));
        expect_read_back(&stream, "libyaml", key, text);
        stream = read_yaml_libfyaml(arena, buf_str(&buf));
        expect_read_back(&stream, "libfyaml", key, text);
    }
}
