# shellcheck shell=bash
# Sourced by every fake: writes the call down, and fails where a test says so.

fake_record() {
    local word
    printf '%s' "$1" >>"$FAKE/calls"
    for word in "${@:2}"; do
        printf ' %q' "$word" >>"$FAKE/calls"
    done
    printf '\n' >>"$FAKE/calls"
    if [[ -s $FAKE/fail ]] && grep -qE -f "$FAKE/fail" <<<"$*"; then
        printf 'fake failure of %s\n' "$*" >&2
        exit 1
    fi
}
