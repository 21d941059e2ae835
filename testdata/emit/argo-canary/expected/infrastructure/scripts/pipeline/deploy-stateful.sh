#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/job.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/job.sh"
# needs: lib/log.sh lib/rollout.sh lib/job.sh
# shellcheck shell=bash
# Applies the stateful sets of a rendered overlay, with what they stand on, and
# waits until they run: before migrations and tasks, which may need them, and
# before any new pod that calls them.
#
# in   BRX_NAMESPACE
#      BRX_RENDERED  the file of render.sh
#      BRX_COUNTS    lines `statefulset/NAME COUNT`, the count it starts with
#      BRX_TIMEOUT   for each of them, e.g. 300s
set -euo pipefail

# The sets and all that carries their name.
sets() {
    jq '[.[] | select(.kind == "StatefulSet") | .metadata.name] as $sets
        | {apiVersion: "v1", kind: "List", items: map(select(
            (.kind | IN("StatefulSet", "Service", "HorizontalPodAutoscaler",
                "PodDisruptionBudget")) and
            (.metadata.labels["app.kubernetes.io/name"] // .metadata.name
                | IN($sets[]))))}' <<<"$objects"
}

brx_need BRX_NAMESPACE BRX_RENDERED BRX_COUNTS
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
counts=$(brx_lines BRX_COUNTS 2)
objects=$(brx_objects "$BRX_RENDERED")
new=$(brx_new "$counts")
brx_apply_text "$(brx_supports "$objects")"
brx_apply_text "$(sets)"
brx_start "$new"
while read -r target count; do
    brx_wait "$BRX_TIMEOUT" "$target"
done <<<"$counts"
brx_summary "The stateful sets of \`$BRX_NAMESPACE\` run."
