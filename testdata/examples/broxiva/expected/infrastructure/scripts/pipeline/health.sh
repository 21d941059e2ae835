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

# needs: lib/log.sh lib/retry.sh lib/rollout.sh
# shellcheck shell=bash
# Is the release well? Every pod of each Deployment is ready and runs the new
# image, and each address answers with 2xx. Certificates are checked, and
# redirects are not followed: what is asked for is what must answer.
#
# in   BRX_NAMESPACE
#      BRX_DEPLOYMENTS  names, one a line (output of the deploy)
#      BRX_IMAGES       lines `SERVICE IMAGE@sha256:...`
#      BRX_URLS         optional, https://..., one a line
#      BRX_PROBES       optional, lines `SERVICE PORT PATH`: asked through the
#                       cluster's API, for what has no traffic yet
set -euo pipefail

# Prints what is not well about a Deployment; nothing when all is.
complaint() {
    brx_get deployment "$1" | jq -rn --arg images "$BRX_IMAGES" '
        [$images | split("\n")[] | split(" ") | .[1] // empty] as $wanted
        | input? // null
        | if . == null then "does not exist"
          elif (.status.observedGeneration // 0) < .metadata.generation
          then "was not noticed yet"
          elif .spec.replicas == 0 then "has no pods"
          elif [.spec.replicas] != ([.status.updatedReplicas,
              .status.readyReplicas, .status.replicas] | unique)
          then "has \(.status.readyReplicas // 0) of \(.spec.replicas) ready"
          elif ([.spec.template.spec.containers[].image] - $wanted
              | length) == (.spec.template.spec.containers | length)
          then "runs another image" else "" end'
}

is_well() {
    local said
    said=$(complaint "$1") || return 1
    [[ -z $said ]] || {
        brx_log "$1 $said"
        return 1
    }
}

answers() {
    local code
    code=$(curl --silent --show-error --proto '=https' --max-time 10 \
        --output /dev/null --write-out '%{http_code}' --url "$1") || return 1
    brx_log "$1 answers $code"
    [[ $code == 2?? ]]
}

probe() {
    brx_kubectl get --raw \
        "/api/v1/namespaces/$BRX_NAMESPACE/services/http:$1:$2/proxy$3" \
        >/dev/null
}

brx_need BRX_NAMESPACE BRX_DEPLOYMENTS BRX_IMAGES
deployments=$(brx_lines BRX_DEPLOYMENTS 1)
probes=$(brx_lines BRX_PROBES 3)

for deployment in $deployments; do
    brx_retry 6 5 is_well "$deployment" || brx_fail "$deployment is not well"
done
while read -r service port path; do
    [[ -z $service ]] || brx_retry 5 3 probe "$service" "$port" "$path" ||
        brx_fail "$service does not answer at $path inside the cluster"
done <<<"$probes"
while IFS= read -r url; do
    [[ -n $url ]] || continue
    [[ $url == https://* ]] || brx_fail "not an https address: $url"
    brx_retry 6 5 answers "$url" || brx_fail "$url does not answer well"
done <<<"${BRX_URLS:-}"
brx_summary "Healthy in \`$BRX_NAMESPACE\`."
