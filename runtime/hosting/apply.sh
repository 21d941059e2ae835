# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/confirm.sh lib/steps.sh lib/github-api.sh hosting/compare.sh hosting/kinds.sh hosting/plan.sh hosting/inventory.sh
# shellcheck shell=bash
# Makes GitHub's settings those of the files: rulesets, environments, branches,
# labels. Says first what would change, and asks; running it again does no
# harm. What it did not make, it does not delete.
#
# facts  BRX_PROJECT  BRX_REPOSITORY, OWNER/NAME; may be empty
#        BRX_UP, from here to the root  BRX_HOSTING, the settings' folder there
#        BRX_PLAN, GitHub's, when the program says it

brx_apply_usage() {
    printf '%s\n' "usage: ${0##*/} [--dry-run | --check] [--prune] [--yes]" \
        '' \
        "Makes the settings of ${BRX_REPOSITORY:-the repository} what the files" \
        "in $BRX_SETTINGS say." \
        '' \
        '--dry-run  says what would change, changes nothing' \
        '--check    the same, and ends with 3 when something differs' \
        '--prune    also deletes rulesets of broxc that no file says any more' \
        '--yes      does not ask' \
        '' \
        'Ends with 0 when GitHub is as the files say, 1 when something failed' \
        '(run it again: what is done is found), 2 for a wrong command, 3 when' \
        '--check found a difference, 4 when nobody confirmed or another run is' \
        'at work. It takes gh, signed in as an administrator, and jq.'
}

brx_apply_options() {
    local option
    BRX_CHECK='' BRX_PRUNE=''
    for option in "$@"; do
        case $option in
            --dry-run) BRX_DRY_RUN=yes ;;
            --check) BRX_DRY_RUN=yes BRX_CHECK=yes ;;
            --prune) BRX_PRUNE=yes ;;
            --yes) BRX_YES=yes ;;
            --help | -h)
                brx_apply_usage
                exit 0
                ;;
            *) brx_stop 2 "unknown argument $option; --help tells them all" ;;
        esac
    done
}

brx_apply_tools() {
    local tool missing=
    for tool in gh jq; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
}

brx_apply_left() {
    local id name
    BRX_LEFT=$(brx_hosting_left)
    while read -r id name; do
        [[ -n $id ]] || continue
        BRX_PLAN_CHANGES=$((BRX_PLAN_CHANGES + 1))
        brx_log "  left    ruleset      $name (no file says it; --prune deletes it)"
    done <<<"$BRX_LEFT"
}

brx_apply_prune() {
    local id name
    [[ -n $BRX_PRUNE ]] || return 0
    while read -r id name; do
        [[ -z $id ]] || brx_do "delete the ruleset $name" \
            brx_api_send "delete the ruleset $name" DELETE \
            "repos/$BRX_REPOSITORY/rulesets/$id"
    done <<<"$BRX_LEFT"
}

# What GitHub says afterwards is what counts.
brx_apply_proof() {
    brx_log "Looking again:"
    brx_hosting_begin
    brx_hosting_all
    ((BRX_PLAN_CHANGES == 0)) || brx_fail "GitHub took the changes and does" \
        "not show them; look at the differences above"
}

brx_apply_github() {
    # It is about all environments and none; --yes may stand for its word.
    BRX_TIER=shared
    BRX_SETTINGS=$(cd "$(dirname "${BASH_SOURCE[0]}")/$BRX_UP" && pwd)
    BRX_SETTINGS+=/$BRX_HOSTING
    brx_apply_options "$@"
    brx_apply_tools
    brx_lock apply-github
    brx_log "Settings of $BRX_REPOSITORY, from $BRX_SETTINGS:"
    brx_hosting_begin
    brx_hosting_all
    brx_apply_left
    brx_hosting_warn
    if ((BRX_PLAN_CHANGES > 0)) && [[ -z ${BRX_DRY_RUN:-} ]]; then
        brx_confirm APPLY "$BRX_PLAN_CHANGES settings would change."
        brx_steps_begin "$(brx_home)/apply-github" 1
        brx_step 1 "Change the settings" brx_hosting_do
        brx_apply_prune
        brx_apply_proof
        brx_steps_end
    fi
    brx_log "To be set by hand:"
    brx_inventory
    ((BRX_UNSET > 0)) || brx_log "  nothing that is required"
    brx_apply_verdict
}

brx_apply_verdict() {
    if [[ -n ${BRX_DRY_RUN:-} ]] && ((BRX_PLAN_CHANGES > 0)); then
        brx_log "$BRX_PLAN_CHANGES settings differ from the files"
        [[ -z $BRX_CHECK ]] || exit 3
        return
    fi
    brx_log "the settings are as the files say; $BRX_UNSET are to be set by hand"
    [[ -z $BRX_CHECK ]] || ((BRX_UNSET == 0)) || exit 3
}
