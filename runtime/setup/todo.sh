# shellcheck shell=bash
# What remains for a person, gathered until the end. Needs log.sh.

BRX_TODO=()

# brx_todo TEXT...: said now, and again in the summary.
brx_todo() {
    BRX_TODO+=("$*")
    brx_log "  by hand: $*"
}

brx_todo_list() {
    local i
    if ((${#BRX_TODO[@]} == 0)); then
        brx_log "Nothing remains to be done by hand."
        return
    fi
    brx_log "What remains to be done by hand:"
    for i in "${!BRX_TODO[@]}"; do
        brx_log "  $((i + 1)). ${BRX_TODO[i]}"
    done
}
