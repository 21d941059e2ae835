# shellcheck shell=bash
# Gates: each is printed as passed, as waiting until a time or for somebody, or
# as failed, with the reason. Needs log.sh, journal.sh and
# steps.sh, and BRX_WORK.

BRX_GATES=passed # or waiting, or failed: the worst so far

# brx_gate NAME COMMAND...: the last line that COMMAND prints is the reason. It
# exits with 3 when time or other people will open the gate.
brx_gate() {
    local name=$1 said=$BRX_WORK/gate status=0 reason
    shift
    # In the background, since `set -e` does not work left of an `||`.
    "$@" >"$said" 2>&1 </dev/null &
    wait "$!" || status=$?
    reason=$(brx_foreign <"$said")
    reason=${reason##*$'\n'}
    reason=${reason#error: }
    case $status in
        0) brx_gate_line "$name" passed ": $reason" ;;
        3) brx_gate_line "$name" waiting " $reason" ;;
        124) brx_gate_line "$name" failed " because nothing answered in time" ;;
        *)
            sed '$d; s/^/    /' "$said" | brx_foreign
            brx_gate_line "$name" failed " because $reason"
            ;;
    esac
    [[ $BRX_GATES == passed || -n ${BRX_DRY_RUN:-} ]] || brx_gates_end
}

brx_gate_line() {
    brx_log "gate $1: $2$3"
    [[ $2 == passed || $BRX_GATES == failed ]] || BRX_GATES=$2
}

# brx_gate_wait REASON: what a gate's command ends with when it has to wait.
brx_gate_wait() {
    printf '%s\n' "$*"
    exit 3
}

# Ends the script unless every gate has passed: nothing was changed so far, so
# that it is in no step that could be taken up again.
brx_gates_end() {
    local code=1
    [[ $BRX_GATES != passed ]] || return 0
    # shellcheck disable=SC2034 # steps.sh reads it
    BRX_STEP=0
    [[ -n ${BRX_DRY_RUN:-} ]] || brx_journal_put "$BRX_JOURNAL" status stopped
    if [[ $BRX_GATES == waiting ]]; then
        brx_log "Nothing was released. When the gate is open, run the same" \
            "command again."
        code=3
    else
        brx_log "Nothing was released."
    fi
    exit "$code"
}
