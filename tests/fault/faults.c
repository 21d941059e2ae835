/*
 *     faults PROGRAMS PART
 *
 * What the machine may do to the command, tried in turn: see faults.h.
 */
#include "faults.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*run)(struct trial *trial);
} parts[] = {
    {"memory", try_memory},   {"calls", try_calls}, {"kills", try_kills},
    {"swaps", try_swaps},     {"races", try_races}, {"clocks", try_clocks},
    {"letters", try_letters},
};

int
main(int count, char **arguments)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (count != 3 || strcmp(arguments[2], parts[i].name) != 0)
            continue;
        struct trial trial;
        trial_open(&trial, arguments[1]);
        parts[i].run(&trial);
        trial_close(&trial);
        return trial.fault_count == 0 ? 0 : 1;
    }
    fputs("usage: faults PROGRAMS PART\n", stderr);
    return 2;
}
