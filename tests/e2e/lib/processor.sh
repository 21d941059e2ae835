# shellcheck shell=bash
# Sourced by what compares a build on one processor with one on all, and by what
# counts instructions: with two, a build shares its work out anew each time, and
# waits now here, now there.

on_one_processor() { # COMMAND...
    local allowed
    allowed=$(taskset --cpu-list --pid "$BASHPID")
    allowed=${allowed##*: }
    taskset --cpu-list "${allowed%%[-,]*}" "$@"
}
