# shellcheck shell=bash
# A person types a word before something is done. Needs log.sh, home.sh and
# audit.sh; reads the facts BRX_TIER, BRX_YES (of --yes) and BRX_DRY_RUN.

# brx_confirm WORD [QUESTION]: stops with 4 unless WORD is typed at a terminal.
# --yes stands for it, but never in production.
brx_confirm() {
    local typed=
    brx_log "${2:-Go on?}"
    if [[ -n ${BRX_DRY_RUN:-} ]]; then
        brx_log "would ask for: $1"
        return
    fi
    if [[ -n ${BRX_YES:-} ]]; then
        brx_refuse_yes
        brx_audit confirmed "word=$1" how=--yes
        return
    fi
    [[ -t 0 ]] ||
        brx_stop 4 "not confirmed: nobody sits at a terminal to type '$1'"
    printf 'Type %s to go on: ' "$1"
    IFS= read -r typed || true
    if [[ $typed != "$1" ]]; then
        brx_audit refused "word=$1"
        brx_stop 4 "not confirmed, nothing was done"
    fi
    brx_audit confirmed "word=$1" how=typed
}

# Called early too, so that --yes is refused before anything is looked at.
brx_refuse_yes() {
    [[ -z ${BRX_YES:-} || ${BRX_TIER:-production} != production ]] ||
        brx_stop 2 "--yes is refused for production: somebody must type it"
}
