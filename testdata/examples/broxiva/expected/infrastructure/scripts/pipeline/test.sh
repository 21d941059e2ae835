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
# Runs one test of the project, in a checkout of what is released. It finds
# the addresses of the services in its environment, BRX_URL_API for `api`, and
# the first of them as BRX_URL. What has no traffic yet is reached through the
# cluster's API, on a port of this machine. Credentials of the run are taken
# out of its environment. A locked npm project is installed before an npm test.
#
# in   BRX_COMMAND    e.g. npm run test:smoke
#      BRX_ADDRESSES  optional, lines `SERVICE URL`
#      BRX_FORWARDS   optional, lines `SERVICE KUBERNETES-SERVICE PORT`
#      BRX_NAMESPACE  with BRX_FORWARDS
set -euo pipefail

# publish SERVICE URL
publish() {
    local name=BRX_URL_${1^^}
    name=${name//-/_}
    [[ $name =~ ^[A-Z][A-Z0-9_]*$ ]] || brx_fail "not a service: $1"
    printf -v "$name" '%s' "$2"
    [[ -n ${BRX_URL:-} ]] || export BRX_URL=$2
    export "${name?}"
    brx_log "$name=$2"
}

is_open() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# forward SERVICE TARGET PORT LOCAL: ends with this script.
forward() {
    kubectl --namespace "$BRX_NAMESPACE" port-forward "service/$2" \
        "$4:$3" --address 127.0.0.1 >/dev/null &
    forwards+=("$!")
    brx_retry 5 1 is_open "$4" || brx_fail "no way to the service $2"
    publish "$1" "http://127.0.0.1:$4"
}

brx_need BRX_COMMAND
forwards=()
trap '((!${#forwards[@]})) || kill "${forwards[@]}" 2>/dev/null || true' EXIT
while read -r service url; do
    [[ -z $service ]] || publish "$service" "$url"
done <<<"${BRX_ADDRESSES:-}"
local_port=18000
while read -r service target port; do
    [[ -n $service ]] || continue
    brx_need BRX_NAMESPACE
    local_port=$((local_port + 1))
    forward "$service" "$target" "$port" "$local_port"
done <<<"${BRX_FORWARDS:-}"

if [[ $BRX_COMMAND =~ ^(npm|npx)[[:space:]] && -f package-lock.json ]]; then
    npm ci --no-audit --no-fund
fi
brx_log "test: $BRX_COMMAND"
env --unset KUBECONFIG --unset GITHUB_TOKEN --unset GITHUB_ENV \
    --unset GITHUB_OUTPUT --unset GITHUB_PATH \
    --unset ACTIONS_ID_TOKEN_REQUEST_TOKEN \
    --unset ACTIONS_ID_TOKEN_REQUEST_URL \
    bash -euo pipefail -c "$BRX_COMMAND"
brx_summary "Passed: \`$BRX_COMMAND\`"
