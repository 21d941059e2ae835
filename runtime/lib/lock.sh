# shellcheck shell=bash
# One run at a time on this machine. The system lets go of a lock when the run
# and what it started have ended, however they end. Needs log.sh and home.sh.

# brx_lock NAME: held until the script's end; stops with 4 when another run
# holds it, and says which.
brx_lock() {
    local file
    file=$(brx_home)/$1.lock
    exec {BRX_LOCK}>>"$file"
    flock --nonblock "$BRX_LOCK" ||
        brx_stop 4 "another run is at work: $(<"$file")"
    printf '%s, process %s, since %s\n' "$(brx_who)" "$$" "$(brx_time)" >"$file"
}
