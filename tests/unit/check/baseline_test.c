#include "check/baseline.h"

#include "brx/brx.h"

#include <criterion/criterion.h>
#include <string.h>

#define FINGERPRINT "5a62dc89f900ee890ca7b5e454bc4673"

static size_t
bad_line(const char *text)
{
    return baseline_bad_line(str_from(text));
}

Test(baseline, entries_and_comments_are_sound)
{
    cr_expect_eq(bad_line(""), 0);
    cr_expect_eq(bad_line("# R05\n\n  \nR05 " FINGERPRINT ":1\n"), 0);
    cr_expect_eq(bad_line("R05 " FINGERPRINT ":12 envs.brx the limit"), 0);
}

Test(baseline, the_first_line_that_is_neither_is_named)
{
    cr_expect_eq(bad_line("R05"), 1);
    cr_expect_eq(bad_line("#\nR99 " FINGERPRINT ":1"), 2);
    cr_expect_eq(bad_line("#\n\nR05 5a62:1\nR05"), 3);
    cr_expect_eq(bad_line("R05 " FINGERPRINT), 1);
    cr_expect_eq(bad_line("R05 " FINGERPRINT ":x"), 1);
}

/* ---- what it takes out ----------------------------------------------------
 */

/* Two faults alike, another one, and one of the language. */
static const char program[] =
    "brx 1\n"
    "project bakery {\n"
    "    registry  bakery.azurecr.io\n"
    "}\n"
    "service api {\n"
    "    port   http 3000\n"
    "    ready  GET /ready\n"
    "    live   GET /live\n"
    "}\n"
    "env one {\n"
    "    run api 1  memory 64Mi..193Mi  cpu 50m..250m\n"
    "}\n"
    "env two {\n"
    "    run api 1  memory 64Mi..193Mi  cpu 50m..251m\n"
    "}\n"
    "env three {\n"
    "    run api 1  memory 64Mi..64Mi  cpu 50m..?MOST\n"
    "}\n";

static enum brx_status
read_file(void *context, struct brx_text path, struct brx_text *text)
{
    bool is_baseline = path.len > 4 && path.at[path.len - 4] == '.';
    *text = brx_text(is_baseline ? program : context);
    return BRX_OK;
}

/* The program under that baseline; NULL: under none. */
static struct brx *
compile(const char *baseline)
{
    struct brx_options options = brx_default_options();
    options.read = read_file;
    options.read_context = (void *)baseline;
    options.baseline = brx_text(baseline == NULL ? "" : "baseline");
    struct brx *brx = brx_open(&options);
    cr_assert_eq(brx_compile(brx, brx_text("test.brx")), BRX_OK);
    return brx;
}

static void
expect_codes(struct brx *brx, const char *wanted)
{
    struct brx_text all = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    struct str rest = {all.at, all.len};
    char found[64] = "";
    while (!is_str_empty(rest)) {
        struct str line = str_cut(&rest, '\n');
        size_t open = str_index(line, '[', 0);
        strncat(found, line.at + open + 1, 3);
    }
    cr_expect_str_eq(found, wanted);
}

Test(baseline, only_what_it_lists_is_passed_over)
{
    struct brx *brx = compile(NULL);
    expect_codes(brx, "R05R05R06L10");
    struct brx_text text = brx_baseline(brx);
    struct brx *again = compile(text.at);
    expect_codes(again, "L10");
    brx_close(again);
    /* Of the entries, the last one alone. */
    const char *last = strstr(text.at, "R06 ");
    cr_assert_not_null(last);
    again = compile(last);
    expect_codes(again, "R05R05L10");
    brx_close(again);
    brx_close(brx);
}
