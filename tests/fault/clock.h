/*
 * The C library's clocks, for a test program that links this: as they are,
 * until a process arms them. Then each reading gives another time, and is
 * counted.
 */
#ifndef FAULT_CLOCK_H
#define FAULT_CLOCK_H

enum clock_way {
    CLOCK_AS_IT_IS,
    CLOCK_AT_THE_START, /* 1970, and standing still */
    CLOCK_FAR_AHEAD,    /* past what 32 bits can say, and running */
    CLOCK_BACK,         /* each reading is an hour before the last */
    CLOCK_TO_AND_FRO,   /* each is decades from the last */
    CLOCK_WAY_COUNT
};

void clock_arm(enum clock_way way);
/* Readings since. */
long clock_readings(void);
/* Those among them that ask which day it is. */
long clock_day_readings(void);

#endif
