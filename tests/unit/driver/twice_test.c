/* Two builds of one program: a reader that says another thing the second time
 * stands for whatever makes them differ. */
#include "support/over_text.h"

#include <criterion/criterion.h>
#include <string.h>

#define PROGRAM(service, replicas)                                             \
    "brx 1\n"                                                                  \
    "project bookshop { registry ghcr.io/bookshop }\n"                         \
    "service " service " { port http 8080; ready GET /ready }\n"               \
    "env development {\n"                                                      \
    "    run " service " " replicas "  memory 128Mi..256Mi  cpu 50m..250m\n"   \
    "}\n"

static const char plain[] = PROGRAM("shelves", "1");

static struct brx *
build(char *program)
{
    struct brx *brx = open_over_text(program);
    cr_assert_eq(brx_compile(brx, brx_text("envs.brx")), BRX_OK);
    if (brx_error_count(brx) == 0)
        cr_assert_eq(brx_emit(brx, NULL), BRX_OK);
    return brx;
}

/* How many errors it makes that the two are not alike; `wanted` stands in what
 * is said of it. */
static size_t
count_differences(const char *first, const char *second, const char *wanted)
{
    char programs[2][512];
    char said[65536];
    strncpy(programs[0], first, sizeof programs[0] - 1);
    strncpy(programs[1], second, sizeof programs[1] - 1);
    programs[0][sizeof programs[0] - 1] = '\0';
    programs[1][sizeof programs[1] - 1] = '\0';
    struct brx *brx = build(programs[0]);
    struct brx *again = build(programs[1]);
    cr_assert_eq(brx_error_count(brx), 0u);
    cr_assert_eq(brx_check_again(brx, again), BRX_OK);
    size_t count = brx_error_count(brx);
    struct brx_text text = brx_messages(brx, BRX_HUMAN, BRX_NO_COLOR);
    cr_assert_lt(text.len, sizeof said);
    memcpy(said, text.at, text.len);
    said[text.len] = '\0';
    cr_expect_not_null(strstr(said, wanted), "%s", said);
    brx_close(again);
    brx_close(brx);
    return count;
}

Test(twice, silent)
{
    cr_expect_eq(count_differences(plain, plain, ""), 0u);
}

Test(twice, fires)
{
    size_t count =
        count_differences(plain, PROGRAM("shelves", "2"),
                          "error[O12]: two builds of this program differ in "
                          "`infrastructure/kubernetes/overlays/development/");
    cr_expect_gt(count, 0u);
}

Test(twice, shows_the_first_line)
{
    count_differences(plain, PROGRAM("shelves", "2"),
                      "    -  replicas: 1\n    +  replicas: 2\n");
}

Test(twice, names_what_only_one_build_makes)
{
    const char *second = PROGRAM("tables", "1");
    count_differences(plain, second, "only the first build makes it");
    count_differences(plain, second, "only the second build makes it");
}

Test(twice, tells_of_an_error_of_the_second_run_once)
{
    size_t count = count_differences(
        plain, PROGRAM("shelves", "none"),
        "error[O12]: two builds of this program differ in `messages`");
    cr_expect_eq(count, 1u);
}

Test(twice, refuses_a_program_with_errors)
{
    char wrong[] = "brx 1\nproject bookshop { colour red }\n";
    struct brx *brx = build(wrong);
    cr_expect_eq(brx_check_again(brx, brx), BRX_REFUSED);
    brx_close(brx);
}
