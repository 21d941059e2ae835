#!/usr/bin/env bash
# Does GitHub's REST API take what we write for it? The settings of every
# program that has some are held against the tables of rest.jq, and the tables
# against bodies that the API refuses.
#
#     tests/hosting/rest.sh BROXC
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
bodies=0

# reads SHAPE: each body on standard input, the numbers of teams in it.
reads() {
    jq -r --arg shape "$1" 'walk(if type != "object" or (has("slug") | not) then .
        elif has("actor_type") then .actor_id = 1 | del(.slug)
        else .id = 1 | del(.slug) end) | '"$(<"$here/rest.jq")"
}

# accept SHAPE FILE FILTER: each body that FILTER gives is taken.
accept() {
    local said
    jq -c "$3" "$2" >"$work/bodies"
    said=$(reads "$1" <"$work/bodies")
    bodies=$((bodies + $(wc -l <"$work/bodies")))
    [ -z "$said" ] || {
        echo "$2: $said"
        failed=1
    }
}

# refuse SHAPE BODY WHAT: the table says that.
refuse() {
    local said
    said=$(reads "$1" <<<"$2")
    case $said in
    *"$3"*) ;;
    *)
        echo "the table takes $2 (says: $said)"
        failed=1
        ;;
    esac
}

for program in examples/*/envs.brx testdata/emit/*/main.brx; do
    out=$work/$(dirname "$program" | tr / -)
    "$broxc" build "$program" -o "$out" --only hosting >"$out.said" 2>&1 || {
        cat "$out.said"
        exit 1
    }
    while IFS= read -r file; do
        case $file in
        */rulesets/*) accept ruleset "$file" . ;;
        */branches/*) accept branch "$file" .protection ;;
        */environments/*)
            accept environment "$file" .settings
            accept branch_policy "$file" '.branch_policies[]'
            ;;
        */labels.json) accept label "$file" '.[]' ;;
        esac
    done < <(find "$out" -name '*.json' | sort)
done

refuse environment '{"wait_timer": 43201}' 'not within 0..43200'
refuse environment '{"wait_timer": "5"}' 'string instead of number'
refuse environment '{"reviewers": [1, 2, 3, 4, 5, 6, 7]}' '7 items'
refuse environment '{"reviewers": [{"type": "Robot", "id": 1}]}' 'Robot'
refuse environment '{"reviewer": null}' 'no such field'
refuse environment '{"deployment_branch_policy":
    {"protected_branches": true, "custom_branch_policies": true}}' 'both are the same'
refuse branch_policy '{"type": "branch"}' 'name is missing'
refuse label '{"name": "a", "color": "#ffffff"}' '#ffffff'
refuse ruleset '{"name": "a", "enforcement": "on"}' 'not one of'
refuse ruleset '{"name": "a", "enforcement": "active", "rules":
    [{"type": "deletion", "parameters": {}}]}' 'takes no parameters'
refuse ruleset '{"name": "a", "enforcement": "active", "rules":
    [{"type": "force_push"}]}' 'no rule is called'
refuse ruleset '{"name": "a", "enforcement": "active", "rules": [{"type":
    "required_status_checks", "parameters": {"required_status_checks": [{}],
    "strict_required_status_checks_policy": true}}]}' 'context is missing'
refuse branch '{"enforce_admins": true}' 'restrictions is missing'
refuse branch '{"enforce_admins": null, "required_status_checks": null,
    "restrictions": null, "required_pull_request_reviews":
    {"required_approving_review_count": 7}}' 'not within 0..6'

[ "$bodies" -ge 20 ] || {
    echo "only $bodies bodies were read"
    failed=1
}
[ "$failed" -ne 0 ] || echo "$bodies bodies"
exit "$failed"
