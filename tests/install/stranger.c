/*
 * A stranger's first program, in what C and C++ share: compiles one program
 * from memory, shows what is wrong with it, and finds a faultless one clean.
 */
#include <brx/brx.h>

#include <stdio.h>
#include <string.h>

static enum brx_status
read_context(void *context, struct brx_text path, struct brx_text *text)
{
    (void)path;
    *text = brx_text((const char *)context);
    return BRX_OK;
}

/* How many errors the program has, or -1 when it could not be compiled. */
static int
count_errors(const char *program)
{
    char copy[256];
    struct brx_options options = brx_default_options();

    strncpy(copy, program, sizeof copy - 1);
    copy[sizeof copy - 1] = '\0';
    options.read = read_context;
    options.read_context = copy;

    struct brx *brx = brx_open(&options);
    if (!brx)
        return -1;
    enum brx_status status = brx_compile(brx, brx_text("main.brx"));
    struct brx_text messages = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    fwrite(messages.at, 1, messages.len, stdout);
    int errors = status == BRX_OK ? (int)brx_error_count(brx) : -1;
    brx_close(brx);
    return errors;
}

int
main(void)
{
    int clean = count_errors("brx 1\nproject shop {\n}\n");
    int faulty = count_errors("brx 1\nproject shop {\n    colour red\n}\n");

    printf("version %s: %d errors, then %d\n", BRX_VERSION, clean, faulty);
    return clean == 0 && faulty == 1 ? 0 : 1;
}
