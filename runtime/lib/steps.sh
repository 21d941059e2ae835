# shellcheck shell=bash
# Work in numbered steps, which says where it stands: to the person, and to the
# run after one that was stopped. Each step looks first and does what is
# missing, so that it may always be run again. Needs log.sh, exit.sh, home.sh,
# journal.sh and audit.sh; reads BRX_DRY_RUN, BRX_FROM (a number) and BRX_WHOLE
# (of a script that cannot begin in the middle).

BRX_STEP=0

# brx_steps_begin JOURNAL COUNT: says what an earlier run left, if it did not
# get to its end.
brx_steps_begin() {
    local status
    BRX_JOURNAL=$1 BRX_STEP_COUNT=$2
    brx_at_exit brx_steps_stopped
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    status=$(brx_journal_get "$BRX_JOURNAL" status)
    case $status in
        running | failed) brx_steps_left "$status" ;;
    esac
    brx_journal_put "$BRX_JOURNAL" status running step 0 name begin \
        who "$(brx_who)" started "$(brx_time)"
}

brx_steps_left() {
    local step name who started how='failed in'
    step=$(brx_journal_get "$BRX_JOURNAL" step)
    name=$(brx_journal_get "$BRX_JOURNAL" name)
    who=$(brx_journal_get "$BRX_JOURNAL" who)
    started=$(brx_journal_get "$BRX_JOURNAL" started)
    [[ $1 == failed ]] || how='was cut off in'
    brx_log "The run of $started by $who $how step $step of $BRX_STEP_COUNT," \
        "$name. What stands is found and left as it is."
}

# brx_step NUMBER NAME COMMAND...: left out when --from begins behind it.
brx_step() {
    if (($1 < ${BRX_FROM:-1})); then
        brx_log "[$1/$BRX_STEP_COUNT] $2: left out"
        return
    fi
    brx_step_always "$@"
}

# The same for a step that later ones stand on.
brx_step_always() {
    BRX_STEP=$1 BRX_STEP_NAME=$2
    shift 2
    brx_log "[$BRX_STEP/$BRX_STEP_COUNT] $BRX_STEP_NAME"
    [[ -n ${BRX_DRY_RUN:-} ]] ||
        brx_journal_put "$BRX_JOURNAL" step "$BRX_STEP" name "$BRX_STEP_NAME"
    "$@"
}

# brx_do WHAT COMMAND...: the one door to a change. A rehearsal only says it.
brx_do() {
    local what=$1
    shift
    if [[ -n ${BRX_DRY_RUN:-} ]]; then
        brx_log "  would $what"
        return
    fi
    brx_log "  $what"
    brx_audit change "what=$what"
    "$@"
}

brx_steps_end() {
    [[ -n ${BRX_DRY_RUN:-} ]] ||
        brx_journal_put "$BRX_JOURNAL" status 'done' ended "$(brx_time)"
    BRX_STEP=0
}

# At the script's end: was it inside a step?
brx_steps_stopped() {
    local again=", or with --from $BRX_STEP"
    ((BRX_STEP > 0 && BRX_CODE != 0)) || return 0
    [[ -z ${BRX_WHOLE:-} ]] || again=
    brx_warn "stopped in step $BRX_STEP of $BRX_STEP_COUNT, $BRX_STEP_NAME;" \
        "the steps before it are done. Mend what the message names, and run" \
        "the same command again$again"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    brx_journal_put "$BRX_JOURNAL" status failed
    brx_audit stopped "step=$BRX_STEP" "name=$BRX_STEP_NAME" "code=$BRX_CODE"
}
