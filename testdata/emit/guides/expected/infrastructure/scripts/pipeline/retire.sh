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
# After the keep time, takes the pods of the old colour away. Its Deployment
# stays, with the old image and configuration, so that roll-back.sh can wake
# it. The autoscaler of the live colour gets its own minimum back.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_SERVICES       names, one a line
#      BRX_KEEP_SECONDS   how long the old colour stays after the switch
#      BRX_SWITCHED       output `switched` of switch-traffic.sh
set -euo pipefail

retire() {
    local service=$1 state live old floor
    state=$(brx_state "$service")
    live=$(brx_live "$service")
    old=$(brx_state_key "$state" previous)
    floor=$(brx_state_key "$state" floor)
    [[ $live == "$(brx_state_key "$state" active)" &&
    -z $(brx_state_key "$state" candidate) ]] ||
        brx_fail "$service was changed since the switch: nothing is retired"
    if [[ -n $floor ]]; then
        brx_floor "$service-$live" "$floor"
        state=$(jq -c 'del(.floor)' <<<"$state")
        brx_state_put "$service" "$state"
    fi
    if [[ -z $old || $old == none || $old == "$live" ]]; then
        brx_log "$service has no old colour"
        return
    fi
    brx_scale "$service-$old" 0
    brx_log "$service-$old has no pods any more; roll-back can wake it"
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_SERVICES
brx_shape BRX_KEEP_SECONDS '[0-9]{1,5}'
brx_shape BRX_SWITCHED '[0-9]{10,11}'
services=$(brx_lines BRX_SERVICES 1)

left=$((BRX_SWITCHED + BRX_KEEP_SECONDS - $(date +%s)))
if ((left > 0)); then
    brx_log "the old colour stays for another ${left}s"
    sleep "$left"
fi
for service in $services; do
    retire "$service"
done
