# shellcheck shell=bash
# Sourced by every fake: writes the call down, and fails where a test says so.

fake_record() {
    local word
    printf '%s' "$1" >>"$FAKE/calls"
    for word in "${@:2}"; do
        printf ' %q' "$word" >>"$FAKE/calls"
    done
    printf '\n' >>"$FAKE/calls"
    fake_fault "$*"
    if [[ -s $FAKE/fail ]] && grep -qE -f "$FAKE/fail" <<<"$*"; then
        printf 'fake failure of %s\n' "$*" >&2
        exit 1
    fi
}

# FAKE/fault has two words, a number and what happens at that call: `fail`,
# `time-out` (as a bounded command ends that hung), `garbage` (an answer of
# nonsense), or `kill` (the script, with all that it started).
fake_fault() {
    local number=0 what='' count
    [[ -s $FAKE/fault ]] || return 0
    read -r number what <"$FAKE/fault"
    count=$(wc -l <"$FAKE/calls")
    ((count == number)) || return 0
    printf '%s\n' "$1" >"$FAKE/faulted"
    case $what in
        fail) exit 1 ;;
        time-out) exit 124 ;;
        garbage)
            printf '<html>\n\001 "[{'
            exit 0
            ;;
        kill) kill -KILL -- "-$(<"$FAKE/main")" ;;
    esac
}
