# shellcheck shell=bash
# Which release to go back to. Needs log.sh, releases.sh, deny.sh, git.sh and
# step.sh; reads BRX_MEMORY (of brx_memory) and BRX_RUNNING, {SERVICE: IMAGE}.

# The releases that are remembered, newest first, for people.
brx_goal_list() {
    jq -r --argjson running "$BRX_RUNNING" '.releases | reverse[]
        | "revision-\(.number)\t\(.version)\t\(.commit[:12])\t\(.time)\t" + (
            [if .withdrawn then "withdrawn \(.withdrawn)" else empty end,
             if .restores then "brings back \(.restores)" else empty end,
             if .images | with_entries(select(.key | in($running)))
                == $running then "runs now" else empty end] | join(", "))' \
        <<<"$BRX_MEMORY"
}

# brx_goal WANTED: BRX_GOAL, the record to go to. `previous` is what an
# unfinished way back was going to, if there is one.
brx_goal() {
    local going
    going=$(jq -c '.going // empty' <<<"$BRX_MEMORY")
    case $1 in
        previous)
            if [[ -n $going ]]; then
                brx_log "$(jq -r '"going back to release \(.to), begun at \(
                    .time) by \(.by), was not finished: it goes on"' \
                    <<<"$going")"
                BRX_GOAL=$(brx_goal_number "$(jq -r .to <<<"$going")")
            else
                BRX_GOAL=$(brx_goal_previous)
            fi
            ;;
        revision-*) BRX_GOAL=$(brx_goal_number "${1#revision-}") ;;
        *) BRX_GOAL=$(brx_goal_version "${1#v}") ;;
    esac
    brx_goal_denied
}

# The newest release before the one that runs, with other images, from which
# nobody has gone back: so going back twice does not bring the bad one back.
brx_goal_previous() {
    local found
    found=$(jq -c --argjson running "$BRX_RUNNING" '
        def runs: .images | with_entries(select(.key | in($running)))
            == $running;
        .releases as $all
        | ([$all[] | select(runs) | .restores // .number] | last // 1e9) as $now
        | [$all[] | select(.number < $now and (runs | not)
            and (.withdrawn | not))] | last // empty' <<<"$BRX_MEMORY")
    [[ -n $found ]] || brx_fail "no earlier release is remembered in" \
        "$BRX_ENVIRONMENT; what is:"$'\n'"$(brx_goal_list)"$'\n'"A version" \
        "that has a tag in git can be named: vX.Y.Z"
    printf '%s\n' "$found"
}

brx_goal_number() {
    local found
    found=$(jq -c --argjson number "$1" \
        '[.releases[] | select(.number == $number)] | last // empty' \
        <<<"$BRX_MEMORY")
    [[ -n $found ]] || brx_fail "release $1 is not remembered in" \
        "$BRX_ENVIRONMENT; what is:"$'\n'"$(brx_goal_list)"
    printf '%s\n' "$found"
}

# A version is looked for in the memory, then in git: its tag names a commit,
# and the registry says which images of it passed here.
brx_goal_version() {
    local found commit
    found=$(jq -c --arg version "$1" \
        '[.releases[] | select(.version == $version)] | last // empty' \
        <<<"$BRX_MEMORY")
    if [[ -n $found ]]; then
        printf '%s\n' "$found"
        return
    fi
    commit=$(brx_git_commit "refs/tags/v$1")
    [[ -n $commit ]] ||
        brx_fail "v$1 is neither remembered in $BRX_ENVIRONMENT nor a tag in" \
            "git; what is remembered:"$'\n'"$(brx_goal_list)"
    brx_goal_tagged "$1" "$commit"
}

brx_goal_tagged() {
    local images
    brx_checkout "$2" >&2
    brx_pipeline 120 sign-in "BRX_REGISTRY=$BRX_REGISTRY" >&2
    (cd "$BRX_WORK/source" && brx_pipeline 600 resolve-digest \
        "BRX_REPOSITORIES=$BRX_REPOSITORIES" "BRX_FROM=$BRX_ENVIRONMENT" >&2)
    images=$(brx_result images | brx_images_json)
    jq -cn --arg version "$1" --arg commit "$2" --argjson images "$images" \
        --arg source "$(git rev-parse "$2^{tree}")" \
        '{number: 0, version: $version, commit: $commit, source: $source,
          time: "its tag", images: $images}'
}

brx_goal_denied() {
    local version reason
    version=$(brx_release_key "$BRX_GOAL" version)
    reason=$(brx_denied "$version")
    [[ -z $reason ]] ||
        brx_fail "$version is denied: $reason. Name another release:"$'\n'"$(
            brx_goal_list
        )"
}
