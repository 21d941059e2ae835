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
brx_log "$count approvals, $BRX_APPROVALS needed"
