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

# FAKE/fault has two words, which call it is about and what happens there:
# `fail`, `time-out` (as a bounded command ends that hung), `garbage` (an answer
# of nonsense), or `kill` (the script, with all that it started). The call is a
# number, or `next`: the first one that has not gone wrong yet, of which
# FAKE/gone-wrong keeps the list.
fake_fault() {
    local number=0 what='' count
    [[ -s $FAKE/fault && ! -e $FAKE/faulted ]] || return 0
    read -r number what <"$FAKE/fault"
    if [[ $number == next ]]; then
        fake_is_next || return 0
    else
        count=$(wc -l <"$FAKE/calls")
        ((count == number)) || return 0
    fi
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

# The last call, if it never went wrong: of equal ones each counts. A folder of
# mktemp has another name in each run.
fake_is_next() {
    local call line times=0
    while IFS= read -r line; do
        call=${line//broxc.??????/broxc}
    done <"$FAKE/calls"
    while IFS= read -r line; do
        [[ ${line//broxc.??????/broxc} != "$call" ]] || times=$((times + 1))
    done <"$FAKE/calls"
    call="$times $call"
    touch "$FAKE/gone-wrong"
    while IFS= read -r line; do
        [[ $line != "$call" ]] || return 1
    done <"$FAKE/gone-wrong"
    printf '%s\n' "$call" >>"$FAKE/gone-wrong"
}
