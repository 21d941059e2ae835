#include "tree/lock.h"

#include <criterion/criterion.h>

#define HASH_1 "99aa06d3014798d86001c324468d497f"
#define HEAD "broxc lock 1\ncompiler 0.1.0\nprogram envs.brx\n\n"

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open();
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(lock, .init = open_arena, .fini = close_arena);

static void
expect_fault(struct str text, struct str expected)
{
    struct lock lock;
    struct str fault = STR("");
    cr_expect_not(lock_parse(arena, text, &lock, &fault), "%s", text.at);
    cr_expect(is_str_equal(fault, expected), "%.*s", (int)fault.len, fault.at);
}

static struct str
print(const struct lock *lock)
{
    struct buf buf;
    buf_init(&buf, arena);
    lock_print(&buf,
               &(struct lock_head){STR("0.1.0"), STR("some/where/envs.brx")},
               lock);
    return buf_str(&buf);
}

Test(lock, prints_lines_and_reads_them_back)
{
    const struct lock_entry entries[] = {
        {STR("a b\"\\\xc3\xa4.yaml"), hash_text(STR("1")), DOCUMENT_ONCE,
         STR("")},
        {STR("dns/x.zone"), hash_text(STR("")), DOCUMENT_OWNED,
         STR("envs.brx:1-2,9 dns.brx:3")},
    };
    struct lock lock = {entries, 2};
    struct lock again;
    struct str fault;
    struct str text = print(&lock);
    cr_expect(
        has_suffix(text,
                   STR(" once \"a b\\\"\\\\\\xc3\\xa4.yaml\"\n" HASH_1
                       " owned dns/x.zone envs.brx:1-2,9 dns.brx:3\nend\n")),
        "%.*s", (int)text.len, text.at);
    cr_expect(has_prefix(text, STR(HEAD)));
    cr_assert(lock_parse(arena, text, &again, &fault));
    cr_expect(is_str_equal(print(&again), text));
    cr_expect_eq(again.entries[0].kind, DOCUMENT_ONCE);
    cr_expect(is_str_equal(again.entries[0].path, entries[0].path));
}

Test(lock, finds_an_entry)
{
    struct lock lock;
    struct str fault;
    cr_assert(lock_parse(arena,
                         STR(HEAD HASH_1 " owned c\n" HASH_1 " owned a\n" HASH_1
                                         " owned b\nend\n"),
                         &lock, &fault));
    cr_assert_eq(lock.entry_count, 3u);
    cr_expect_eq(lock_find(&lock, STR("a")), &lock.entries[0]);
    cr_expect_eq(lock_find(&lock, STR("c")), &lock.entries[2]);
    cr_expect_null(lock_find(&lock, STR("ab")));
}

Test(lock, every_cut_is_noticed)
{
    struct lock lock;
    struct str fault;
    struct str text =
        STR(HEAD HASH_1 " owned a b:1\n" HASH_1 " owned b\nend\n");
    cr_assert(lock_parse(arena, text, &lock, &fault));
    for (size_t len = 0; len < text.len; len++)
        cr_expect_not(lock_parse(arena, str_slice(text, 0, len), &lock, &fault),
                      "%zu", len);
}

Test(lock, foreign_heads_are_refused)
{
    expect_fault(STR(""), STR("its end is missing"));
    expect_fault(STR("hello\nend\n"), STR("line 1 is not that of a lock"));
    expect_fault(STR("\xef\xbb\xbf" HEAD "end\n"),
                 STR("line 1 is not that of a lock"));
    expect_fault(STR("broxc lock 2\nanything\n"),
                 STR("it has format 2, and only 1 is known here"));
    expect_fault(STR("broxc lock 1\nprogram x\n\nend\n"),
                 STR("line 2 does not name the compiler"));
    expect_fault(STR("broxc lock 1\ncompiler x\n\nend\n"),
                 STR("line 3 does not name the program"));
    expect_fault(STR("broxc lock 1\ncompiler x\nprogram y\nend\n"),
                 STR("line 4 is not empty"));
}

