/* What is handed over piece by piece is what would have been kept. */
#include "brx/brx.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The documents, one behind the other. */
struct taken {
    char *text;
    size_t len;
    size_t pieces;
    size_t last;
};

static void
take(void *context, size_t index, const struct brx_document *piece)
{
    struct taken *taken = context;
    cr_assert(index == taken->last || index == taken->last + 1);
    cr_assert_gt(piece->content.len, 0);
    taken->text = realloc(taken->text, taken->len + piece->content.len);
    memcpy(taken->text + taken->len, piece->content.at, piece->content.len);
    taken->len += piece->content.len;
    taken->pieces++;
    taken->last = index;
}

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

static void
expect_same(struct brx_selection selection)
{
    struct taken taken = {0};
    struct brx *kept = compile();
    struct brx *streamed = compile();
    cr_assert_eq(brx_emit(kept, &selection), BRX_OK);
    selection.take = take;
    selection.context = &taken;
    cr_assert_eq(brx_emit(streamed, &selection), BRX_OK);
    size_t at = 0;
    for (size_t i = 0; i < brx_document_count(kept); i++) {
        struct brx_text content = brx_document(kept, i).content;
        cr_assert_leq(at + content.len, taken.len);
        cr_expect_eq(memcmp(taken.text + at, content.at, content.len), 0);
        cr_expect_eq(brx_document(streamed, i).content.len, 0);
        at += content.len;
    }
    cr_expect_eq(at, taken.len);
    cr_expect_geq(taken.pieces, brx_document_count(kept));
    free(taken.text);
    brx_close(kept);
    brx_close(streamed);
}

Test(stream, hands_over_flat_manifests)
{
    expect_same((struct brx_selection){.size = sizeof(struct brx_selection),
                                       .targets = BRX_FLAT});
}

Test(stream, hands_over_one_environment)
{
    expect_same((struct brx_selection){.size = sizeof(struct brx_selection),
                                       .targets = BRX_FLAT,
                                       .environment = brx_text("production")});
}

/* In the order in which they become whole, which is another one. */
Test(stream, hands_over_every_target)
{
    struct brx_selection selection = {.size = sizeof selection,
                                      .is_flat = true};
    struct taken taken = {0};
    struct brx *kept = compile();
    struct brx *streamed = compile();
    cr_assert_eq(brx_emit(kept, &selection), BRX_OK);
    selection.take = take;
    selection.context = &taken;
    cr_assert_eq(brx_emit(streamed, &selection), BRX_OK);
    size_t len = 0;
    for (size_t i = 0; i < brx_document_count(kept); i++)
        len += brx_document(kept, i).content.len;
    cr_expect_eq(taken.len, len);
    cr_expect_eq(taken.last + 1, brx_document_count(kept));
    free(taken.text);
    brx_close(kept);
    brx_close(streamed);
}
