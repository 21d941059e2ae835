#include "foreign/foreign.h"

#include "base/buf.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct source_map *map;
static struct sink *sink;

static void
open_arena(void)
{
    arena = arena_open();
    map = source_map_new(arena);
    sink = sink_new(arena, map, PROFILE_STANDARD);
    source_add(map, STR("before.brx"), STR("brx 1\n"));
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(yaml_reader, .init = open_arena, .fini = close_arena);

static struct raw_file
read(struct str text)
{
    return foreign_read_yaml(arena, sink, source_add(map, STR("x.yaml"), text));
}

/* One message, of this code, whose span is this text. */
static void
expect_fault(struct str text, enum diag_code code, struct str guilty)
{
    size_t before = sink_count(sink);
    struct raw_file file = read(text);
    cr_assert_eq(sink_count(sink), before + 1, "%.*s", (int)text.len, text.at);
    const struct diag *diag = sink_at(sink, before);
    struct str found = source_text(map, diag->span);
    cr_expect_eq(diag->code, code, "%.*s", (int)text.len, text.at);
    cr_expect(is_str_equal(found, guilty), "%.*s: `%.*s`", (int)text.len,
              text.at, (int)found.len, found.at);
    cr_expect_eq(file.is_broken, code != DIAG_Y02);
    cr_expect(!file.is_broken || file.document_count == 0);
}

Test(yaml_reader, gives_each_piece_its_place)
{
    struct raw_file file =
        read(STR("\xef\xbb\xbf"
                 "a: x\r\n---\r\n# no\r\n---\r\nb: [1, {c: \"d\"}]\r\n"));
    cr_assert_eq(sink_count(sink), 0);
    cr_assert_eq(file.document_count, 2);
    const struct raw_entry *b = raw_entry_find(file.documents[1], STR("b"));
    cr_assert_not_null(b);
    cr_expect(is_str_equal(source_text(map, b->key_span), STR("b")));
    cr_expect_eq(source_locate(map, b->key_span.start).line, 5);
    const struct raw *inner = b->value->entries[1].value;
    cr_expect(is_str_equal(raw_text_at(inner, STR("c")), STR("d")));
    cr_expect_eq(b->value->entries[0].value->kind, RAW_INTEGER);
    cr_expect_eq(file.documents[1]->depth, 4);
    cr_expect_eq(file.documents[1]->size, 5);
}

Test(yaml_reader, reads_json_with_tabs_and_surrogates)
{
    struct raw_file file =
        read(STR("{\n\t\"a\": \"\\ud83d\\ude00\\n\",\n\t\"b\": null}\n"));
    cr_assert_eq(sink_count(sink), 0);
    cr_assert_eq(file.document_count, 1);
    cr_expect(is_str_equal(raw_text_at(file.documents[0], STR("a")),
                           STR("\xf0\x9f\x98\x80\n")));
    const struct raw_entry *b = raw_entry_find(file.documents[0], STR("b"));
    cr_expect_eq(b->value->kind, RAW_NULL);
    cr_expect(is_str_equal(source_text(map, b->key_span), STR("\"b\"")));
}

/* What JSON escapes in two halves, YAML escapes in one; a half is none. */
Test(yaml_reader, joins_surrogates_in_json_only)
{
    static const char pair[] = "\\ud83d\\ude00";
    expect_fault(STR("- \"\\ud83d\\ude00\"\n"), DIAG_Y01, STR("d"));
    expect_fault(STR("{\"a\": \"\\ud83d\"}\n"), DIAG_Y01, STR("d"));
    struct raw_file file =
        read(STR("{\"a\": \"\\\\ud83d\\\\ude00\", \"b\": \"\xc3\xa4\\ud83d"
                 "\\ude00\\ud83d\\ude01\", \"c\": 1}\n"));
    cr_assert_eq(file.document_count, 1);
    const struct raw *root = file.documents[0];
    cr_expect(is_str_equal(raw_text_at(root, STR("a")), str_from(pair)));
    cr_expect(is_str_equal(raw_text_at(root, STR("b")),
                           STR("\xc3\xa4\xf0\x9f\x98\x80\xf0\x9f\x98\x81")));
    const struct raw_entry *c = raw_entry_find(root, STR("c"));
    cr_expect(is_str_equal(source_text(map, c->key_span), STR("\"c\"")));
}

Test(yaml_reader, takes_quoted_and_tagged_words_as_texts)
{
    struct raw_file file = read(STR("[\"on\", '1', !!str 2, ! 3, |\n 4\n]\n"
                                    "---\n- on\n- !!int 5\n"));
    cr_assert_eq(file.document_count, 0);
    file = read(STR("- \"on\"\n- '1'\n- !!str 2\n- |\n 4\n- >-\n  no\n"));
    cr_assert_eq(file.document_count, 1);
    for (size_t i = 0; i < 5; i++)
        cr_expect_eq(file.documents[0]->entries[i].value->kind, RAW_TEXT,
                     "item %zu", i);
}

Test(yaml_reader, tells_faults_at_their_place)
{
    expect_fault(STR("a: 1\nb: 2\na: 3\n"), DIAG_Y02, STR("a"));
    expect_fault(STR("a: 1\nb: \xff\n"), DIAG_Y01, STR("\xff"));
    expect_fault(STR("a: \0x"), DIAG_Y01, STR("\0"));
    expect_fault(STR("a: .inf\n"), DIAG_Y01, STR(".inf"));
    expect_fault(STR("on: 1\n"), DIAG_Y01, STR("on"));
    expect_fault(STR("0644: 1\n"), DIAG_Y01, STR("0644"));
    expect_fault(STR("a: {<<: {b: 1}}\n"), DIAG_Y01, STR("<<"));
    expect_fault(STR("a: !mine b\n"), DIAG_Y01, STR("!mine b"));
    expect_fault(STR("a: *b\n"), DIAG_Y01, STR("*b"));
    expect_fault(STR("a: &b [*b]\n"), DIAG_Y01, STR("*b"));
}

Test(yaml_reader, forgets_anchors_between_documents)
{
    expect_fault(STR("a: &x 1\nb: *x\n---\na: *x\n"), DIAG_Y01, STR("*x"));
}

/* Ten of ten of ten …: a file of 500 bytes that would be 10^9 values. */
Test(yaml_reader, counts_what_aliases_stand_for)
{
    struct buf text;
    buf_init(&text, arena);
    buf_add(&text, STR("k0: &k0 x\n"));
    for (int64_t i = 1; i < 10; i++) {
        struct strs texts = STRS(arena_number(arena, i), arena_number(arena, i),
                                 arena_number(arena, i - 1));
        buf_format(&text, "k{}: &k{} [*k{}", texts);
        for (int j = 0; j < 9; j++)
            buf_format(&text, ", *k{}", STRS(texts.at[2]));
        buf_add(&text, STR("]\n"));
    }
    struct raw_file file = read(buf_str(&text));
    cr_assert_eq(sink_count(sink), 1);
    cr_expect_eq(sink_at(sink, 0)->code, DIAG_L33);
    cr_expect(file.is_broken);
}

Test(yaml_reader, bounds_nesting_with_and_without_aliases)
{
    struct buf text;
    buf_init(&text, arena);
    buf_repeat(&text, '[', 100000);
    cr_expect(read(buf_str(&text)).is_broken);
    cr_assert_eq(sink_count(sink), 1);
    cr_expect_eq(sink_at(sink, 0)->code, DIAG_L33);
    buf_init(&text, arena);
    buf_add(&text, STR("k0: &k0 [x]\n"));
    for (int64_t i = 1; i < 60; i++)
        buf_format(&text, "k{}: &k{} [*k{}]\n",
                   STRS(arena_number(arena, i), arena_number(arena, i),
                        arena_number(arena, i - 1)));
    cr_expect(read(buf_str(&text)).is_broken);
    cr_assert_eq(sink_count(sink), 2);
    cr_expect_eq(sink_at(sink, 1)->code, DIAG_L33);
}

Test(yaml_reader, takes_empty_files_for_no_documents)
{
    static const struct str empty[] = {
        STR_INIT(""), STR_INIT("# x\n"), STR_INIT("---\n---\n...\n"),
        STR_INIT("\xef\xbb\xbf"), STR_INIT("null\n")};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        struct raw_file file = read(empty[i]);
        cr_expect_eq(file.document_count, 0);
        cr_expect_not(file.is_broken);
    }
    cr_expect_eq(sink_count(sink), 0);
}
