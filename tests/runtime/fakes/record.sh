# shellcheck shell=bash
# Sourced by every fake: writes the call down, and fails where a test says so.
# Fakes are started thousands of times: they use what bash has in itself, and
# name bash by its path.

fake_record() {
    local text=$* words=
    (($# == 1)) || printf -v words ' %q' "${@:2}"
    printf '%s\n' "$1$words" >>"$FAKE/calls"
    [[ ! -s $FAKE/fault ]] || fake_fault "$text"
    if [[ -s $FAKE/fail && $text =~ $(<"$FAKE/fail") ]]; then
        printf 'fake failure of %s\n' "$text" >&2
        exit 1
    fi
}

# Where FAKE/fault is `KIND,KIND... PATTERN`, each call that fits the pattern goes
# wrong once, in one of the ways in their turn: `fail`, `time-out` (as a bounded
# command ends that hung), `garbage` (an answer of nonsense), or `kill` (the
# script, with all that it started). FAKE/gone-wrong keeps the list over many
# runs. The call behind it, which may be the same question again, goes well.
fake_fault() {
    local what='' pattern=''
    read -r what pattern <"$FAKE/fault"
    fake_is_next "$1" || return 0
    printf '%s: %s\n' "$what" "$1" >"$FAKE/faulted"
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

# Did this call never go wrong? Of equal ones in a run each counts; a file or folder
# of mktemp has another name in each run. `what` is the word whose turn it is.
fake_is_next() {
    local call=$1 line times=1 asked=() gone=() ways
    local made='/([a-z]+)\.([A-Za-z0-9]{10}|[A-Za-z0-9]{6})(/|[[:space:]]|$)'
    [[ $call =~ $pattern && $call != 'sleep '* ]] || return 1
    while [[ $call =~ $made ]]; do
        call=${call/"${BASH_REMATCH[0]}"//${BASH_REMATCH[1]}${BASH_REMATCH[3]}}
    done
    call=${call//$'\n'/ }
    [[ ! -e $FAKE/asked ]] || mapfile -t asked <"$FAKE/asked"
    for line in ${asked[@]+"${asked[@]}"}; do
        [[ $line != "$call" ]] || times=$((times + 1))
    done
    printf '%s\n' "$call" >>"$FAKE/asked"
    if [[ -s $FAKE/faulted ]]; then
        : >"$FAKE/faulted"
        return 1
    fi
    call="$times $call"
    [[ ! -e $FAKE/gone-wrong ]] || mapfile -t gone <"$FAKE/gone-wrong"
    for line in ${gone[@]+"${gone[@]}"}; do
        [[ $line != "$call" ]] || return 1
    done
    printf '%s\n' "$call" >>"$FAKE/gone-wrong"
    IFS=, read -ra ways <<<"$what"
    what=${ways[${#gone[@]} % ${#ways[@]}]}
}

# fake_print FILE [ELSE]: what is in it, or ELSE when it is not there.
fake_print() {
    if [[ -f $1 ]]; then
        local text
        IFS= read -r -d '' text <"$1" || true
        printf '%s' "$text"
    elif (($# > 1)); then
        printf '%s\n' "$2"
    else
        return 1
    fi
}
