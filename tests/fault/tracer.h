/*
 * A process under ptrace: its system calls are counted, but for those that
 * only ask for memory, and one of them can
 * fail, be cut short, be the process's last, or be the moment at which
 * somebody else does something.
 */
#ifndef FAULT_TRACER_H
#define FAULT_TRACER_H

#include <stdbool.h>
#include <sys/types.h>

enum { CALLS_MAX = 8192 };

enum deed {
    DEED_NONE,
    DEED_FAIL, /* the call is not made, and gives `error` */
    DEED_CUT,  /* a read or write is of half of what was asked for */
    DEED_KILL, /* the process ends before the call is made */
    DEED_MEET, /* `meet` is called before the call is made */
};

struct trap {
    enum deed deed;
    long at; /* the call's place among all, from 0 */
    int error;
    void (*meet)(void *context);
    void *context;
};

struct call {
    long number;   /* as in sys/syscall.h */
    long argument; /* the first */
};

struct traced {
    int state;      /* as of waitpid() */
    long calls;     /* made, but for the one that ends the process */
    bool is_sprung; /* the call of the trap was made */
    int files_left; /* opened, and not closed at the end */
    struct call all[CALLS_MAX];
};

/* To be called by the child, before what is to be counted. */
void tracer_enter(void);
/* Follows a child that does so to its end. */
void tracer_follow(pid_t child, const struct trap *trap, struct traced *traced);

#endif
