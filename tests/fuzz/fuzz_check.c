/*
 * Reads any bytes as a program, and shows every message in every format.
 */
#include "program.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct brx_text program = {(const char *)data, size};
    struct brx *brx = program_compile(&program);

    for (int format = BRX_HUMAN; format <= BRX_JSON; format++)
        brx_messages(brx, (enum brx_format)format, BRX_TAGS);
    brx_message_counts(brx);
    brx_close(brx);
    return 0;
}
