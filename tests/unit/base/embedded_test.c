#include "diag/embedded.h"
#include "emit/runtime.h"

#include <criterion/criterion.h>
#include <stdio.h>

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

TestSuite(embedded, .init = open_arena, .fini = close_arena);

/* It holds what the file of that name below `folder` holds. */
static void
expect_same(const char *folder, const struct embedded_file *found)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s/%.*s", PROJECT, folder,
             (int)found->name.len, found->name.at);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    for (size_t i = 0; i < found->text.len; i++)
        cr_assert_eq(fgetc(file), (unsigned char)found->text.at[i],
                     "%s, byte %zu", path, i);
    cr_assert_eq(fgetc(file), EOF, "%s is longer", path);
    fclose(file);
}

static void
expect_folder(const struct embedded_folder *packed, const char *folder)
{
    struct embedded embedded = embedded_open(packed, arena);
    cr_assert_gt(embedded.count, 0);
    for (size_t i = 0; i < embedded.count; i++) {
        expect_same(folder, &embedded.files[i]);
        cr_expect_eq(embedded_find(&embedded, embedded.files[i].name),
                     &embedded.files[i]);
    }
}

Test(embedded, holds_its_files)
{
    expect_folder(&embedded_checks, "docs/checks");
    expect_folder(&embedded_runtime, "runtime");
}

static const struct embedded_file files[] = {
    {STR_INIT("a"), STR_INIT("one")},
    {STR_INIT("a/b"), STR_INIT("")},
    {STR_INIT("b.sh"), STR_INIT("t\0o")},
};
static const struct embedded few = {files, 3};

Test(embedded, finds_each_by_its_whole_name)
{
    for (size_t i = 0; i < few.count; i++)
        cr_expect_eq(embedded_find(&few, files[i].name), &files[i]);
}

Test(embedded, finds_no_other)
{
    static const struct str others[] = {STR_INIT(""), STR_INIT("a\0"),
                                        STR_INIT("a/"), STR_INIT("b.s"),
                                        STR_INIT("c")};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_expect_null(embedded_find(&few, others[i]));
    cr_expect_null(embedded_find(&(struct embedded){files, 0}, STR("a")));
}
