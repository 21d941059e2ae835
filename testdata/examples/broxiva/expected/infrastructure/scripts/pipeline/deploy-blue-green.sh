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
# Puts the release on the idle colour of each service and waits until it could
# take all traffic: as many pods as the live colour has now. Traffic is not
# touched; switch-traffic.sh does that.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_RENDERED  the file of render.sh
#      BRX_COLORS    lines `SERVICE LIVE IDLE` (colours.sh)
#      BRX_COUNTS    lines `SERVICE COUNT`, what it starts with at least
#      BRX_IMAGES    lines `SERVICE IMAGE@sha256:...`
#      BRX_VERSION   BRX_TIMEOUT, for each Deployment, e.g. 300s
# out  deployments   names, one a line
set -euo pipefail

# word_of LINES SERVICE: the second word of the service's line.
word_of() {
    awk -v service="$2" '$1 == service { print $2; exit }' <<<"$1"
}

# The idle colour is about to be overwritten: what it held is no longer there
# to go back to.
remember() {
    local service=$1 idle=$2 floor=$3 image state
    image=$(word_of "$images" "$service")
    state=$(brx_state "$service")
    state=$(jq -c --arg colour "$idle" --arg version "$BRX_VERSION" \
        --arg digest "${image#*@}" --arg floor "$floor" '
        if .previous == $colour then .previous = "" else . end
        | .candidate = $colour | ."candidate-version" = $version
        | ."candidate-digest" = $digest | .floor = $floor' <<<"$state")
    brx_state_put "$service" "$state"
}

# As many pods as the live colour has, and never fewer than declared.
fill() {
    local service=$1 live=$2 idle=$3 count running floor
    count=$(word_of "$counts" "$service")
    [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "no count for $service"
    running=$(brx_count "$service-$live")
    count=$((running > count ? running : count))
    floor=$(brx_floor "$service-$idle" "$count")
    remember "$service" "$idle" "$floor"
    brx_log "$service-$idle gets $count pods, $service-$live has $running"
    brx_scale "$service-$idle" "$count"
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_RENDERED BRX_COLORS BRX_COUNTS \
    BRX_IMAGES BRX_VERSION
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
colors=$(brx_lines BRX_COLORS 3)
counts=$(brx_lines BRX_COUNTS 2)
images=$(brx_lines BRX_IMAGES 2)
mapfile -t rows <<<"$colors"

for row in "${rows[@]}"; do
    read -r service live idle <<<"$row"
    now=$(brx_live "$service")
    [[ $now == "$live" && $idle != "$live" ]] ||
        brx_fail "$service: the live colour is not $live any more"
    remember "$service" "$idle" ""
done
brx_apply "$BRX_RENDERED"
deployments=
for row in "${rows[@]}"; do
    read -r service live idle <<<"$row"
    fill "$service" "$live" "$idle"
    deployments+=$service-$idle$'\n'
done
for deployment in $deployments; do
    brx_wait "$BRX_TIMEOUT" "$deployment"
done
brx_output deployments "${deployments%$'\n'}"
brx_summary "\`$BRX_VERSION\` stands ready in \`$BRX_NAMESPACE\`."
