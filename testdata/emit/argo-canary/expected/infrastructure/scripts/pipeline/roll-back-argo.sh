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
# Takes a release back that Argo let in: an update that is under way is aborted,
# which sends the traffic to the stable pods at once; then the Deployment that
# the Rollout takes its pods from gets the revision before this release, so that
# the next apply does not begin it again. An update that was through is taken
# back in full, without pauses. Each service is tried, also when another one
# fails; callers come first.
#
# in   BRX_NAMESPACE
#      BRX_REVISIONS  lines `SERVICE REVISION` (rollouts.sh); 0: it is new
#      BRX_SECONDS    for each Rollout
set -euo pipefail

# Back on what was stable there is nothing to promote; else it would pause.
return_fully() {
    brx_follow "$1" "$BRX_SECONDS" seen
    brx_promote_fully "$1"
    brx_follow "$1" "$BRX_SECONDS" through
}

roll_back() {
    local service=$1 before=$2 now state how where
    state=$(brx_rollout "$service")
    read -r how where <<<"$state"
    now=$(brx_revision "$service")
    if [[ $now == "$before" ]]; then
        brx_log "$service is still at revision $before ($how at $where)"
        return
    fi
    ((before > 0)) ||
        brx_fail "$service is new in this release: nothing to go back to"
    [[ $how == through ]] || brx_patch_status "$service" '{"abort":true}'
    brx_kubectl rollout undo "deployment/$service" --to-revision "$before"
    return_fully "$service"
    brx_log "$service is back at what revision $before was"
    brx_summary "- \`$service\` is back at revision $before"
}

brx_need BRX_NAMESPACE BRX_REVISIONS
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
revisions=$(brx_lines BRX_REVISIONS 2)

# In the background, since `set -e` does not work left of an `||`.
failed=0
mapfile -t rows < <(tac <<<"$revisions")
for row in "${rows[@]}"; do
    read -r service before <<<"$row"
    [[ $before =~ ^[0-9]+$ ]] || brx_fail "not a revision: $row"
    roll_back "$service" "$before" &
    wait "$!" || failed=1
done
((failed == 0)) || brx_fail "the rollback is not complete: see above"
