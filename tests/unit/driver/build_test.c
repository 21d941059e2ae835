/* Documents that go to the disk as they are made become the same files. */
#include "brx/brx.h"
#include "support/shop.h"

#include <criterion/criterion.h>

TestSuite(build, .init = open_shop, .fini = close_shop);

static const struct brx_selection everything = {.size = sizeof everything};

static struct brx *
compile(void)
{
    struct brx_options options = brx_default_options();
    struct brx *brx = brx_open(&options);
    cr_assert_not_null(brx);
    cr_assert_eq(
        brx_compile(brx, brx_text(PROJECT "/examples/broxiva/envs.brx")),
        BRX_OK);
    return brx;
}

static struct brx_destination
destination(void)
{
    return (struct brx_destination){.size = sizeof(struct brx_destination),
                                    .folder =
                                        brx_text(workshop_path(&shop, ""))};
}

static void
expect_counts(struct brx_written written, size_t created, size_t kept)
{
    cr_expect_eq(written.created, created);
    cr_expect_eq(written.kept, kept);
    cr_expect_eq(written.changed + written.removed, 0);
}

/* Made in one go, it is what documents that were kept make, and the other way
 * round. */
Test(build, makes_what_kept_documents_make)
{
    struct brx_written written;
    struct brx_destination out = destination();
    struct brx *kept = compile();
    struct brx *built = compile();
    cr_assert_eq(brx_emit(kept, &everything), BRX_OK);
    size_t count = brx_document_count(kept);
    cr_assert_eq(brx_build(built, &everything, &out, &written), BRX_OK);
    expect_counts(written, count, 0);
    cr_assert_eq(brx_write(kept, &out, &written), BRX_OK);
    expect_counts(written, 0, count);
    cr_assert_eq(brx_document_count(built), count);
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(brx_document(built, i).bytes,
                     brx_document(kept, i).content.len);
        cr_expect_eq(brx_document(built, i).content.len, 0);
    }
    brx_close(kept);
    brx_close(built);
}

Test(build, one_that_verifies_writes_nothing)
{
    struct brx_written written;
    struct brx_destination out = destination();
    struct brx *brx = compile();
    cr_assert_eq(brx_verify_build(brx, &everything, &out, &written), BRX_OK);
    cr_expect_eq(written.created, brx_document_count(brx));
    cr_expect_eq(brx_error_count(brx), written.created);
    cr_expect_not(is_there(&shop, ""));
    brx_close(brx);
}

Test(build, an_environment_that_is_not_there_makes_no_folder)
{
    struct brx_selection selection = everything;
    struct brx_destination out = destination();
    struct brx *brx = compile();
    selection.environment = brx_text("nowhere");
    cr_expect_eq(brx_build(brx, &selection, &out, NULL), BRX_REFUSED);
    cr_expect_eq(brx_error_count(brx), 0);
    cr_expect_not(is_there(&shop, ""));
    brx_close(brx);
}