Test(lock, a_merge_gone_wrong_is_named)
{
    expect_fault(STR(HEAD "<<<<<<< ours\n" HASH_1 " owned a\n=======\n"),
                 STR("line 5 is a conflict left by a merge"));
    expect_fault(STR(HEAD HASH_1 " owned a\n>>>>>>> theirs\nend\n"),
                 STR("line 6 is a conflict left by a merge"));
    expect_fault(STR(HEAD HASH_1 " owned a\n" HASH_1 " once a\nend\n"),
                 STR("`a` is listed twice"));
    expect_fault(STR(HEAD "end\n" HASH_1 " owned a\nend\n"),
                 STR("more follows after its end, line 5"));
}

Test(lock, no_path_leads_out)
{
    static const struct str paths[] = {
        STR_INIT("../a"),        STR_INIT("/etc/passwd"), STR_INIT("a/../../b"),
        STR_INIT("a/.."),        STR_INIT("./a"),         STR_INIT("a//b"),
        STR_INIT("a/"),          STR_INIT("."),           STR_INIT("\"\\x00\""),
        STR_INIT("\"a\\x0ab\""), STR_INIT("\"..\""),      STR_INIT("\"\""),
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct str text =
            arena_format(arena, HEAD HASH_1 " owned {}\nend\n", STRS(paths[i]));
        expect_fault(text, STR("line 5 leads out of the output folder"));
    }
}

Test(lock, damaged_entries_are_refused)
{
    static const struct str lines[] = {
        STR_INIT(""),
        STR_INIT("end "),
        STR_INIT("END"),
        STR_INIT(HASH_1),
        STR_INIT(HASH_1 " owned"),
        STR_INIT(HASH_1 " owned "),
        STR_INIT(HASH_1 "  owned a"),
        STR_INIT(HASH_1 " mine a"),
        STR_INIT("0 owned a"),
        STR_INIT(HASH_1 " owned \"a"),
        STR_INIT(HASH_1 " owned \"a\"b"),
        STR_INIT(HASH_1 " owned \"a\\q\""),
        STR_INIT(HASH_1 " owned \"a\\x4\""),
        STR_INIT(HASH_1 " owned \"a\\x4G\""),
        STR_INIT(HASH_1 " owned a\r"),
        STR_INIT(HASH_1 " owned \xc3\xa4"),
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct str text = arena_format(arena, HEAD "{}\nend\n", STRS(lines[i]));
        expect_fault(text, STR("line 5 is not an entry"));
    }
}

Test(lock, origins_are_merged_ranges_relative_to_the_program)
{
    struct source_map *map = source_map_new(arena);
    const struct source_file *main = source_add(
        map, STR("dir/envs.brx"), STR("1\n2\n3\n4\n5\n6\n7\n8\n9\n"));
    const struct source_file *dns =
        source_add(map, STR("dir/my dns.brx"), STR("1\n2\n3\n"));
    const struct source_file *other =
        source_add(map, STR("dirt/x.brx"), STR("1\n"));
    struct documents documents;
    documents_init(&documents, arena);
    struct document *document = document_add(&documents, STR("a"), TARGET_DNS);
    document_origin(document, (struct span){dns->start + 2, dns->start + 3});
    document_origin(document, NO_SPAN);
    document_origin(document, (struct span){other->start, other->start});
    document_origin(document,
                    (struct span){main->start + 16, main->start + 17});
    document_origin(document, (struct span){main->start + 4, main->start + 5});
    document_origin(document, (struct span){main->start, main->start + 4});
    struct str origins =
        lock_origins(arena, map, document, STR("dir/envs.brx"));
    cr_expect(is_str_equal(origins,
                           STR("envs.brx:1-3,9 \"my dns.brx\":2 dirt/x.brx:1")),
              "%.*s", (int)origins.len, origins.at);
}

Test(lock, keeps_a_sensible_number_of_origins)
{
    struct source_map *map = source_map_new(arena);
    struct buf text;
    buf_init(&text, arena);
    buf_repeat(&text, '\n', 1000);
    source_add(map, STR("a.brx"), buf_str(&text));
    struct documents documents;
    documents_init(&documents, arena);
    struct document *document = document_add(&documents, STR("a"), TARGET_DNS);
    for (uint32_t i = 1000; i > 0; i -= 2)
        document_origin(document, (struct span){i - 1, i});
    struct str origins = lock_origins(arena, map, document, STR("a.brx"));
    size_t count = 1;
    for (size_t i = 0; i < origins.len; i++)
        count += origins.at[i] == ',';
    cr_expect_eq(count, (size_t)LOCK_ORIGINS_MAX);
    cr_expect(has_prefix(origins, STR("a.brx:2,4,6,")));
}
