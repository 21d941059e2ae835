# shellcheck shell=bash
# What would change: every setting of every file beside what GitHub has. Needs
# kinds.sh.

# What belongs to whom, before anything is compared: BRX_REPOSITORY, BRX_OWNER,
# BRX_TEAMS. Everything that somebody must mend is said at once.
brx_hosting_begin() {
    local repository
    if [[ -z $BRX_REPOSITORY ]]; then
        brx_fail "the program names no repository: write it in \`project\`"
    fi
    [[ -d $BRX_SETTINGS ]] ||
        brx_fail "there is no folder $BRX_SETTINGS: build the program first"
    repository=$(brx_api_get "what $BRX_REPOSITORY is" "repos/$BRX_REPOSITORY")
    [[ -n $repository ]] || brx_fail "there is no repository $BRX_REPOSITORY," \
        "or you may not see it"
    [[ $(jq '.permissions.admin == true' <<<"$repository") == true ]] ||
        brx_fail "you are no administrator of $BRX_REPOSITORY"
    BRX_OWNER=${BRX_REPOSITORY%%/*}
    BRX_SEEN=$(jq -r '.visibility // "private"' <<<"$repository")
    brx_hosting_teams "$(jq -r '.owner.type // ""' <<<"$repository")"
    BRX_RULESETS=$(brx_api_list "which rulesets there are" \
        "repos/$BRX_REPOSITORY/rulesets?per_page=100&includes_parents=false" '')
    BRX_LABELS=$(brx_api_list "which labels there are" \
        "repos/$BRX_REPOSITORY/labels?per_page=100" '')
    BRX_PLAN_KINDS=() BRX_PLAN_NAMES=() BRX_PLAN_WANTED=() BRX_PLAN_STATES=()
    BRX_PLAN_CHANGES=0
}

brx_hosting_teams() {
    local slugs slug team missing=
    BRX_TEAMS='{}'
    slugs=$(brx_slugs)
    [[ -z $slugs || $1 != User ]] || brx_fail "$BRX_OWNER is a person: only" \
        "an organization has the teams ${slugs//$'\n'/, }"
    for slug in $slugs; do
        team=$(brx_api_get "which number the team $slug has" \
            "orgs/$BRX_OWNER/teams/$slug")
        if [[ -z $team ]]; then
            missing+=" $slug"
            continue
        fi
        BRX_TEAMS=$(jq -c --arg slug "$slug" --argjson team "$team" \
            '.[$slug] = ($team.id | numbers)' <<<"$BRX_TEAMS") ||
            brx_fail "GitHub gives no number for the team $slug"
    done
    [[ -z $missing ]] || brx_fail "no such team in $BRX_OWNER:$missing; make" \
        "it, or correct the program"
}

# brx_hosting_add KIND NAME WANTED: with what GitHub has of it.
brx_hosting_add() {
    local have difference state=same
    have=$("brx_$1_have" "$2")
    if [[ -z $have ]]; then
        state=create
        difference=
    else
        difference=$(brx_compare "$3" "$have")
        [[ -z $difference ]] || state=update
    fi
    BRX_PLAN_KINDS+=("$1")
    BRX_PLAN_NAMES+=("$2")
    BRX_PLAN_WANTED+=("$3")
    BRX_PLAN_STATES+=("$state")
    [[ $state == same ]] || BRX_PLAN_CHANGES=$((BRX_PLAN_CHANGES + 1))
    printf '  %-6s  %-11s  %s\n' "$state" "$1" "$2"
    [[ -z $difference ]] || brx_foreign <<<"            ${difference//$'\n'/$'\n'            }"
}

# brx_hosting_files KIND FOLDER KEY FIELDS: a setting for each file.
brx_hosting_files() {
    local file files wanted name
    files=$(brx_files "$2")
    [[ -n $files ]] || return 0
    while IFS= read -r file <&4; do
        wanted=$(brx_wanted "$file")
        name=$(jq -r --arg key "$3" '.[$key]' <<<"$wanted")
        if [[ -n ${BRX_ONLY:-} ]] && ! grep -qxF -e "$name" <<<"$BRX_ONLY"; then
            continue
        fi
        brx_hosting_add "$1" "$name" "$(jq -c "$4" <<<"$wanted")"
    done 4<<<"$files"
}

# GitHub refuses some of it on some plans; better said before than after.
brx_hosting_warn() {
    local held
    [[ $BRX_SEEN != public && $BRX_PLAN != enterprise ]] || return 0
    held=$(jq -r 'select(.settings.reviewers or .settings.wait_timer > 0)
        | .name' "$BRX_SETTINGS"/environments/*.json 2>/dev/null) || held=
    [[ -z $held ]] || brx_warn "$BRX_REPOSITORY is $BRX_SEEN: reviewers and" \
        "waiting times take GitHub Enterprise (${held//$'\n'/, })"
    [[ $BRX_PLAN != free ]] || brx_warn "$BRX_REPOSITORY is $BRX_SEEN: rules" \
        "for branches take GitHub Pro, Team or Enterprise"
}

# Environments first: a ruleset may ask for a deployment to one.
brx_hosting_environments() {
    brx_hosting_files environment environments name \
        '{name, settings, branch_policies}'
}

brx_hosting_all() {
    local labels label name
    brx_hosting_environments
    brx_hosting_files ruleset rulesets name .
    brx_hosting_files branch branches branch .
    [[ -f $BRX_SETTINGS/labels.json ]] || return 0
    labels=$(jq -c '.[]' "$BRX_SETTINGS/labels.json")
    while IFS= read -r label <&4; do
        name=$(jq -r .name <<<"$label")
        brx_hosting_add label "$name" "$label"
    done 4<<<"$labels"
}

# Rulesets that broxc made and no file says any more.
brx_hosting_left() {
    local declared
    declared=$(printf '%s\n' "${BRX_PLAN_NAMES[@]+"${BRX_PLAN_NAMES[@]}"}")
    jq -r --arg declared "$declared" '($declared | split("\n")) as $names
        | .[] | select((.name | startswith("broxc ")) and
            ([.name] - $names != [])) | "\(.id) \(.name)"' <<<"$BRX_RULESETS"
}

# Does what was planned; each change is one call of brx_do.
brx_hosting_do() {
    local i kind name
    for i in "${!BRX_PLAN_KINDS[@]}"; do
        kind=${BRX_PLAN_KINDS[i]} name=${BRX_PLAN_NAMES[i]}
        [[ ${BRX_PLAN_STATES[i]} != same ]] || continue
        brx_do "${BRX_PLAN_STATES[i]} the $kind $name" \
            "brx_${kind}_put" "$name" "${BRX_PLAN_WANTED[i]}"
    done
}
