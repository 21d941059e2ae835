#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/http.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/http.sh"
# needs: lib/log.sh lib/retry.sh lib/http.sh
# shellcheck shell=bash
# Tells a Slack channel how a release went. A message that cannot be sent is a
# warning: it never turns a good release into a failed one. The address of the
# webhook is a secret and goes to curl on standard input.
#
# in   BRX_SLACK_WEBHOOK  secret, https://...; it belongs to one channel
#      BRX_OUTCOME        success | failure | cancelled | skipped
#      BRX_PROJECT BRX_ENVIRONMENT  BRX_VERSION, optional
#      GITHUB_SERVER_URL GITHUB_REPOSITORY GITHUB_RUN_ID GITHUB_ACTOR
set -euo pipefail

message() {
    jq -cn --arg outcome "$BRX_OUTCOME" --arg project "$BRX_PROJECT" \
        --arg environment "$BRX_ENVIRONMENT" --arg version "${BRX_VERSION:-}" \
        --arg actor "${GITHUB_ACTOR:-}" --arg run "$run" '
    def plain: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
    {success: ":white_check_mark: released",
     failure: ":rotating_light: *failed*",
     cancelled: ":no_entry_sign: cancelled"} as $words
    | {text: "\($words[$outcome] // ":grey_question: \($outcome)") \(
        [$project, $environment, $version] | map(select(. != "") | plain)
        | join(" ")) by \($actor | plain) (<\($run)|run>)"}'
}

send() {
    {
        brx_curl_line url "$BRX_SLACK_WEBHOOK"
        brx_curl_line header 'Content-Type: application/json'
        brx_curl_line data-raw "$1"
    } | brx_curl >/dev/null
}

brx_need BRX_PROJECT BRX_ENVIRONMENT
brx_shape BRX_OUTCOME 'success|failure|cancelled|skipped'
if [[ ${BRX_SLACK_WEBHOOK:-} != https://* ]]; then
    brx_warn "nobody was told: the secret with the Slack webhook is missing \
or not an https address"
    exit 0
fi
run=${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-}
run=$run/actions/runs/${GITHUB_RUN_ID:-}
text=$(message)
if brx_retry 3 2 send "$text"; then
    brx_log "told Slack: $text"
else
    brx_warn "nobody was told: Slack did not take the message"
fi
