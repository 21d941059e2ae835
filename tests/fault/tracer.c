#define _GNU_SOURCE /* pid_t, ptrace's requests */
#include "tracer.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <linux/ptrace.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* glibc's header and the kernel's own cannot be read together. */
long ptrace(int request, ...);

enum { SYSCALL_STOP = SIGTRAP | 0x80 };

struct registers {
#if defined(__x86_64__)
    struct user_regs_struct all;
#elif defined(__aarch64__)
    struct user_pt_regs all;
#else
#error "how this machine's registers hold a system call is not written down"
#endif
};

static void
check(bool is_fine, const char *what)
{
    if (is_fine)
        return;
    perror(what);
    abort();
}

static struct registers
read_registers(pid_t child)
{
    struct registers registers;
    struct iovec place = {&registers.all, sizeof registers.all};
    check(ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &place) == 0,
          "registers");
    return registers;
}

static void
write_registers(pid_t child, struct registers *registers)
{
    struct iovec place = {&registers->all, sizeof registers->all};
    check(ptrace(PTRACE_SETREGSET, child, NT_PRSTATUS, &place) == 0,
          "registers");
}

/* The call that is about to be made is not. */
static void
drop_call(pid_t child)
{
#if defined(__x86_64__)
    struct registers registers = read_registers(child);
    registers.all.orig_rax = (unsigned long long)-1;
    write_registers(child, &registers);
#else
    int none = -1;
    struct iovec place = {&none, sizeof none};
    check(ptrace(PTRACE_SETREGSET, child, NT_ARM_SYSTEM_CALL, &place) == 0,
          "system call");
#endif
}

static void
set_result(pid_t child, long result)
{
    struct registers registers = read_registers(child);
#if defined(__x86_64__)
    registers.all.rax = (unsigned long long)result;
#else
    registers.all.regs[0] = (unsigned long long)result;
#endif
    write_registers(child, &registers);
}

static void
halve_size(pid_t child)
{
    struct registers registers = read_registers(child);
#if defined(__x86_64__)
    registers.all.rdx = (registers.all.rdx + 1) / 2;
#else
    registers.all.regs[2] = (registers.all.regs[2] + 1) / 2;
#endif
    write_registers(child, &registers);
}

static int
count_files(pid_t child)
{
    char path[64];
    int count = 0;
    snprintf(path, sizeof path, "/proc/%ld/fd", (long)child);
    DIR *folder = opendir(path);
    check(folder != NULL, path);
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

/* To the next stop: false when the process has ended. */
static bool
go_on(pid_t child, int signal, int *state)
{
    check(ptrace(PTRACE_SYSCALL, child, 0, (long)signal) == 0, "ptrace");
    check(waitpid(child, state, 0) == child, "waitpid");
    return WIFSTOPPED(*state);
}

/* At the entry of a call: false when it was the process's last. */
static bool
spring(pid_t child, const struct trap *trap, int *state)
{
    switch (trap->deed) {
    case DEED_NONE:
        return true;
    case DEED_FAIL:
        drop_call(child);
        return true;
    case DEED_CUT:
        halve_size(child);
        return true;
    case DEED_KILL:
        kill(child, SIGKILL);
        check(waitpid(child, state, 0) == child, "waitpid");
        return false;
    case DEED_MEET:
        trap->meet(trap->context);
        return true;
    }
    return true;
}

/* Where a heap lies, and so how often it grows, is not the same in two runs;
 * that it cannot grow is for memory.h. */
static bool
is_of_memory(long number)
{
    return number == SYS_brk || number == SYS_mmap || number == SYS_munmap ||
           number == SYS_mremap || number == SYS_madvise;
}

/* A call begins: false when it was the process's last. */
static bool
enter_call(pid_t child, const struct trap *trap, struct traced *traced,
           const struct ptrace_syscall_info *info)
{
    if (info->entry.nr == SYS_exit_group) {
        traced->files_left += count_files(child);
        return true;
    }
    if (is_of_memory((long)info->entry.nr))
        return true;
    check(traced->calls < CALLS_MAX, "more calls than are counted");
    traced->all[traced->calls] =
        (struct call){(long)info->entry.nr, (long)info->entry.args[0]};
    if (traced->calls++ != trap->at)
        return true;
    traced->is_sprung = true;
    return spring(child, trap, &traced->state);
}

/* At a stop of a call. */
static bool
pass_call(pid_t child, const struct trap *trap, struct traced *traced,
          bool *is_dropped)
{
    struct ptrace_syscall_info info;
    check(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) > 0,
          "system call");
    if (info.op == PTRACE_SYSCALL_INFO_EXIT && *is_dropped) {
        set_result(child, -(long)trap->error);
        *is_dropped = false;
    }
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return true;
    bool was_sprung = traced->is_sprung;
    bool goes_on = enter_call(child, trap, traced, &info);
    *is_dropped = traced->is_sprung && !was_sprung && trap->deed == DEED_FAIL;
    return goes_on;
}

void
tracer_follow(pid_t child, const struct trap *trap, struct traced *traced)
{
    int signal = 0;
    bool is_dropped = false;
    traced->calls = 0;
    traced->is_sprung = false;
    check(waitpid(child, &traced->state, 0) == child &&
              WIFSTOPPED(traced->state),
          "the child's beginning");
    check(ptrace(PTRACE_SETOPTIONS, child, 0,
                 (long)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) == 0,
          "options");
    traced->files_left = -count_files(child);
    while (go_on(child, signal, &traced->state)) {
        int stopped = WSTOPSIG(traced->state);
        signal = stopped == SYSCALL_STOP ? 0 : stopped;
        if (signal == 0 && !pass_call(child, trap, traced, &is_dropped))
            return;
    }
}

void
tracer_enter(void)
{
    check(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0, "ptrace");
    raise(SIGSTOP);
}
