/*
 * Cases of testdata/error and testdata/edges, and pages of docs/, in one
 * process, since there are hundreds of them: golden.sh says what they hold. It
 * is called for what needs a folder to write to: a case that builds, or whose
 * message has a fix.
 *
 *     cases run|bless GOLDEN.SH BUILD CASE     from the project's folder
 */
#include "cases.h"

#include <string.h>
#include <unistd.h>

static int
run_slowly(char **arguments)
{
    char *words[] = {arguments[2], arguments[1], arguments[3], arguments[4],
                     NULL};
    execv(words[0], words);
    perror(words[0]);
    return 2;
}

int
main(int count, char **arguments)
{
    if (count != 5) {
        fprintf(stderr, "usage: cases run|bless GOLDEN.SH BUILD CASE\n");
        return 2;
    }
    struct golden golden = {.is_blessing = strcmp(arguments[1], "bless") == 0};
    const char *name = arguments[4];
    bool is_slow = true;
    if (strncmp(name, "error.", 6) == 0)
        is_slow = !run_error(&golden, name + 6);
    else if (strncmp(name, "docs.", 5) == 0)
        is_slow = !run_page(&golden, name + 5);
    else if (strncmp(name, "edges.", 6) == 0)
        is_slow = !run_edges(&golden, name + 6);
    if (is_slow)
        return run_slowly(arguments);
    return golden.has_failed;
}
