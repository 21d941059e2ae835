#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck shell=bash
# What a script says, and where: the log, a failure, outputs, the summary.
# Every pipeline script stands on this file.

# Without this, `set -e` is off inside $(...), and a cluster that does not
# answer would look like an empty one. For the same reason no question to a
# cluster or a registry stands inside a [[ ]]: it is asked first.
shopt -s inherit_errexit

brx_log() {
    printf '%s\n' "$*"
}

# The text of a workflow command: what would end it is escaped.
brx_command() {
    local text=$2
    text=${text//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    text=${text//$'\n'/'%0A'}
    printf '::%s::%s\n' "$1" "$text"
}

brx_warn() {
    brx_command warning "$*" >&2
}

brx_fail() {
    brx_command error "$*" >&2
    exit 1
}

# brx_need NAME...: the facts without which nothing is started.
brx_need() {
    local name
    for name in "$@"; do
        [[ ${!name:-} == *[![:space:]]* ]] ||
            brx_fail "the fact $name is missing or empty"
    done
}

# brx_shape NAME PATTERN: the whole value of the fact NAME fits PATTERN.
brx_shape() {
    brx_need "$1"
    [[ ${!1} =~ ^($2)$ ]] || brx_fail "the fact $1 is not well formed: ${!1}"
}

brx_token() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints text of others (standard input) with workflow commands switched off.
brx_foreign() {
    local token
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines.
brx_output() {
    local mark
    mark=brx-$(brx_token)
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# shellcheck shell=bash
# Trying again, for a bounded number of times, with growing pauses.

# brx_retry TRIES DELAY COMMAND...: DELAY seconds at first, doubled each time,
# a minute at most. Gives what the last try gave.
brx_retry() {
    local tries=$1 delay=$2 try=1 status
    shift 2
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0 || try >= tries)); then
            return "$status"
        fi
        printf 'try %d of %d failed, next in %ds\n' \
            "$try" "$tries" "$delay" >&2
        sleep "$delay"
        try=$((try + 1))
        delay=$((delay * 2 > 60 ? 60 : delay * 2))
    done
}

# shellcheck shell=bash
# curl with secrets kept off the command line: they go in by --config -.

# brx_curl_line OPTION VALUE: one line of a curl configuration.
brx_curl_line() {
    local value=$2
    [[ $value != *[$'\r\n']* ]] || brx_fail "line break in the value of $1"
    value=${value//\\/\\\\}
    value=${value//\"/\\\"}
    printf '%s = "%s"\n' "$1" "$value"
}

# Runs curl on the configuration that stands on standard input.
brx_curl() {
    curl --silent --show-error --fail --proto '=https,http' \
        --max-time 20 --config -
}

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
