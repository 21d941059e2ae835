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
# Says for each service which colour is live and which is idle. The first
# release has no live colour (`none`) and goes to blue.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_SERVICES  names, one a line
# out  colors  lines `SERVICE LIVE IDLE`
set -euo pipefail

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_SERVICES
services=$(brx_lines BRX_SERVICES 1)

colors=
for service in $services; do
    live=$(brx_live "$service")
    plain=$(brx_get deployment "$service")
    if [[ $live == none && -n $plain ]]; then
        brx_fail "Deployment $service stands without a colour and may have \
traffic: move it to colours by hand first (docs: changing the strategy)"
    fi
    state=$(brx_state "$service")
    active=$(brx_state_key "$state" active)
    [[ $live == "${active:-none}" ]] ||
        brx_warn "$service: traffic goes to $live, the memory says \
${active:-none}; the traffic is believed"
    idle=$(brx_idle "$live")
    brx_log "$service: $live is live, $idle is idle"
    colors+="$service $live $idle"$'\n'
done
brx_output colors "${colors%$'\n'}"
