#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Counts the people who approved this run. One approval opens an environment,
# and one person can open two of them, so the count is made here: distinct
# people, without whoever started the run or its latest attempt.
#
# in   BRX_APPROVALS     how many people must have approved
#      BRX_ENVIRONMENTS  the approval environments, one a line
#      GH_TOKEN with actions: read, GITHUB_REPOSITORY, GITHUB_RUN_ID,
#      GITHUB_ACTOR, GITHUB_TRIGGERING_ACTOR
# out  approvers         their logins, one a line
set -euo pipefail

brx_shape BRX_APPROVALS '[1-9][0-9]?'
brx_shape GITHUB_RUN_ID '[0-9]+'
brx_need BRX_ENVIRONMENTS GH_TOKEN GITHUB_REPOSITORY \
    GITHUB_ACTOR GITHUB_TRIGGERING_ACTOR

history=$(brx_retry 4 3 gh api \
    "repos/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/approvals")
people=$(jq -r --arg environments "$BRX_ENVIRONMENTS" \
    --arg actor "$GITHUB_ACTOR" --arg starter "$GITHUB_TRIGGERING_ACTOR" '
    ($environments | split("\n")) as $wanted
    | ([$actor, $starter] | map(ascii_downcase)) as $excluded
    | [.[] | select(.state == "approved")
        | select([.environments[].name] - $wanted != [.environments[].name])
        | .user | select((.type // "User") == "User")
        | .login | ascii_downcase]
    | unique - $excluded | .[]' <<<"$history") ||
    brx_fail "the approvals of this run cannot be read"

count=0
while read -r login; do
    [[ -n $login ]] || continue
    count=$((count + 1))
    brx_log "approved by $login"
    brx_summary "- approved by \`$login\`"
done <<<"$people"
((count >= BRX_APPROVALS)) ||
    brx_fail "$count of $BRX_APPROVALS approvals; whoever started the run \
($GITHUB_ACTOR, $GITHUB_TRIGGERING_ACTOR) does not count"
brx_output approvers "$people"
brx_log "$count approvals, $BRX_APPROVALS needed"
