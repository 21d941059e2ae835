#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Applies a rendered overlay and waits until everything that it holds runs.
#
# in   BRX_NAMESPACE
#      BRX_RENDERED  the file of render.sh
#      BRX_COUNTS    lines `TARGET COUNT`, the count it starts with; none
#                    where only jobs are applied
#      BRX_TIMEOUT   for each of them, e.g. 300s
#      BRX_ONLY      optional, names: what is of these alone is applied
# out  deployments   names, one a line
set -euo pipefail

brx_need BRX_NAMESPACE BRX_RENDERED
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
counts=$(brx_lines BRX_COUNTS 2)

new=$(brx_new "$counts")
brx_apply "$BRX_RENDERED"
brx_start "$new"
deployments=
while read -r target count; do
    [[ -n $target ]] || continue
    brx_wait "$BRX_TIMEOUT" "$target"
    deployments+=$target$'\n'
done <<<"$counts"
brx_output deployments "${deployments%$'\n'}"
brx_summary "Deployed to \`$BRX_NAMESPACE\`, rolling."
