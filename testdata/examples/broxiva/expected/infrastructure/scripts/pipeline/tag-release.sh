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
# Writes a finished release down as the git tag vX.Y.Z of its commit. It goes
# through the API, so the checkout keeps no credentials. Running it again does
# no harm; a tag that stands on another commit is an error and is never moved.
#
# in   BRX_VERSION  X.Y.Z      BRX_SHA  the commit
#      GH_TOKEN with contents: write, GITHUB_REPOSITORY
set -euo pipefail

brx_shape BRX_VERSION '[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?'
brx_shape BRX_SHA '[0-9a-f]{40}'
brx_need GH_TOKEN GITHUB_REPOSITORY

# Ref lookup by prefix: an absent tag gives an empty list, not an error.
found=$(brx_retry 3 2 gh api \
    "repos/$GITHUB_REPOSITORY/git/matching-refs/tags/v$BRX_VERSION")
found=$(jq -c --arg ref "refs/tags/v$BRX_VERSION" \
    'map(select(.ref == $ref)) | first // {} | .object // {}' <<<"$found")
case $(jq -r '.type // "absent"' <<<"$found") in
    absent) ;;
    tag) # annotated: the commit is one step further
        found=$(jq -r .sha <<<"$found")
        found=$(gh api "repos/$GITHUB_REPOSITORY/git/tags/$found" |
            jq -c .object)
        ;;&
    *)
        [[ $(jq -r .sha <<<"$found") == "$BRX_SHA" ]] ||
            brx_fail "v$BRX_VERSION already stands on another commit"
        brx_log "v$BRX_VERSION is there already"
        exit 0
        ;;
esac

brx_retry 3 2 gh api "repos/$GITHUB_REPOSITORY/git/refs" \
    --raw-field "ref=refs/tags/v$BRX_VERSION" \
    --raw-field "sha=$BRX_SHA" --silent
brx_log "$BRX_SHA is now v$BRX_VERSION"
brx_summary "Tagged \`v$BRX_VERSION\`."
