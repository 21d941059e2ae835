# shellcheck shell=bash
# Which variables and secrets are set: names alone, never values. Needs
# github-api.sh and kinds.sh.

# Lines `gh …` for what is required and not set; BRX_UNSET counts them.
brx_inventory() {
    local file files name
    BRX_UNSET=0
    file=$BRX_SETTINGS/repository.json
    [[ ! -f $file ]] || brx_inventory_of "$file" \
        "repos/$BRX_REPOSITORY/actions" ''
    files=$(brx_files environments)
    while IFS= read -r file <&5; do
        [[ -n $file ]] || continue
        name=$(jq -r .name "$file")
        if [[ -n ${BRX_ONLY:-} ]] && ! grep -qxF -e "$name" <<<"$BRX_ONLY"; then
            continue
        fi
        brx_inventory_of "$file" "$(brx_environment_path "$name")" "$name"
    done 5<<<"$files"
}

# brx_inventory_of FILE PATH ENVIRONMENT: an empty environment is the
# repository itself.
brx_inventory_of() {
    local kind set rows required name what
    for kind in variable secret; do
        [[ $(jq ".${kind}s | length" "$1") != 0 ]] || continue
        set=$(brx_api_list "which ${kind}s ${3:-the repository} has" \
            "$2/${kind}s?per_page=30" "${kind}s")
        rows=$(jq -r --argjson set "$set" --arg kind "${kind}s" '.[$kind][]
            | select([.name] - [$set[].name] != [])
            | [(if .required then "required" else "optional" end), .name, .for]
            | @tsv' "$1")
        while IFS=$'\t' read -r required name what <&6; do
            [[ -z $name ]] || brx_inventory_say "$kind" "$required" "$name" \
                "$3" "$what"
        done 6<<<"$rows"
    done
}

brx_inventory_say() {
    local where=
    [[ -z $4 ]] || where=" --env $(printf '%q' "$4")"
    [[ $2 == required ]] || {
        brx_log "  optional  $1 $3${4:+ of $4}: $5"
        return
    }
    BRX_UNSET=$((BRX_UNSET + 1))
    brx_log "  not set   $1 $3${4:+ of $4}: $5"
    brx_log "            gh $1 set $3 --repo $BRX_REPOSITORY$where"
}
