#include "tree/diff.h"

#include "tree/edits.h"

#include <criterion/criterion.h>
#include <time.h>

static void
expect_diff_of(struct str before, struct str after, size_t line_max,
               struct str expected)
{
    struct arena *arena = arena_open();
    struct buf buf;
    buf_init(&buf, arena);
    diff_print(&buf, before, after, line_max);
    cr_expect(is_str_equal(buf_str(&buf), expected), "%.*s", (int)buf.len,
              buf.at);
    arena_close(arena);
}

static void
expect_diff(struct str before, struct str after, struct str expected)
{
    expect_diff_of(before, after, 100, expected);
}

Test(diff, equal_texts_have_none)
{
    expect_diff(STR(""), STR(""), STR(""));
    expect_diff(STR("a\nb\n"), STR("a\nb\n"), STR(""));
}

Test(diff, shows_two_lines_of_context)
{
    expect_diff(STR("1\n2\n3\n4\n5\n6\n7\n"), STR("1\n2\n3\nx\n5\n6\n7\n"),
                STR("@@ -2,5 +2,5 @@\n 2\n 3\n-4\n+x\n 5\n 6"));
}

Test(diff, near_changes_share_a_hunk_and_far_ones_do_not)
{
    expect_diff(STR("a\n1\n2\n3\n4\nb\n"), STR("A\n1\n2\n3\n4\nB\n"),
                STR("@@ -1,6 +1,6 @@\n-a\n+A\n 1\n 2\n 3\n 4\n-b\n+B"));
    expect_diff(STR("a\n1\n2\n3\n4\n5\nb\n"), STR("A\n1\n2\n3\n4\n5\nB\n"),
                STR("@@ -1,3 +1,3 @@\n-a\n+A\n 1\n 2\n"
                    "@@ -5,3 +5,3 @@\n 4\n 5\n-b\n+B"));
}

Test(diff, from_and_to_nothing)
{
    expect_diff(STR(""), STR("a\nb\n"), STR("@@ -0,0 +1,2 @@\n+a\n+b"));
    expect_diff(STR("a\nb\n"), STR(""), STR("@@ -1,2 +0,0 @@\n-a\n-b"));
}

Test(diff, a_newline_that_is_missing_shows)
{
    expect_diff(STR("a\nb"), STR("a\nb\n"),
                STR("@@ -1,2 +1,2 @@\n a\n-b\n\\ no newline at the end\n+b"));
}

Test(diff, moved_lines_are_the_shortest_edits)
{
    expect_diff(STR("a\nb\nc\na\nb\nb\na\n"), STR("c\nb\na\nb\na\nc\n"),
                STR("@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c"));
}

Test(diff, too_many_lines_are_counted)
{
    expect_diff_of(STR("a\nb\nc\n"), STR("x\ny\nz\n"), 4,
                   STR("@@ -1,3 +1,3 @@\n-a\n-b\n-c\n… and 3 more lines"));
    expect_diff_of(STR("a\n"), STR("x\n"), 2,
                   STR("@@ -1,1 +1,1 @@\n-a\n… and 1 more line"));
}

Test(diff, nothing_reaches_the_terminal_raw)
{
    expect_diff(
        STR(""), STR("\x1b[2J\xff\r\n"),
        STR("@@ -0,0 +1,1 @@\n+\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd"));
    expect_diff(STR(""),
                STR("a\xe2\x80\xae"
                    "b\xc2\x9b\n"),
                STR("@@ -0,0 +1,1 @@\n+a\xef\xbf\xbd"
                    "b\xef\xbf\xbd"));
}

/* Any two texts: what is kept and dropped is the one, kept and added the
 * other. */
Test(diff, edits_lead_from_one_text_to_the_other)
{
    struct arena *arena = arena_open();
    unsigned seed = 1;
    for (int round = 0; round < 3000; round++) {
        struct buf texts[2];
        for (int side = 0; side < 2; side++) {
            buf_init(&texts[side], arena);
            seed = seed * 1103515245u + 12345u;
            size_t count = seed >> 16 & 15;
            for (size_t i = 0; i < count; i++) {
                seed = seed * 1103515245u + 12345u;
                buf_byte(&texts[side], (char)('a' + (seed >> 16 & 3)));
                if (i + 1 < count || (seed >> 20 & 1))
                    buf_byte(&texts[side], '\n');
            }
        }
        struct edits edits =
            edits_make(arena, buf_str(&texts[0]), buf_str(&texts[1]));
        struct buf before;
        struct buf after;
        buf_init(&before, arena);
        buf_init(&after, arena);
        for (size_t i = 0; i < edits.edit_count; i++) {
            struct edit edit = edits.list[i];
            if (edit.kind != EDIT_ADD)
                buf_add(&before, edits.before.lines[edit.before]);
            if (edit.kind != EDIT_DROP)
                buf_add(&after, edits.after.lines[edit.after]);
            if (edit.kind == EDIT_KEEP)
                cr_assert(is_str_equal(edits.before.lines[edit.before],
                                       edits.after.lines[edit.after]));
        }
        cr_assert(is_str_equal(buf_str(&before), buf_str(&texts[0])));
        cr_assert(is_str_equal(buf_str(&after), buf_str(&texts[1])));
        arena_reset(arena);
    }
    arena_close(arena);
}

Test(diff, utterly_different_texts_take_no_time, .timeout = 20)
{
    struct arena *arena = arena_open();
    struct buf before;
    struct buf after;
    struct buf diff;
    buf_init(&before, arena);
    buf_init(&after, arena);
    buf_init(&diff, arena);
    for (int i = 0; i < 100000; i++) {
        buf_number(&before, i);
        buf_byte(&before, '\n');
        buf_number(&after, -i - 1);
        buf_byte(&after, '\n');
    }
    diff_print(&diff, buf_str(&before), buf_str(&after), 3);
    cr_expect(has_suffix(buf_str(&diff), STR("… and 199998 more lines")));
    arena_close(arena);
}
