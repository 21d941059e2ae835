/*
 * What the fuzz targets share: files that lie in memory, and libFuzzer's
 * entry.
 */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include "base/arena.h"

#include <brx/brx.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The same for each input, and empty: memory that is taken anew costs more than
 * most inputs. */
struct arena *input_arena(void);

/* Aborts, which is libFuzzer's finding. */
void expect(bool holds);

/* `program` is main.brx, which may include itself; every other file holds
 * `other`. Nothing here touches the disk. */
struct files {
    struct brx_text program;
    struct brx_text other;
};

/* A handle that reads them; aborts when the machine fails. */
struct brx *files_open(const struct files *files);
/* Compiles main.brx and gives the handle; aborts when the machine fails. The
 * files must outlive the handle. */
struct brx *files_compile(const struct files *files);
/* Every message in every format; what has no errors is built, whole, and its
 * paths stay below their folder. */
void program_show(struct brx *brx);

#endif
