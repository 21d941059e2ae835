# shellcheck shell=bash
# The report of a rollback: a template of runtime/templates/, filled with what
# is known. Needs template.sh, home.sh, way.sh and releases.sh; reads the
# facts BRX_INCIDENT (the template), BRX_MIGRATIONS and BRX_BRANCH.

# What going back does not take back, one item a line.
brx_remains() {
    local service kind
    while read -r service kind; do
        case $kind in
            reversible)
                printf '%s\n' "- the database of \`$service\`: it stays as the \
newer release left it, and the older one is said to work with that"
                ;;
            one-way)
                printf '%s\n' "- **the database of \`$service\`**: its \
migration goes one way, and the older release may not work with what is there"
                ;;
        esac
    done <<<"${BRX_MIGRATIONS:-}"
    printf '%s\n' \
        "- git: \`$BRX_BRANCH\` still holds the newer release, and the next \
push to it releases that again: revert it there" \
        '- data that was written, messages that were sent, and calls to others' \
        '- objects that the newer release added to the cluster: they stay'
}

# brx_incident FILE OUTCOME: written whole or not at all.
brx_incident() {
    local images
    images=$(brx_running | sed 's/.*/- &/') || images='- nobody could look'
    (umask 077 && brx_fill_holes "$BRX_INCIDENT" PROJECT "$BRX_PROJECT" \
        ENVIRONMENT "$BRX_ENVIRONMENT" BEGAN "$BRX_BEGAN" ENDED "$(brx_time)" \
        WHO "$(brx_cell "$(brx_who)")" REASON "$(brx_cell "$BRX_REASON")" \
        FROM "$(brx_cell "$BRX_FROM_NAME")" \
        TO "$(brx_cell "$(brx_release_name "$BRX_GOAL")")" \
        HOW "$(brx_cell "$BRX_HOW")" OUTCOME "$(brx_cell "$2")" \
        STEPS "$BRX_DONE" IMAGES "$images" VERIFIED "$BRX_VERIFIED" \
        REMAINS "$(brx_remains)" BACKUP "$BRX_BACKUP" >"$1.new")
    mv -f -- "$1.new" "$1"
}
