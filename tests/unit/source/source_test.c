#include "source/source.h"

#include "base/limits.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct source_map *map;

static void
open_map(void)
{
    arena = arena_open();
    map = source_map_new(arena);
}

static void
close_map(void)
{
    arena_close(arena);
}

TestSuite(source, .init = open_map, .fini = close_map);

static void
expect_place(uint32_t offset, struct str path, size_t line, size_t column)
{
    struct source_position place = source_locate(map, offset);
    cr_assert_not_null(place.file, "offset %u", offset);
    cr_expect(is_str_equal(place.file->path, path), "offset %u", offset);
    cr_expect_eq(place.line, line, "offset %u: line %zu", offset, place.line);
    cr_expect_eq(place.column, column, "offset %u: column %zu", offset,
                 place.column);
}

static void
expect_line(const struct source_file *file, size_t line, struct str text)
{
    cr_expect(is_str_equal(source_line(map, file, line), text), "line %zu",
              line);
}

Test(source, has_no_place_when_empty)
{
    cr_expect_null(source_find(map, 0));
    cr_expect_null(source_locate(map, 0).file);
    cr_expect_eq(source_file_count(map), 0);
}

Test(source, gives_each_offset_its_place)
{
    source_add(map, STR("a"), STR("one\ntwo\n"));
    source_add(map, STR("empty"), STR(""));
    source_add(map, STR("b"), STR("é\n\nx"));
    expect_place(0, STR("a"), 1, 1);
    expect_place(3, STR("a"), 1, 4);
    expect_place(4, STR("a"), 2, 1);
    expect_place(7, STR("a"), 2, 4);
    expect_place(8, STR("a"), 3, 1);
    expect_place(9, STR("empty"), 1, 1);
    expect_place(10, STR("b"), 1, 1);
    expect_place(12, STR("b"), 1, 3);
    expect_place(13, STR("b"), 2, 1);
    expect_place(14, STR("b"), 3, 1);
    expect_place(15, STR("b"), 3, 2);
    cr_expect_null(source_find(map, 16));
    cr_expect_null(source_find(map, NO_SPAN.start));
}

Test(source, finds_each_of_a_thousand_files)
{
    for (size_t i = 0; i < 1000; i++)
        source_add(map, STR("file"), STR("ab"));
    for (uint32_t offset = 0; offset < 3000; offset++)
        cr_assert_eq(source_find(map, offset), source_file_at(map, offset / 3));
}

Test(source, gives_lines_without_their_ends)
{
    const struct source_file *file =
        source_add(map, STR("a"), STR("unix\ndos\r\n\r\n\nodd\rcr\0nul\r"));
    expect_line(file, 1, STR("unix"));
    expect_line(file, 2, STR("dos"));
    expect_line(file, 3, STR(""));
    expect_line(file, 4, STR(""));
    expect_line(file, 5, STR("odd\rcr\0nul\r"));
    cr_expect_eq(file->line_count, 5);
}

Test(source, has_one_line_in_an_empty_file)
{
    const struct source_file *file = source_add(map, STR("a"), STR(""));
    expect_line(file, 1, STR(""));
    cr_expect_eq(file->line_count, 1);
}

Test(source, counts_a_hundred_thousand_lines)
{
    enum { LINES = 100000 };
    char *text = arena_new(arena, 2 * LINES);
    for (size_t i = 0; i < LINES; i++) {
        text[2 * i] = 'x';
        text[2 * i + 1] = '\n';
    }
    source_add(map, STR("a"), (struct str){text, 2 * LINES});
    for (uint32_t i = 0; i < LINES; i += 777)
        expect_place(2 * i + 1, STR("a"), i + 1, 2);
    expect_place(2 * LINES, STR("a"), LINES + 1, 1);
}

Test(source, gives_the_text_of_a_span)
{
    source_add(map, STR("a"), STR("one"));
    source_add(map, STR("b"), STR("two words"));
    struct span words = {8, 13};
    cr_expect(is_str_equal(source_text(map, words), STR("words")));
    cr_expect(is_str_empty(source_text(map, (struct span){13, 13})));
}

/* No byte of the text is looked at before somebody asks for a line. */
Test(source, refuses_more_than_the_limit)
{
    struct str huge = {"", LIMIT_SOURCE_BYTES - 2};
    cr_expect_null(source_add(map, STR("a"), (struct str){"", SIZE_MAX}));
    cr_expect_null(
        source_add(map, STR("a"), (struct str){"", LIMIT_SOURCE_BYTES}));
    cr_expect_not_null(source_add(map, STR("a"), huge));
    cr_expect_not_null(source_add(map, STR("b"), STR("")));
    cr_expect_null(source_add(map, STR("c"), STR("")));
    cr_expect_eq(source_file_count(map), 2);
}

Test(source, joins_spans)
{
    struct span joined = span_join((struct span){5, 9}, (struct span){2, 6});
    cr_expect_eq(joined.start, 2);
    cr_expect_eq(joined.end, 9);
    joined = span_join(NO_SPAN, (struct span){2, 6});
    cr_expect_eq(joined.start, 2);
    cr_expect_eq(joined.end, 6);
    joined = span_join((struct span){2, 6}, NO_SPAN);
    cr_expect_eq(joined.end, 6);
    cr_expect(is_span_nowhere(span_join(NO_SPAN, NO_SPAN)));
    cr_expect(is_span_empty((struct span){3, 3}));
    cr_expect(!is_span_empty((struct span){3, 4}));
}
