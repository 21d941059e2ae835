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
# Brings the traffic of each service back to where it was. If the switch never
# happened, only the new pods go; a canary loses its share first. If the old
# colour was retired, it is woken first. If it was overwritten since, there is
# nothing to go back to, and that is said loudly. Each service is tried, also
# when another one fails; callers come first, unlike in switch-traffic.sh.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_SERVICES  names, one a line
#      BRX_TIMEOUT   for waking the old colour, e.g. 300s
#      BRX_VERSION   optional: only what this release changed is taken back
set -euo pipefail

drop_candidate() {
    local service=$1 live=$2 state=$3 candidate count
    candidate=$(brx_state_key "$state" candidate)
    brx_end_share "$service" "$live" "$state"
    count=$(brx_count "$service-$candidate")
    ((count == 0)) || brx_scale "$service-$candidate" 0
    brx_let_go "$service" "$live" "$state"
    state=$(jq -c 'with_entries(select(.key | startswith("candidate") | not))
        | del(.floor, .share, ."live-floor")' <<<"$state")
    brx_state_put "$service" "$state"
    brx_log "$service: all traffic is on $live; the new pods are gone"
}

# The old colour takes as many pods as the new one has, before any traffic.
wake() {
    local service=$1 live=$2 goal=$3 count old
    count=$(brx_count "$service-$live")
    old=$(brx_count "$service-$goal")
    if ((old < count)); then
        brx_log "$service-$goal is woken: from $old to $count pods"
        brx_scale "$service-$goal" "$count"
    fi
    brx_wait "$BRX_TIMEOUT" "$service-$goal"
}

# `previous` is emptied: going back twice would bring the bad release back.
return_to() {
    local service=$1 live=$2 goal=$3 state=$4 deployment floor
    floor=$(brx_state_key "$state" previous-floor)
    deployment=$(brx_get deployment "$service-$goal")
    [[ -n $deployment ]] || brx_fail "$service-$goal is gone"
    [[ $live == "$goal" ]] || wake "$service" "$live" "$goal"
    state=$(jq -c --arg goal "$goal" --arg now "$(brx_now)" '
        if (.previous // "") == "" then . else
            .version = ."previous-version" | .digest = ."previous-digest" end
        | {active: $goal, time: $now, version: (.version // ""),
           digest: (.digest // "")}' <<<"$state")
    brx_state_put "$service" "$state"
    [[ $live == "$goal" ]] || brx_select "$service" "$goal"
    [[ -z $floor ]] || brx_floor "$service-$goal" "$floor"
    brx_log "$service: traffic is back on $goal; the others keep their pods"
    brx_summary "- \`$service\`: traffic is back on **$goal**"
}

roll_back() {
    local service=$1 state live goal
    state=$(brx_state "$service")
    live=$(brx_live "$service")
    if brx_is_untouched "$state" "$live"; then
        return
    fi
    goal=$(brx_state_key "$state" previous)
    # A rollback that died between memory and traffic was going to `active`.
    [[ -n $goal ]] || goal=$(brx_state_key "$state" active)
    [[ $goal != "$live" || -n $(brx_state_key "$state" previous) ]] || goal=
    if [[ -n $(brx_state_key "$state" candidate) ]]; then
        drop_candidate "$service" "$live" "$state"
    elif [[ $goal == blue || $goal == green ]]; then
        return_to "$service" "$live" "$goal" "$state"
    else
        brx_fail "$service has no earlier colour to go back to: \
$live keeps the traffic; release an earlier version instead"
    fi
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_SERVICES
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
services=$(brx_lines BRX_SERVICES 1)

# In the background, since `set -e` does not work left of an `||`.
failed=0
for service in $(tac <<<"$services"); do
    roll_back "$service" &
    wait "$!" || failed=1
done
((failed == 0)) || brx_fail "the rollback is not complete: see above"
