# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Deletes the namespace of a pull request; without one, those of all whose time
# is over. A namespace goes only when its labels and its name say the same
# number: what somebody else made is left, whatever it is called.
#
# in   BRX_FROM          NAMESPACE, which previews are taken from
#      BRX_PULL_REQUEST  a number, or empty: all that are past their time
#      BRX_TTL           seconds since the last deployment
set -euo pipefail

# `NAME NUMBER SECONDS-SINCE-IT-WAS-MADE` of each preview.
previews() {
    brx_retry 3 5 kubectl get namespaces \
        --selector "broxc/preview-of=$BRX_FROM" --output json |
        jq -r --arg from "$BRX_FROM" '.items[]
            | select(.metadata.deletionTimestamp == null)
            | (.metadata.labels["broxc/preview"] // "") as $number
            | select($number | test("^[1-9][0-9]*$"))
            | select(.metadata.labels["broxc/preview-of"] == $from)
            | select(.metadata.name == "\($from)-pr-\($number)")
            | "\(.metadata.name) \($number) \(
                now - (.metadata.creationTimestamp | fromdate) | floor)"'
}

# Seconds since the last deployment. Where nothing was noted, which is also
# where nobody was given a right to look, it counts from the first.
age() {
    local answer time made=$2
    answer=$(kubectl --namespace "$1" get configmap broxc-preview \
        --ignore-not-found --output json 2>&1) ||
        [[ $answer == *Forbidden* ]] || return 1
    time=$(jq -r '.data.time // ""' <<<"$answer" 2>/dev/null) || time=
    if [[ $time =~ ^[1-9][0-9]{0,11}$ ]]; then
        time=$(($(date +%s) - time))
        ((time >= made)) || made=$((time > 0 ? time : 0))
    fi
    printf '%s\n' "$made"
}

remove() {
    kubectl delete namespace "$1" --wait=false
    brx_summary "Removed \`$1\`: $2."
}

brx_shape BRX_FROM '[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?'
brx_shape BRX_TTL '[1-9][0-9]{0,8}'
[[ -z ${BRX_PULL_REQUEST:-} ]] || brx_shape BRX_PULL_REQUEST '[1-9][0-9]{0,6}'
rows=$(previews)
failed=
while read -r name number made; do
    [[ -n $name ]] || continue
    if [[ -n ${BRX_PULL_REQUEST:-} ]]; then
        [[ $number != "$BRX_PULL_REQUEST" ]] || remove "$name" 'it is closed'
        continue
    fi
    if ! seconds=$(age "$name" "$made"); then
        failed+=" $name"
    elif ((seconds > BRX_TTL)); then
        remove "$name" 'its time is over' || failed+=" $name"
    else
        brx_log "$name has $(((BRX_TTL - seconds) / 60)) minutes left"
    fi
done <<<"$rows"
[[ -z $failed ]] || brx_fail "not known or not deleted:$failed"
