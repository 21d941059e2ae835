/*
 * Reads any bytes as a Markdown file and holds its tables against a program
 * that has something to say of most facts. What is counted is what was said.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const char program[] =
    "brx 1\n"
    "project shop { registry ghcr.io/shop }\n"
    "config { LOG  one-of [debug info] }\n"
    "service api { port http 8080; ready GET /ready; live GET /live }\n"
    "env dev {\n"
    "    cluster  aks shop-dev  in shop-rg  nodes 2\n"
    "    ingress  traefik  address 203.0.113.9\n"
    "    branch   main\n"
    "    tag      dev-${git.sha}\n"
    "    set { LOG debug }\n"
    "    run api 2 scale 2..6  memory 128Mi..256Mi  cpu 250m..500m"
    "  host api.shop.example\n"
    "}\n"
    "env production {\n"
    "    set { LOG info }\n"
    "    run api 3  memory 1Gi  cpu 1\n"
    "}\n";

static enum brx_status
read_file(void *context, struct brx_text path, struct brx_text *text)
{
    bool is_program =
        path.len == 8 && memcmp(path.at, "main.brx", path.len) == 0;

    *text = is_program ? brx_text(program) : *(const struct brx_text *)context;
    return BRX_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct brx_text file = {(const char *)data, size};
    struct brx_options options = brx_default_options();
    struct brx_reading reading;

    options.read = read_file;
    options.read_context = &file;
    struct brx *brx = brx_open(&options);
    if (!brx || brx_compile(brx, brx_text("main.brx")) != BRX_OK ||
        brx_error_count(brx) > 0 ||
        brx_compare_document(brx, brx_text("a.md"), &reading) != BRX_OK)
        abort();
    if ((brx_warning_count(brx) > 0) != (reading.contradicting > 0))
        abort();
    brx_messages(brx, BRX_HUMAN, BRX_TAGS);
    brx_messages(brx, BRX_JSON, BRX_NO_COLOR);
    brx_close(brx);
    return 0;
}
