/*
 * Sizes that follow from names and their values, just at the bounds: programs
 * too large to lie in testdata/.
 */
#include "base/buf.h"
#include "brx/brx.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum {
    CONFIG_MANY = 800 * 1024, /* a warning over it */
    CONFIG_MAX = 1024 * 1024, /* an error over it */
    ANNOTATIONS_MAX = 256 * 1024,
};

/* A program, and the file that it has beside it. */
struct files {
    struct str program;
    struct str file;
};

static enum brx_status
read_file(void *context, struct brx_text path, struct brx_text *text)
{
    const struct files *files = context;
    struct str name = {path.at, path.len};
    struct str read =
        has_suffix(name, STR(".brx")) ? files->program : files->file;
    *text = (struct brx_text){read.at, read.len};
    return BRX_OK;
}

static struct str
letters(struct arena *arena, size_t count)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < count; i++)
        buf_byte(&buf, 'x');
    return buf_str(&buf);
}

/* How many lines say `severity[code]`. */
static size_t
count_of(struct files *files, const char *message)
{
    struct brx_options options = brx_default_options();
    options.read = read_file;
    options.read_context = files;
    struct brx *brx = brx_open(&options);
    cr_assert_eq(brx_compile(brx, brx_text("test.brx")), BRX_OK);
    struct brx_text all = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    struct str rest = {all.at, all.len};
    size_t count = 0;
    while (!is_str_empty(rest))
        count += str_contains(str_cut(&rest, '\n'), str_from(message));
    brx_close(brx);
    return count;
}

static struct str
program_of(struct arena *arena, struct str contract, struct str service,
           struct str environment)
{
    return arena_format(
        arena,
        "brx 1\n"
        "project ferry {{ registry ferry.azurecr.io }\n"
        "config {{\n{}}\n"
        "service dock {{\n port http 8080\n ready GET /ready\n{}}\n"
        "env staging {{\n tier staging\n{}"
        " run dock 1 memory 64Mi..64Mi cpu 10m..20m\n}\n",
        STRS(contract, service, environment));
}

static void
expect_sizes(struct files files, const char *code, size_t warnings,
             size_t errors)
{
    char warning[32];
    char error[32];
    (void)snprintf(warning, sizeof warning, "warning[%s]", code);
    (void)snprintf(error, sizeof error, "error[%s]", code);
    cr_expect_eq(count_of(&files, warning), warnings, "%s", warning);
    cr_expect_eq(count_of(&files, error), errors, "%s", error);
}

/* Two values, `size` bytes with their keys. */
static void
expect_config(size_t size, size_t warnings, size_t errors)
{
    struct arena *arena = arena_open();
    struct str set = arena_format(
        arena, " set {{\n A \"{}\"\n B \"{}\"\n }\n",
        STRS(letters(arena, 1000), letters(arena, size - 1000 - 2)));
    struct files files = {.program =
                              program_of(arena, STR(" A text\n B text\n"),
                                         STR(" config all\n"), set)};
    expect_sizes(files, "N09", warnings, errors);
    arena_close(arena);
}

/* A file, with its name of one letter. */
static void
expect_file(size_t size, size_t warnings, size_t errors)
{
    struct arena *arena = arena_open();
    struct files files = {
        .program =
            program_of(arena, STR(""), STR(" file a from \"a\"\n"), STR("")),
        .file = letters(arena, size - 1)};
    expect_sizes(files, "N09", warnings, errors);
    arena_close(arena);
}

static void
expect_annotation(size_t size, size_t errors)
{
    struct arena *arena = arena_open();
    struct str annotation = arena_format(arena, " annotation a \"{}\"\n",
                                         STRS(letters(arena, size - 1)));
    struct files files = {.program =
                              program_of(arena, STR(""), annotation, STR(""))};
    expect_sizes(files, "N10", 0, errors);
    arena_close(arena);
}

Test(check_names, values_of_one_config)
{
    expect_config(CONFIG_MANY, 0, 0);
    expect_config(CONFIG_MANY + 1, 1, 0);
    expect_config(CONFIG_MAX, 1, 0);
    expect_config(CONFIG_MAX + 1, 0, 1);
}

Test(check_names, files_of_one_service)
{
    expect_file(CONFIG_MANY, 0, 0);
    expect_file(CONFIG_MANY + 1, 1, 0);
    expect_file(CONFIG_MAX, 1, 0);
    expect_file(CONFIG_MAX + 1, 0, 1);
}

Test(check_names, annotations_of_one_service)
{
    expect_annotation(ANNOTATIONS_MAX, 0);
    expect_annotation(ANNOTATIONS_MAX + 1, 1);
}
