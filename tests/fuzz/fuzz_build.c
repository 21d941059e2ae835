/*
 * Builds any bytes that are a program without errors, whole, into memory.
 */
#include "program.h"

#include <stdlib.h>

/* A document has a path that stays below its folder. */
static void
expect_inside(struct brx_text path)
{
    if (path.len == 0 || path.at[0] == '/')
        abort();
    for (size_t i = 0; i + 1 < path.len; i++)
        if (path.at[i] == '.' && path.at[i + 1] == '.' &&
            (i == 0 || path.at[i - 1] == '/') &&
            (i + 2 == path.len || path.at[i + 2] == '/'))
            abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct brx_text program = {(const char *)data, size};
    struct brx_selection selection = {.size = sizeof selection,
                                      .is_flat = true};
    struct brx *brx = program_compile(&program);

    if (brx_error_count(brx) == 0 && brx_failure(brx).len == 0)
        brx_emit(brx, &selection);
    for (size_t i = 0; i < brx_document_count(brx); i++)
        expect_inside(brx_document(brx, i).path);
    brx_close(brx);
    return 0;
}
