# shellcheck shell=bash
# What is done at a script's end, however it ends. The last added comes first.

BRX_AT_EXIT=()

# brx_at_exit COMMAND: one word; it finds the exit code in BRX_CODE, and what
# it says of itself changes nothing.
brx_at_exit() {
    BRX_AT_EXIT=("$1" "${BRX_AT_EXIT[@]+"${BRX_AT_EXIT[@]}"}")
    trap 'brx_exit "$?"' EXIT
    # Else the code of a signal is that of the command before it.
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

brx_exit() {
    local command
    BRX_CODE=$1
    trap - EXIT
    for command in "${BRX_AT_EXIT[@]}"; do
        "$command" || true
    done
    exit "$BRX_CODE"
}
