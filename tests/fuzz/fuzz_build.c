/*
 * Reads any bytes as a program, shows every message in every format, and
 * builds it, whole, into memory when it has no errors.
 */
#include "program.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct files files = {.program = {(const char *)data, size}};
    struct brx *brx = files_compile(&files);

    program_show(brx);
    brx_close(brx);
    return 0;
}
