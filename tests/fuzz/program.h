/*
 * What the fuzz targets share: a program that lies in memory, and
 * libFuzzer's entry.
 */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include <brx/brx.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A handle that reads `program` as main.brx; aborts when the machine fails. */
struct brx *program_open(const struct brx_text *program);
/* Compiles `program` and gives the handle; aborts when the machine fails. The
 * program must outlive the handle. */
struct brx *program_compile(const struct brx_text *program);

#endif
