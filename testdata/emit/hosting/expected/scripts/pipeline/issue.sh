#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/wait.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/wait.sh"
# shellcheck source=../lib/github-api.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/github-api.sh"
# shellcheck source=../lib/cut.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/cut.sh"
# needs: lib/log.sh lib/retry.sh lib/wait.sh lib/github-api.sh lib/cut.sh
# shellcheck shell=bash
# Says what a round found, in one issue: opened once, kept up to date, closed
# when nothing is left. It is found by its label and a hidden mark in its first
# line, and only among what BRX_AUTHOR wrote.
#
# in   BRX_VERDICT   clean | found
#      BRX_FINDINGS  Markdown; may be empty when clean
#      BRX_LABEL     e.g. drift   BRX_SUBJECT  e.g. production
#      BRX_TITLE     BRX_ADVICE   what to do about it
#      BRX_LABELS    optional, further labels, one a line
#      BRX_AUTHOR    whose issues are ours; default github-actions[bot]
#      GH_TOKEN with issues: write, GITHUB_REPOSITORY GITHUB_RUN_ID
set -euo pipefail

LIMIT=60000 # bytes; GitHub takes 65536 characters

# The oldest of ours that is open; nothing when there is none.
find_issue() {
    local label
    label=$(brx_api_name "$BRX_LABEL")
    brx_api_list "which issues are open" \
        "$issues?state=open&labels=$label&per_page=100" '' |
        jq -r --arg mark "$mark" --arg author "$author" '
            map(select(.pull_request == null and .user.login == $author)
                | select(.body | strings | startswith($mark)))
            | sort_by(.number) | first // {} | .number // empty'
}

body() {
    printf '%s\n' "$mark"
    brx_cut "$LIMIT" "$BRX_FINDINGS"
    printf '\n%s\n\n<sub>[The run that found it](%s); %s</sub>\n' \
        "$BRX_ADVICE" "$run" \
        "the next one rewrites this, or closes it when nothing is left."
}

brx_need BRX_TITLE BRX_ADVICE GH_TOKEN GITHUB_REPOSITORY
brx_shape BRX_VERDICT 'clean|found'
brx_shape BRX_LABEL '[a-z-]{1,50}'
brx_shape BRX_SUBJECT '[A-Za-z0-9._-]{1,100}'
[[ $BRX_VERDICT == clean ]] || brx_need BRX_FINDINGS
author=${BRX_AUTHOR:-github-actions[bot]}
mark="<!-- broxc: $BRX_LABEL/$BRX_SUBJECT -->"
issues=repos/$GITHUB_REPOSITORY/issues
run=${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY
run=$run/actions/runs/${GITHUB_RUN_ID:-}
issue=$(find_issue)
if [[ $BRX_VERDICT == clean ]]; then
    [[ -z $issue ]] || brx_api_send "close the issue $issue" PATCH \
        "$issues/$issue" '{"state": "closed", "state_reason": "completed"}'
    brx_log "nothing is left${issue:+, the issue $issue is closed}"
    exit 0
fi
text=$(body)
wanted=$(jq -cn --arg title "$BRX_TITLE" --rawfile body /dev/stdin \
    '{$title, $body}' <<<"$text")
if [[ -n $issue ]]; then
    brx_api_send "rewrite the issue $issue" PATCH "$issues/$issue" "$wanted"
else
    wanted=$(jq -c --arg labels "$BRX_LABEL"$'\n'"${BRX_LABELS:-}" \
        '.labels = ($labels | split("\n") | map(select(. != "")))' \
        <<<"$wanted")
    brx_api_send "open an issue" POST "$issues" "$wanted"
fi
brx_log "said in $(jq -r '.html_url // "an issue"' <<<"$BRX_ANSWER")"
