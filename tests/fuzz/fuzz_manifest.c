/*
 * Reads any bytes as what others wrote: a raw manifest, a workflow, and a
 * definition of kinds. Every message is shown, and what has no errors is
 * built, since a manifest is taken over into the tree.
 */
#include "program.h"

static const char *const programs[] = {
    "brx 1\nproject p { registry ghcr.io/p }\n"
    "service api { port http 8080; ready GET /r }\n"
    "env dev { run api 1 memory 1Gi..2Gi cpu 1..2 }\n"
    "env live { tier production; run api 3 memory 1Gi..2Gi cpu 1..2 }\n"
    "manifest \"other.yaml\"\n",
    "brx 1\nproject p { registry ghcr.io/p; repo p/p }\n"
    "service api { port http 8080; ready GET /r }\n"
    "env dev { run api 1 memory 1Gi..2Gi cpu 1..2 }\n"
    "workflow \"other.yaml\"\n",
    "brx 1\nproject p { registry ghcr.io/p; schema \"other.yaml\" }\n"
    "service api { port http 8080; ready GET /r }\n"
    "env dev { run api 1 memory 1Gi..2Gi cpu 1..2 }\n",
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct files files = {.other = {(const char *)data, size}};

    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        files.program = brx_text(programs[i]);
        struct brx *brx = files_compile(&files);
        program_show(brx);
        brx_close(brx);
    }
    return 0;
}
