#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/argo.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/argo.sh"
# needs: lib/log.sh lib/rollout.sh lib/argo.sh
# shellcheck shell=bash
# Applies a rendered overlay and waits until Argo has made the new pods and
# waits for somebody, or has nothing more to do: a first release, or one that
# runs already. An update that an earlier run left behind begins anew.
#
# in   BRX_NAMESPACE
#      BRX_RENDERED  the file of render.sh
#      BRX_COUNTS    lines `SERVICE COUNT`, the count it starts with
#      BRX_SECONDS   for each Rollout
#      BRX_LATER     optional, names of what comes in with the traffic
set -euo pipefail

# The Deployment that there was before keeps its pods until the Rollout has its
# own: the manifest says no count any more, and what nobody says would be 1.
keep_count() {
    local count
    count=$(brx_count "$1")
    ((count > 0)) || return 0
    jq -n --arg name "$1" --argjson count "$count" '{apiVersion: "apps/v1",
        kind: "Deployment", metadata: {name: $name},
        spec: {replicas: $count}}' |
        brx_kubectl apply --server-side --field-manager=broxc-release \
            --force-conflicts --filename -
}

brx_need BRX_NAMESPACE BRX_RENDERED BRX_COUNTS
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
counts=$(brx_lines BRX_COUNTS 2)
mapfile -t rows <<<"$counts"

new=()
for row in "${rows[@]}"; do
    read -r service count <<<"$row"
    [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "not a count: $row"
    rollout=$(brx_get rollout "$service")
    if [[ -z $rollout ]]; then
        keep_count "$service"
        new+=("$row")
    fi
done

brx_apply "$BRX_RENDERED"
for row in ${new[@]+"${new[@]}"}; do
    read -r service count <<<"$row"
    brx_log "$service is new and starts with $count"
    brx_kubectl scale rollout "$service" --replicas "$count"
done
for row in "${rows[@]}"; do
    read -r service count <<<"$row"
    rollout=$(brx_get rollout "$service")
    aborted=$(jq -r '.status.abort // false' <<<"$rollout")
    [[ $aborted != true ]] || brx_patch_status "$service" '{"abort":false}'
done
for row in "${rows[@]}"; do
    read -r service count <<<"$row"
    brx_follow "$service" "$BRX_SECONDS" halt
done
brx_summary "Applied to \`$BRX_NAMESPACE\`; Argo waits."
