# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Waiting, but never for ever. Needs log.sh.

# brx_bounded SECONDS COMMAND...: a command that hangs is ended, with 124.
brx_bounded() {
    timeout --foreground --kill-after=5 "$@"
}

# brx_until SECONDS DELAY COMMAND...: tried again every DELAY seconds until it
# succeeds; gives what the last try gave.
brx_until() {
    local seconds=$1 delay=$2 waited=0 status
    shift 2
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0 || waited >= seconds)); then
            return "$status"
        fi
        sleep "$delay"
        waited=$((waited + delay))
    done
}
