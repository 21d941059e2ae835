# shellcheck shell=bash
# Is what GitHub holds what a file says? Lists whose order means nothing are
# compared by key, and what GitHub adds to a setting of its own is left out.

# shellcheck disable=SC2016 # the dollars are jq's
BRX_COMPARE='
    def key: if has("actor_type") then "\(.actor_type) \(.actor_id)"
        elif has("context") then .context
        elif has("id") then "\(.type) \(.id)"
        elif has("name") then .name else .type // tojson end;
    def keyed: if type == "object" then map_values(keyed)
        elif type != "array" then .
        elif any(.[]; type == "object")
            then {"#": (map({key: key, value: keyed}) | from_entries)}
        else sort end;
    def onto($wanted): . as $have
        | if type != "object" or ($wanted | type) != "object" then .
        elif has("#") then {"#": (.["#"]
            | with_entries(.key as $k | .value |= onto($wanted["#"][$k]?)))}
        else reduce ($wanted | keys_unsorted[]) as $k ({};
            .[$k] = ($have[$k] | onto($wanted[$k]))) end;
    def leaves: [paths((type != "object" and type != "array") or length == 0)
            as $path | {key: ($path | map(select(. != "#") | tostring)
                | join(".")), value: getpath($path)}]
        | map(select(.key != ""));
'

# brx_compare WANTED HAVE: lines of what differs, `- ` what GitHub has and `+ `
# what the file says; nothing when they agree.
brx_compare() {
    jq -rn --argjson wanted "$1" --argjson have "$2" "$BRX_COMPARE"'
        ($wanted | keyed) as $w | ($have | keyed | onto($w)) as $h
        | ($w | leaves) as $w | ($h | leaves) as $h
        | ($h - $w | map("- \(.key): \(.value | tojson)"))
            + ($w - $h | map("+ \(.key): \(.value | tojson)"))
        | sort_by(.[2:]) | .[]'
}
