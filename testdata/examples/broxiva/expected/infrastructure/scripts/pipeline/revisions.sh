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
# Applying objects and waiting for Deployments in BRX_NAMESPACE.

brx_kubectl() {
    kubectl --namespace "$BRX_NAMESPACE" "$@"
}

# brx_get KIND NAME: the object as JSON, or nothing when it does not exist.
brx_get() {
    brx_kubectl get "$1" "$2" --ignore-not-found --output json
}

# Applies a file ("-" is not possible: it may be read twice), but for what an
# administrator applies, to which the pipeline has no right. What somebody
# changed by hand is named in a warning, then put back: git is the truth.
brx_apply() {
    local said
    if said=$(brx_kubectl apply --server-side --field-manager=broxc \
        --selector 'broxc/applied-by!=administrator' \
        --filename "$1" 2>&1); then
        brx_log "$said"
        return
    fi
    [[ $said == *conflict* ]] || brx_fail "apply failed: $said"
    brx_warn "changed outside of git, and put back now: $said"
    brx_kubectl apply --server-side --field-manager=broxc \
        --selector 'broxc/applied-by!=administrator' \
        --force-conflicts --filename "$1"
}

# brx_wait TIMEOUT DEPLOYMENT: shows what is wrong when it gives up.
brx_wait() {
    if brx_kubectl rollout status "deployment/$2" --timeout "$1"; then
        return
    fi
    {
        brx_kubectl get pods --output wide || true
        brx_kubectl get events --sort-by=.lastTimestamp | tail -n 25 || true
    } 2>&1 | brx_foreign
    brx_fail "$2 did not become healthy in $1; pods and events are above"
}

# The count that a Deployment should have; 0 when it does not exist.
brx_count() {
    brx_get deployment "$1" | jq -rn 'input? // {} | .spec.replicas // 0'
}

brx_scale() {
    brx_kubectl scale deployment "$1" --replicas "$2"
}

# brx_lines FACT WIDTH: checks that each line of a fact has WIDTH words, the
# first of them the name of a service. Prints them without the empty ones.
brx_lines() {
    local line words
    while IFS= read -r line; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        if ((${#words[@]} != $2)) ||
            [[ ! ${words[0]} =~ ^[a-z]([a-z0-9-]*[a-z0-9])?$ ]]; then
            brx_fail "a line of $1 is not well formed: $line"
        fi
        printf '%s\n' "${words[*]}"
    done <<<"${!1:-}"
}

# The revision of a Deployment; 0 when it does not exist.
brx_revision() {
    brx_get deployment "$1" | jq -rn 'input? // {}
        | .metadata.annotations["deployment.kubernetes.io/revision"] // "0"'
}

# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Writes down, before a rolling deploy, which revision each Deployment is at.
# It is what roll-back-rolling.sh goes back to.
#
# in   BRX_NAMESPACE
#      BRX_SERVICES  names, one a line
# out  revisions     lines `SERVICE REVISION`; 0: there is no such Deployment
set -euo pipefail

brx_need BRX_NAMESPACE BRX_SERVICES
services=$(brx_lines BRX_SERVICES 1)

revisions=
for service in $services; do
    revision=$(brx_revision "$service")
    [[ $revision =~ ^[0-9]+$ ]] ||
        brx_fail "$service has the revision '$revision'"
    revisions+="$service $revision"$'\n'
done
brx_log "${revisions%$'\n'}"
brx_output revisions "${revisions%$'\n'}"
