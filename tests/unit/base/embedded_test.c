#include "diag/embedded.h"
#include "emit/runtime.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void
expect_sorted(const struct embedded_file *files, size_t count)
{
    for (size_t i = 1; i < count; i++)
        cr_expect_lt(strcmp(files[i - 1].name, files[i].name), 0, "%s",
                     files[i].name);
    cr_expect_null(files[count].name, "the row behind the last is empty");
}

/* The row holds what the file of that name below `folder` holds. */
static void
expect_same(const char *folder, const struct embedded_file *row)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s/%s", PROJECT, folder, row->name);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    for (size_t i = 0; i < row->len; i++)
        cr_assert_eq(fgetc(file), row->bytes[i], "%s, byte %zu", path, i);
    cr_assert_eq(fgetc(file), EOF, "%s is longer", path);
    fclose(file);
}

Test(embedded, tables_are_sorted)
{
    expect_sorted(embedded_checks, embedded_checks_count);
    expect_sorted(embedded_runtime, embedded_runtime_count);
}

Test(embedded, rows_hold_their_files)
{
    for (size_t i = 0; i < embedded_checks_count; i++)
        expect_same("docs/checks", &embedded_checks[i]);
    for (size_t i = 0; i < embedded_runtime_count; i++)
        expect_same("runtime", &embedded_runtime[i]);
}

static const struct embedded_file few[] = {
    {"a", (const unsigned char *)"one", 3},
    {"a/b", (const unsigned char *)"", 0},
    {"b.sh", (const unsigned char *)"t\0o", 3},
};

Test(embedded, finds_each_by_its_whole_name)
{
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(embedded_find(few, 3, str_from(few[i].name)), &few[i]);
    cr_expect(is_str_equal(embedded_text(&few[2]), STR("t\0o")));
    cr_expect_eq(embedded_text(&few[1]).len, 0);
}

Test(embedded, finds_no_other)
{
    cr_expect_null(embedded_find(few, 3, STR("")));
    cr_expect_null(embedded_find(few, 3, STR("a\0")));
    cr_expect_null(embedded_find(few, 3, STR("a/")));
    cr_expect_null(embedded_find(few, 3, STR("b.s")));
    cr_expect_null(embedded_find(few, 3, STR("c")));
    cr_expect_null(embedded_find(few, 0, STR("a")));
    cr_expect_null(runtime_find(STR("no/such.sh")));
}
