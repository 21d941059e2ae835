/*
 * Reads any bytes as the block of a rule, and of an assertion, in a program
 * that is sound; every message is shown.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
    "brx 1\nproject p { registry ghcr.io/p }\n"
    "service api { port http 8080; ready GET /r }\n"
    "job tidy { schedule \"0 3 * * *\" }\n"
    "config { LEVEL text default a }\n"
    "env dev { run api 1 memory 1Gi..2Gi cpu 1..2; run tidy memory 1Gi }\n"
    "env live { tier production; run api 3 memory 1Gi..2Gi cpu 1..2 }\n";
static const char *const openings[] = {
    "assert \"x\" {\n", "rule \"x\" for each env {\n",
    "rule \"x\" for each service where tier production {\n"};

enum { OPENINGS = sizeof openings / sizeof openings[0], SIZE_MAX_HERE = 16384 };

static char text[sizeof head + OPENINGS * (SIZE_MAX_HERE + 64)];

static size_t
put(size_t at, const void *bytes, size_t len)
{
    memcpy(text + at, bytes, len);
    return at + len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t len = put(0, head, sizeof head - 1);
    if (size > SIZE_MAX_HERE)
        return 0;
    for (size_t i = 0; i < OPENINGS; i++) {
        len = put(len, openings[i], strlen(openings[i]));
        len = put(len, data, size);
        len = put(len, "\n}\n", 3);
    }
    struct files files = {.program = {text, len}};
    struct brx *brx = files_compile(&files);
    brx_messages(brx, BRX_HUMAN, BRX_TAGS);
    brx_close(brx);
    return 0;
}
