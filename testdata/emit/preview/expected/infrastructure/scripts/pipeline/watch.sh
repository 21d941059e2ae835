#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/http.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/http.sh"
# needs: lib/log.sh lib/http.sh
# shellcheck shell=bash
# Watches a release: asks Prometheus again and again whether each promise
# holds, and fails as soon as one is broken for several answers in a row. No
# answer, no data and NaN count as broken: what cannot be seen is not well. So
# a query must give a number also without traffic, e.g. by `or vector(0)`.
#
# in   BRX_PROMETHEUS_URL    https://..., or `cluster:NAMESPACE/SERVICE:PORT`
#                            to go through the API of the connected cluster
#      BRX_PROMETHEUS_TOKEN  optional secret, a bearer token
#      BRX_CHECKS    lines `name|query|op|threshold`: what must hold; op is one
#                    of < <= > >= ==, and the query may contain `|`
#      BRX_SECONDS   how long; BRX_SETTLE_SECONDS of it pass first, default 0
#      BRX_INTERVAL  pause, default 30    BRX_BREACHES  bad answers in a row, 2
set -euo pipefail

ask() {
    local path
    path=$(jq -rn --arg query "$1" '"/api/v1/query?query=" + ($query | @uri)')
    if [[ $BRX_PROMETHEUS_URL =~ ^cluster:([a-z0-9-]+)/([a-z0-9:-]+)$ ]]; then
        kubectl get --raw "/api/v1/namespaces/${BASH_REMATCH[1]}/services/\
http:${BASH_REMATCH[2]}/proxy$path"
        return
    fi
    {
        brx_curl_line url "${BRX_PROMETHEUS_URL%/}$path"
        [[ -z ${BRX_PROMETHEUS_TOKEN:-} ]] ||
            brx_curl_line header "Authorization: Bearer $BRX_PROMETHEUS_TOKEN"
    } | brx_curl
}

# judge OP THRESHOLD: reads the answer, says `holds` or `broken`, and why.
judge() {
    jq -r --arg op "$1" --argjson limit "$2" '
        def holds: {"<": (. < $limit), "<=": (. <= $limit), ">": (. > $limit),
            ">=": (. >= $limit), "==": (. == $limit)}[$op];
        if .status != "success" then "broken: \(.error // "no answer")" else
        .data | (if .resultType == "scalar" then [.result[1]]
            else [.result[].value[1]] end) as $values
        | [$values[] | select(test("^-?[0-9.]+(e[-+]?[0-9]+)?$")) | tonumber]
        | if ($values | length) == 0 then "broken: no data"
          elif length < ($values | length) then "broken: \($values | join(" "))"
          elif all(.[]; holds) then "holds: \($values | join(" "))"
          else "broken: \($values | join(" "))" end end' ||
        printf 'broken: no answer\n'
}

# Takes one line of BRX_CHECKS apart, from its ends: the query is what is left.
check() {
    local name=${1%%|*} rest=${1#*|} threshold op answer verdict count
    threshold=${rest##*|} rest=${rest%|*}
    op=${rest##*|} rest=${rest%|*}
    [[ $name =~ ^[a-z0-9-]+$ && $op =~ ^([<>]=?|==)$ &&
        $threshold =~ ^-?[0-9]+(\.[0-9]+)?$ && -n $rest &&
        $1 == "$name|$rest|$op|$threshold" ]] ||
        brx_fail "not a check: $1"
    [[ ${2:-} != dry ]] || return 0
    answer=$(ask "$rest") || answer=
    verdict=$(judge "$op" "$threshold" <<<"$answer")
    brx_log "$name $op $threshold ${verdict:-broken: no answer}"
    if [[ $verdict == holds:* ]]; then
        broken[$name]=0
        return
    fi
    count=$((${broken[$name]:-0} + 1))
    broken[$name]=$count
    ((count < BRX_BREACHES)) ||
        brx_fail "the release broke a promise: $name $op $threshold, $verdict"
}

brx_need BRX_PROMETHEUS_URL BRX_CHECKS
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
BRX_INTERVAL=${BRX_INTERVAL:-30} BRX_BREACHES=${BRX_BREACHES:-2}
BRX_SETTLE_SECONDS=${BRX_SETTLE_SECONDS:-0}
brx_shape BRX_INTERVAL '[1-9][0-9]{0,3}'
brx_shape BRX_BREACHES '[1-9][0-9]?'
brx_shape BRX_SETTLE_SECONDS '[0-9]{1,4}'
declare -A broken=()
mapfile -t checks <<<"${BRX_CHECKS%$'\n'}"
for line in "${checks[@]}"; do check "$line" dry; done
((!BRX_SETTLE_SECONDS)) || sleep "$BRX_SETTLE_SECONDS"
for ((passed = BRX_SETTLE_SECONDS; ; passed += BRX_INTERVAL)); do
    for line in "${checks[@]}"; do check "$line"; done
    ((passed < BRX_SECONDS)) || break
    sleep "$BRX_INTERVAL"
done
for name in "${!broken[@]}"; do
    [[ ${broken[$name]} == 0 ]] || brx_fail "the watch ended on a broken $name"
done
brx_summary "Watched for ${BRX_SECONDS}s, every promise held."
