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

# shellcheck shell=bash
# Which colour is live and what a release remembers. Needs rollout.sh.
#
# The selector of the Service says where traffic goes: it is the truth. The
# ConfigMap broxc-release-SERVICE is the memory beside it:
#   active version digest time                  what is live, since when
#   previous previous-version previous-digest   where a rollback goes
#   candidate candidate-version candidate-digest floor
#       what stands idle and ready; the minimum its autoscaler had before
# It is always written whole, and before the selector moves. So a run that
# dies in between leaves the goal written down, and the next one gets there.

# The colour that SERVICE sends traffic to; `none` before the first switch.
brx_live() {
    local service live
    service=$(brx_get service "$1")
    [[ -n $service ]] || {
        printf 'none\n'
        return
    }
    live=$(jq -r --arg key "$BRX_COLOR_LABEL" \
        '.spec.selector[$key] // ""' <<<"$service")
    case $live in
        blue | green | none) printf '%s\n' "$live" ;;
        *) brx_fail "Service $1 has the colour '$live' in its selector" ;;
    esac
}

brx_idle() {
    case $1 in
        blue) printf 'green\n' ;;
        *) printf 'blue\n' ;;
    esac
}

# The memory of SERVICE as one JSON object, empty before the first release.
brx_state() {
    brx_get configmap "broxc-release-$1" | jq -cn 'input? // {} | .data // {}'
}

# brx_state_key STATE KEY: one value, or nothing.
brx_state_key() {
    jq -r --arg key "$2" '.[$key] // ""' <<<"$1"
}

# brx_state_put SERVICE STATE: empty values are left out.
brx_state_put() {
    jq -n --arg service "$1" --argjson state "$2" '{
        apiVersion: "v1", kind: "ConfigMap",
        metadata: {name: "broxc-release-\($service)"},
        data: ($state | map_values(select(. != "")))
    }' | brx_kubectl apply --server-side --field-manager=broxc-release \
        --force-conflicts --filename -
}

# brx_select SERVICE COLOUR: moves the traffic, then looks whether it moved.
brx_select() {
    local patch live
    patch=$(jq -cn --arg key "$BRX_COLOR_LABEL" --arg colour "$2" \
        '{spec: {selector: {($key): $colour}}}')
    brx_kubectl patch service "$1" --type merge --patch "$patch"
    live=$(brx_live "$1")
    [[ $live == "$2" ]] ||
        brx_fail "Service $1 does not select $2 after the switch"
}

# brx_floor DEPLOYMENT COUNT: the least its autoscaler may go down to, within
# its maximum. Prints what it was before; nothing when there is no autoscaler.
brx_floor() {
    local scaler patch
    scaler=$(brx_get horizontalpodautoscaler "$1")
    [[ -n $scaler ]] || return 0
    patch=$(jq -c --arg count "$2" '{spec: {minReplicas:
        ([($count | tonumber), .spec.maxReplicas] | min)}}' <<<"$scaler")
    brx_kubectl patch horizontalpodautoscaler "$1" --type merge \
        --patch "$patch" >&2
    jq -r '.spec.minReplicas // 1' <<<"$scaler"
}

brx_now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

# brx_is_untouched STATE LIVE: a release that failed early may not have changed
# every service yet. True when BRX_VERSION is given and is not the newest here.
brx_is_untouched() {
    local newest
    newest=$(jq -r '."candidate-version" // .version // ""' <<<"$1")
    [[ -n ${BRX_VERSION:-} && $newest != "$BRX_VERSION" &&
        $2 == "$(brx_state_key "$1" active)" ]] || return 1
    brx_log "$2 stays: $BRX_VERSION changed nothing here"
}

# needs: lib/log.sh lib/rollout.sh lib/colour.sh
# shellcheck shell=bash
# Puts the release on the idle colour of each service and waits until it could
# take all traffic: as many pods as the live colour has now. Traffic is not
# touched; switch-traffic.sh does that.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_RENDERED  the file of render.sh
#      BRX_COLORS    lines `SERVICE LIVE IDLE` (colours.sh)
#      BRX_COUNTS    lines `SERVICE COUNT`, what it starts with at least
#      BRX_IMAGES    lines `SERVICE IMAGE@sha256:...`
#      BRX_VERSION   BRX_TIMEOUT, for each Deployment, e.g. 300s
# out  deployments   names, one a line
set -euo pipefail

# word_of LINES SERVICE: the second word of the service's line.
word_of() {
    awk -v service="$2" '$1 == service { print $2; exit }' <<<"$1"
}

# The idle colour is about to be overwritten: what it held is no longer there
# to go back to.
remember() {
    local service=$1 idle=$2 floor=$3 image state
    image=$(word_of "$images" "$service")
    state=$(brx_state "$service")
    state=$(jq -c --arg colour "$idle" --arg version "$BRX_VERSION" \
        --arg digest "${image#*@}" --arg floor "$floor" '
        if .previous == $colour then .previous = "" else . end
        | .candidate = $colour | ."candidate-version" = $version
        | ."candidate-digest" = $digest | .floor = $floor' <<<"$state")
    brx_state_put "$service" "$state"
}

# As many pods as the live colour has, and never fewer than declared.
fill() {
    local service=$1 live=$2 idle=$3 count running floor
    count=$(word_of "$counts" "$service")
    [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "no count for $service"
    running=$(brx_count "$service-$live")
    count=$((running > count ? running : count))
    floor=$(brx_floor "$service-$idle" "$count")
    remember "$service" "$idle" "$floor"
    brx_log "$service-$idle gets $count pods, $service-$live has $running"
    brx_scale "$service-$idle" "$count"
}

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_RENDERED BRX_COLORS BRX_COUNTS \
    BRX_IMAGES BRX_VERSION
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
colors=$(brx_lines BRX_COLORS 3)
counts=$(brx_lines BRX_COUNTS 2)
images=$(brx_lines BRX_IMAGES 2)
mapfile -t rows <<<"$colors"

for row in "${rows[@]}"; do
    read -r service live idle <<<"$row"
    now=$(brx_live "$service")
    [[ $now == "$live" && $idle != "$live" ]] ||
        brx_fail "$service: the live colour is not $live any more"
    remember "$service" "$idle" ""
done
brx_apply "$BRX_RENDERED"
deployments=
for row in "${rows[@]}"; do
    read -r service live idle <<<"$row"
    fill "$service" "$live" "$idle"
    deployments+=$service-$idle$'\n'
done
for deployment in $deployments; do
    brx_wait "$BRX_TIMEOUT" "$deployment"
done
brx_output deployments "${deployments%$'\n'}"
brx_summary "\`$BRX_VERSION\` stands ready in \`$BRX_NAMESPACE\`."
