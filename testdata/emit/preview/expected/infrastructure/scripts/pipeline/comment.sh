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
# Says a report in a pull request, in one comment: made once, then kept up to
# date. It is found by a hidden mark in its first line, and only among what
# BRX_AUTHOR wrote: nobody can make us write into a comment of theirs.
#
# A pull request from a fork, or from Dependabot, runs with a token that may
# only read. Then the report stays in the summary of the run, and that is well.
#
# in   BRX_REPORT        a file of Markdown
#      BRX_MARK          a word that tells this comment from others of broxc
#      BRX_PULL_REQUEST  its number
#      BRX_FROM          the repository of its branch, OWNER/NAME; empty when
#                        that is gone
#      BRX_AUTHOR        whose comments are ours; default github-actions[bot]
#      GH_TOKEN with pull-requests: write, GITHUB_REPOSITORY
set -euo pipefail

LIMIT=65000 # bytes; GitHub takes 65536 characters

read_only() {
    brx_log "$1 has a token that may only read: the report stands in the" \
        "summary of the run, and no comment is made"
    exit 0
}

# Ours among all comments; nothing when there is none.
find_comment() {
    brx_api_list "which comments there are" "$comments?per_page=100" '' |
        jq -r --arg mark "$mark" --arg author "$author" '
            map(select(.user.login == $author)
                | select(.body | strings | startswith($mark)))
            | first // {} | .id // empty'
}

# What was refused for lack of rights is not tried again by anybody: a token
# that may only read is no fault of the change.
send() {
    brx_api_try --method "$1" "$2" --input - <<<"$body"
    ((BRX_HTTP != 403)) || read_only "This run"
    ((BRX_HTTP == 200)) || brx_api_fail "GitHub took no comment"
}

brx_need BRX_REPORT GH_TOKEN GITHUB_REPOSITORY
brx_shape BRX_MARK '[A-Za-z0-9._/-]{1,200}'
brx_shape BRX_PULL_REQUEST '[1-9][0-9]{0,9}'
[[ -f $BRX_REPORT ]] || brx_fail "there is no report $BRX_REPORT"
if [[ ${BRX_FROM:-} != "$GITHUB_REPOSITORY" ]]; then
    read_only "A pull request from ${BRX_FROM:-a repository that is gone}"
fi

comments=repos/$GITHUB_REPOSITORY/issues/$BRX_PULL_REQUEST/comments
author=${BRX_AUTHOR:-github-actions[bot]}
mark="<!-- broxc: $BRX_MARK -->"
report=$(<"$BRX_REPORT")
text=$mark$'\n'$(brx_cut "$LIMIT" "$report")
body=$(jq -n --rawfile body /dev/stdin '{body: $body | rtrimstr("\n")}' \
    <<<"$text")
comment=$(find_comment)
if [[ -n $comment ]]; then
    send PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment"
else
    send POST "$comments"
fi
brx_log "said in $(jq -r '.html_url // "the pull request"' <<<"$BRX_ANSWER")"
