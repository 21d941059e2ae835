# shellcheck shell=bash
# The kinds of settings: for each, the files that say what is wanted, what
# GitHub has in the same shape, and the calls that make it so. Needs
# github-api.sh, steps.sh and compare.sh; reads BRX_REPOSITORY, BRX_SETTINGS (a
# folder) and BRX_TEAMS, {SLUG: NUMBER}.

# brx_files FOLDER: its files, in order.
brx_files() {
    local file
    for file in "$BRX_SETTINGS/$1"/*.json; do
        [[ ! -f $file ]] || printf '%s\n' "$file"
    done
}

# A file with the numbers of its teams in place of their slugs.
brx_wanted() {
    jq -ce --argjson teams "$BRX_TEAMS" 'walk(
        if type != "object" or (has("slug") | not) then .
        elif has("actor_type") then .actor_id = $teams[.slug] | del(.slug)
        else .id = $teams[.slug] | del(.slug) end)' "$1" ||
        brx_fail "$1 cannot be read"
}

# Every slug in the files, each once.
brx_slugs() {
    local files
    mapfile -t files < <(brx_files rulesets && brx_files environments &&
        brx_files branches)
    ((${#files[@]})) || return 0
    jq -r '.. | objects | .slug? // (.restrictions?.teams? // [])[]?
        | strings' "${files[@]}" | sort -u
}

# ---- rulesets ----

# What GitHub has of this name; the list holds no rules, so each is asked for.
brx_ruleset_have() {
    local id
    id=$(brx_ruleset_id "$1")
    [[ -n $id ]] || return 0
    brx_api_get "what the ruleset $1 says" "repos/$BRX_REPOSITORY/rulesets/$id"
}

brx_ruleset_id() {
    jq -r --arg name "$1" 'map(select(.name == $name)) | first // {}
        | .id // empty' <<<"$BRX_RULESETS"
}

brx_ruleset_put() {
    local id
    id=$(brx_ruleset_id "$1")
    if [[ -n $id ]]; then
        brx_api_send "change the ruleset $1" PUT \
            "repos/$BRX_REPOSITORY/rulesets/$id" "$2"
    else
        brx_api_send "make the ruleset $1" POST \
            "repos/$BRX_REPOSITORY/rulesets" "$2"
    fi
}

# ---- classic protection ----

# As the API takes it, from what it gives; with the two that are its own calls.
brx_branch_have() {
    local path have signatures
    path=repos/$BRX_REPOSITORY/branches/$(brx_api_name "$1")/protection
    have=$(brx_api_get "how $1 is protected" "$path")
    [[ -n $have ]] || return 0
    signatures=$(brx_api_get "whether $1 is signed" "$path/required_signatures")
    jq -c --arg branch "$1" --argjson signatures "${signatures:-null}" '
        def on: (. // {}) | .enabled // false;
        {branch: $branch, required_signatures: ($signatures | on),
        protection: {
            required_status_checks: (.required_status_checks
                | if . then {strict, checks} else null end),
            enforce_admins: (.enforce_admins | on),
            required_pull_request_reviews: .required_pull_request_reviews,
            restrictions: (.restrictions | if . then {
                users: [.users[]?.login], teams: [.teams[]?.slug],
                apps: [.apps[]?.slug]} else null end),
            required_linear_history: (.required_linear_history | on),
            allow_force_pushes: (.allow_force_pushes | on),
            allow_deletions: (.allow_deletions | on),
            block_creations: (.block_creations | on),
            required_conversation_resolution:
                (.required_conversation_resolution | on),
            lock_branch: (.lock_branch | on),
            allow_fork_syncing: (.allow_fork_syncing | on)}}' <<<"$have"
}

brx_branch_put() {
    local path method=DELETE
    path=repos/$BRX_REPOSITORY/branches/$(brx_api_name "$1")/protection
    brx_api_send "protect the branch $1" PUT "$path" \
        "$(jq -c .protection <<<"$2")"
    [[ $(jq .required_signatures <<<"$2") != true ]] || method=POST
    brx_api_send "say whether commits on $1 are signed" "$method" \
        "$path/required_signatures"
}

# ---- environments ----

brx_environment_path() {
    printf 'repos/%s/environments/%s\n' "$BRX_REPOSITORY" "$(brx_api_name "$1")"
}

brx_environment_have() {
    local path have branches
    path=$(brx_environment_path "$1")
    have=$(brx_api_get "how $1 is guarded" "$path")
    [[ -n $have ]] || return 0
    branches=$(brx_api_list "which branches $1 takes" \
        "$path/deployment-branch-policies?per_page=100" branch_policies)
    jq -c --arg name "$1" --argjson branches "$branches" '
        def rule($type): [.protection_rules[]? | select(.type == $type)]
            | first // {};
        rule("required_reviewers") as $review
        | {name: $name, settings: {
            wait_timer: (rule("wait_timer").wait_timer // 0),
            prevent_self_review: ($review.prevent_self_review // false),
            reviewers: ([$review.reviewers[]? | {type, id: .reviewer.id}]
                | if . == [] then null else . end),
            deployment_branch_policy},
          branch_policies: [$branches[] | {name, type: (.type // "branch")}]}' \
        <<<"$have"
}

# The settings, then the branches: those that are missing are added before
# others are taken away.
brx_environment_put() {
    local path have rows row
    path=$(brx_environment_path "$1")
    brx_api_send "set up the environment $1" PUT "$path" \
        "$(jq -c .settings <<<"$2")"
    path+=/deployment-branch-policies
    have=$(brx_api_list "which branches $1 takes" "$path?per_page=100" \
        branch_policies)
    rows=$(jq -c --argjson have "$have" '(.branch_policies
        - [$have[] | {name, type: (.type // "branch")}])[]' <<<"$2")
    while read -r row <&5; do
        [[ -z $row ]] ||
            brx_api_send "let a branch into $1" POST "$path" "$row"
    done 5<<<"$rows"
    rows=$(jq -r --argjson wanted "$2" '.[] | select([{name,
        type: (.type // "branch")}] - $wanted.branch_policies != [])
        | .id' <<<"$have")
    while read -r row <&5; do
        [[ -z $row ]] ||
            brx_api_send "keep a branch out of $1" DELETE "$path/$row"
    done 5<<<"$rows"
}

# ---- labels ----

brx_label_have() {
    jq -c --arg name "$1" 'map(select(.name | ascii_downcase
        == ($name | ascii_downcase))) | first // empty
        | {name, color, description}' <<<"$BRX_LABELS"
}

brx_label_put() {
    local have
    have=$(brx_label_have "$1")
    if [[ -n $have ]]; then
        brx_api_send "change the label $1" PATCH \
            "repos/$BRX_REPOSITORY/labels/$(brx_api_name "$1")" \
            "$(jq -c '{new_name: .name, color, description}' <<<"$2")"
    else
        brx_api_send "make the label $1" POST \
            "repos/$BRX_REPOSITORY/labels" "$2"
    fi
}
