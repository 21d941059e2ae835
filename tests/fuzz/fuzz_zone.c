/*
 * Reads any bytes as a zone file. What we print of it, we read again without
 * a fault of syntax, and print the same.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static struct brx *
read_zone(const struct files *files)
{
    struct brx *brx = files_open(files);

    brx_read_zone(brx, brx_text("main.brx"));
    return brx;
}

static void
expect_same(struct brx_text first)
{
    struct files files = {.program = first};
    struct brx *brx = read_zone(&files);
    struct brx_text second = brx_zone_text(brx);

    if (first.len != second.len || memcmp(first.at, second.at, first.len) != 0)
        abort();
    brx_close(brx);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct files files = {.program = {(const char *)data, size}};
    struct brx *brx = read_zone(&files);
    struct brx_text text = brx_zone_text(brx);

    brx_messages(brx, BRX_HUMAN, BRX_TAGS);
    brx_messages(brx, BRX_JSON, BRX_NO_COLOR);
    brx_zone_program(brx);
    if (text.len > 0)
        expect_same(text);
    brx_close(brx);
    return 0;
}
