#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/colour.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/colour.sh"
# needs: lib/log.sh lib/rollout.sh lib/colour.sh
# shellcheck shell=bash
# Sends the traffic of each service to the colour that deploy-blue-green.sh
# or deploy-canary.sh made ready, in the order given: what others call comes
# first. Nothing moves unless every one of them is healthy now and has as many
# pods as what it takes over from: a canary has had fewer, and the live colour
# may have grown since. Running it again does no harm.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_SERVICES  names, one a line
#      BRX_TIMEOUT   for pods that it still lacks, default 300s
# out  switched      seconds since 1970, when the last one had moved
set -euo pipefail

# Where traffic shall be: the candidate, or where a broken run was going.
goal_of() {
    local state=$1 goal
    goal=$(brx_state_key "$state" candidate)
    [[ -n $goal ]] || goal=$(brx_state_key "$state" active)
    printf '%s\n' "$goal"
}

# Writes the goal down first, then moves: see lib/colour.sh.
switch() {
    local service=$1 state=$2 goal=$3 live
    live=$(brx_live "$service")
    if [[ -n $(brx_state_key "$state" candidate) ]]; then
        state=$(jq -c --arg live "$live" --arg now "$(brx_now)" '
            {active: .candidate, version: ."candidate-version",
             digest: ."candidate-digest", time: $now, floor: .floor,
             previous: $live, "previous-version": .version,
             "previous-digest": .digest, "previous-floor": ."live-floor"}
            | map_values(. // "")' <<<"$state")
        brx_state_put "$service" "$state"
    fi
    if [[ $live == "$goal" ]]; then
        brx_log "$service is on $goal already"
        return
    fi
    brx_select "$service" "$goal"
    brx_log "$service: traffic goes from $live to $goal"
    brx_summary "- \`$service\`: traffic goes from $live to **$goal**"
}

# grow SERVICE GOAL: as many pods as the live colour has.
grow() {
    local service=$1 goal=$2 live running count
    live=$(brx_live "$service")
    count=$(brx_count "$service-$goal")
    ((count > 0)) ||
        brx_fail "$service-$goal has no pods"
    running=$(brx_count "$service-$live")
    ((count < running)) || return 0
    brx_log "$service-$goal grows from $count to $running pods"
    brx_floor "$service-$goal" "$running" >/dev/null
    brx_scale "$service-$goal" "$running"
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_SERVICES
BRX_TIMEOUT=${BRX_TIMEOUT:-300s}
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
services=$(brx_lines BRX_SERVICES 1)

states=()
for service in $services; do
    state=$(brx_state "$service")
    goal=$(goal_of "$state")
    [[ $goal == blue || $goal == green ]] ||
        brx_fail "$service has no colour ready: deploy it first"
    grow "$service" "$goal"
    states+=("$service $goal $state")
done
for row in "${states[@]}"; do
    read -r service goal state <<<"$row"
    brx_wait "$BRX_TIMEOUT" "$service-$goal"
done
for row in "${states[@]}"; do
    read -r service goal state <<<"$row"
    switch "$service" "$state" "$goal"
done
brx_output switched "$(date +%s)"
