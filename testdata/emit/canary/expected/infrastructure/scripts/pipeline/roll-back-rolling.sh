#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Brings each Deployment back to its revision before this release. A
# Deployment that this release did not change is left alone: an undo would take
# away the release before. So revisions.sh writes down, before the deploy, which
# revisions are there, and this goes to exactly these.
#
# in   BRX_NAMESPACE
#      BRX_REVISIONS  lines `SERVICE REVISION`; 0: it was not there before
#      BRX_TIMEOUT    for each Deployment, e.g. 300s
set -euo pipefail

roll_back() {
    local service=$1 before=$2 now
    now=$(brx_revision "$service")
    if [[ $now == "$before" ]]; then
        brx_log "$service is still at revision $before"
        return
    fi
    ((before > 0)) ||
        brx_fail "$service is new in this release: nothing to go back to"
    brx_kubectl rollout undo "deployment/$service" --to-revision "$before"
    brx_wait "$BRX_TIMEOUT" "$service"
    brx_log "$service is back at what revision $before was"
    brx_summary "- \`$service\` is back at revision $before"
}

brx_need BRX_NAMESPACE BRX_REVISIONS
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
revisions=$(brx_lines BRX_REVISIONS 2)

# In the background, since `set -e` does not work left of an `||`.
failed=0
mapfile -t rows <<<"$revisions"
for row in "${rows[@]}"; do
    read -r service before <<<"$row"
    [[ $before =~ ^[0-9]+$ ]] || brx_fail "not a revision: $row"
    roll_back "$service" "$before" &
    wait "$!" || failed=1
done
((failed == 0)) || brx_fail "the rollback is not complete: see above"
