/*
 * Gives a fuzz target each file that is named on stdin, a line each, without
 * libFuzzer: what it once found stays found.
 */
#include "../fuzz/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_MAX = 1 << 20 };

static uint8_t bytes[SEED_MAX];

static bool
run_seed(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    /* A piece of its own, so that its end is seen by the sanitizers. */
    uint8_t *seed = malloc(len > 0 ? len : 1);
    if (seed == NULL)
        return false;
    memcpy(seed, bytes, len);
    LLVMFuzzerTestOneInput(seed, len);
    free(seed);
    return true;
}

int
main(void)
{
    char path[4096];
    size_t count = 0;
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        if (!run_seed(path)) {
            printf("cannot read %s\n", path);
            return 1;
        }
        count++;
    }
    printf("%zu seeds\n", count);
    return count == 0;
}
