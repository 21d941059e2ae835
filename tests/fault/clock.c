#define _GNU_SOURCE /* syscall */
#include "clock.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { HOUR_S = 3600, DECADES_S = 900000000 };

static struct {
    enum clock_way way;
    long readings;
    long day_readings;
} clocks;

static time_t
time_now(void)
{
    time_t reading = (time_t)clocks.readings;
    switch (clocks.way) {
    case CLOCK_AS_IT_IS:
    case CLOCK_WAY_COUNT:
    case CLOCK_AT_THE_START:
        break;
    case CLOCK_FAR_AHEAD:
        return (time_t)5000000000 + reading;
    case CLOCK_BACK:
        return (time_t)2000000000 - reading * HOUR_S;
    case CLOCK_TO_AND_FRO:
        return (time_t)1000000000 + reading % 2 * DECADES_S;
    }
    return 0;
}

static time_t
read_clock(clockid_t clock)
{
    clocks.readings++;
    clocks.day_readings += clock != CLOCK_MONOTONIC;
    return time_now();
}

int
clock_gettime(clockid_t clock_id, struct timespec *tp)
{
    if (clocks.way == CLOCK_AS_IT_IS)
        return (int)syscall(SYS_clock_gettime, clock_id, tp);
    *tp = (struct timespec){.tv_sec = read_clock(clock_id)};
    return 0;
}

int
gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
    struct timespec now;
    (void)tz;
    clock_gettime(CLOCK_REALTIME, &now);
    *tv = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

time_t
time(time_t *timer)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (timer != NULL)
        *timer = now.tv_sec;
    return now.tv_sec;
}

void
clock_arm(enum clock_way way)
{
    clocks.way = way;
    clocks.readings = 0;
    clocks.day_readings = 0;
}

long
clock_readings(void)
{
    return clocks.readings;
}

long
clock_day_readings(void)
{
    return clocks.day_readings;
}
