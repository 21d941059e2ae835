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
# Connects kubectl to the declared cluster and namespace, and makes sure that
# it is these and no others before anything is changed there.
#
# in   BRX_CLUSTER  BRX_RESOURCE_GROUP  BRX_NAMESPACE
set -euo pipefail

brx_shape BRX_CLUSTER '[A-Za-z0-9][A-Za-z0-9_-]{0,62}'
brx_shape BRX_RESOURCE_GROUP '[A-Za-z0-9_().-]{1,90}'
brx_shape BRX_NAMESPACE '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
command -v kubelogin >/dev/null ||
    brx_fail "kubelogin is not installed on this runner"

# A kubeconfig of our own: nothing that the runner had can be picked by chance.
KUBECONFIG=$(mktemp -d "${RUNNER_TEMP:-/tmp}/kube.XXXXXX")/config
export KUBECONFIG
brx_retry 4 3 az aks get-credentials --only-show-errors --overwrite-existing \
    --resource-group "$BRX_RESOURCE_GROUP" --name "$BRX_CLUSTER" \
    --file "$KUBECONFIG"
kubelogin convert-kubeconfig --login azurecli --kubeconfig "$KUBECONFIG"
kubectl config set-context --current --namespace "$BRX_NAMESPACE"

cluster=$(kubectl config view --minify --output 'jsonpath={.clusters[0].name}')
[[ $cluster == "$BRX_CLUSTER" ]] ||
    brx_fail "connected to '$cluster' instead of '$BRX_CLUSTER'"
phase=$(brx_retry 4 3 kubectl get namespace "$BRX_NAMESPACE" \
    --ignore-not-found --output 'jsonpath={.status.phase}')
[[ $phase == Active ]] ||
    brx_fail "namespace $BRX_NAMESPACE is '${phase:-absent}' in $BRX_CLUSTER; \
setup-environment.sh makes it"

printf 'KUBECONFIG=%s\n' "$KUBECONFIG" >>"${GITHUB_ENV:-/dev/stdout}"
brx_log "connected to $BRX_NAMESPACE in $BRX_CLUSTER"
