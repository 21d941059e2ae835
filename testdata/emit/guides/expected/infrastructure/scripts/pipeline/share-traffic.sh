#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/colour.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/colour.sh"
# shellcheck source=../lib/candidate.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/candidate.sh"
# needs: lib/log.sh lib/rollout.sh lib/colour.sh lib/candidate.sh
# shellcheck shell=bash
# Gives the canary of each service a share of its traffic. The share is made of
# pods: the Service sends requests to the pods of both colours alike, so the
# canary gets as many as its share needs beside those of the live colour, which
# keeps all of its own. So the smallest share is that of one pod, and going
# back is one change of a selector. Nothing is shared unless every canary is
# healthy. Running it again does no harm, with this share or another one.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_SERVICES  names, one a line
#      BRX_SHARE     in percent, e.g. 10 or 2.5; at most 50
#      BRX_TIMEOUT   for each canary, default 300s
# out  pods          a pattern of the canaries' pods; empty where nothing was
#                    live before, so that there is nobody to share with
set -euo pipefail

# The live colour keeps its pods, though they have less to do: all traffic may
# come back. What its autoscaler was allowed before is written down first.
hold() {
    local service=$1 live=$2 running=$3 state=$4 floor
    floor=$(brx_state_key "$state" live-floor)
    [[ -n $floor ]] || floor=$(brx_least "$service-$live")
    state=$(jq -c --arg floor "$floor" '."live-floor" = $floor' <<<"$state")
    brx_state_put "$service" "$state" >&2
    brx_floor "$service-$live" "$running" >/dev/null
}

# Makes the canary as large as its share needs.
prepare() {
    local service=$1 live=$2 canary=$3 state=$4 running count
    running=$(brx_count "$service-$live")
    ((running > 0)) || brx_fail "$service-$live is live and has no pods"
    count=$(brx_canary_size "$running" "$BRX_SHARE")
    hold "$service" "$live" "$running" "$state"
    brx_floor "$service-$canary" "$count" >/dev/null
    brx_scale "$service-$canary" "$count"
    brx_log "$service: $count pods beside $running are \
$((count * 100 / (count + running)))% of the traffic for $BRX_SHARE%"
}

# Writes the share down first, then lets the traffic in: see lib/colour.sh.
share() {
    local service=$1 state
    state=$(brx_state "$service")
    state=$(jq -c --arg share "$BRX_SHARE" '.share = $share' <<<"$state")
    brx_state_put "$service" "$state"
    brx_open "$service"
    brx_summary "- \`$service\`: the canary has $BRX_SHARE% of the traffic"
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_SERVICES
BRX_TIMEOUT=${BRX_TIMEOUT:-300s}
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
brx_shape BRX_SHARE '[0-9]{1,2}(\.[0-9]{1,3})?'
services=$(brx_lines BRX_SERVICES 1)

sharing=() pods=
for service in $services; do
    state=$(brx_state "$service")
    live=$(brx_live "$service")
    canary=$(brx_state_key "$state" candidate)
    [[ -n $canary && $canary != "$live" ]] ||
        brx_fail "$service has no canary: deploy it first"
    if [[ $live == none ]]; then
        brx_log "$service: nothing is live yet, so nothing is shared"
        continue
    fi
    prepare "$service" "$live" "$canary" "$state"
    sharing+=("$service")
    pods+="|$service-$canary-.*"
done
for pattern in ${pods//|/ }; do
    brx_wait "$BRX_TIMEOUT" "${pattern%-.\*}"
done
for service in ${sharing[@]+"${sharing[@]}"}; do
    share "$service"
done
brx_output pods "${pods#|}"
