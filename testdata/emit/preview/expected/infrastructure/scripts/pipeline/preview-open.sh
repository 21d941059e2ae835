#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/wait.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/wait.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/retry.sh lib/wait.sh lib/rollout.sh
# shellcheck shell=bash
# Makes the namespace of a pull request, unless it is there, and gives whoever
# runs this the right to release into it. The cluster's admission policy takes
# no other name than a preview's, no other role and no other person.
#
# in   BRX_NAMESPACE      NAMESPACE-pr-N
#      BRX_PULL_REQUEST   N
#      BRX_FROM           NAMESPACE
#      BRX_NAMESPACE_FILE BRX_LIMITS_FILE  of preview-render.sh
#      BRX_ROLE           the ClusterRole that is bound
set -euo pipefail

is_gone() {
    local phase
    phase=$(kubectl get namespace "$BRX_NAMESPACE" --ignore-not-found \
        --output 'jsonpath={.status.phase}') || return 1
    [[ $phase != Terminating ]]
}

# One of the same name that somebody else made is none of ours.
check_owner() {
    jq -e --arg from "$BRX_FROM" --arg number "$BRX_PULL_REQUEST" '
        .metadata.labels["broxc/preview-of"] == $from
        and .metadata.labels["broxc/preview"] == $number' \
        >/dev/null <<<"$1" ||
        brx_fail "the namespace $BRX_NAMESPACE is no preview: it lacks the" \
            "labels of one, and is left as it is"
}

binding() {
    jq -n --arg namespace "$BRX_NAMESPACE" --arg role "$BRX_ROLE" \
        --arg user "$1" '{apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding", metadata: {name: "deployer", namespace: $namespace,
            labels: {"app.kubernetes.io/managed-by": "broxc"}},
        roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole",
            name: $role},
        subjects: [{apiGroup: "rbac.authorization.k8s.io", kind: "User",
            name: $user}]}'
}

bind() {
    local said user
    user=$(brx_retry 3 3 kubectl auth whoami --output json |
        jq -r '.status.userInfo.username // ""')
    [[ -n $user ]] || brx_fail "the cluster does not say who this is"
    if said=$(binding "$user" | kubectl create --filename - 2>&1); then
        brx_log "$said"
    elif [[ $said != *AlreadyExists* && $said != *'already exists'* ]]; then
        brx_fail "no right to release to $BRX_NAMESPACE: $said"
    fi
}

# apply FILE: the right to do so may take a moment to come.
apply() {
    brx_retry 5 2 brx_kubectl apply --server-side --field-manager=broxc \
        --force-conflicts --filename "$1"
}

# From when its time counts.
note_time() {
    jq -n --arg namespace "$BRX_NAMESPACE" --arg time "$(date +%s)" '{
        apiVersion: "v1", kind: "ConfigMap",
        metadata: {name: "broxc-preview", namespace: $namespace,
            labels: {"app.kubernetes.io/managed-by": "broxc"}},
        data: {time: $time}}' >"$note"
    apply "$note"
}

brx_need BRX_NAMESPACE_FILE BRX_LIMITS_FILE
brx_shape BRX_PULL_REQUEST '[1-9][0-9]{0,6}'
brx_shape BRX_FROM '[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?'
brx_shape BRX_ROLE '[a-z0-9][a-z0-9-]*'
[[ ${BRX_NAMESPACE:-} == "$BRX_FROM-pr-$BRX_PULL_REQUEST" ]] ||
    brx_fail "not the namespace of pull request $BRX_PULL_REQUEST:" \
        "${BRX_NAMESPACE:-}"
brx_until 300 10 is_gone ||
    brx_fail "namespace $BRX_NAMESPACE is being deleted, and does not end"
found=$(brx_retry 3 3 kubectl get namespace "$BRX_NAMESPACE" \
    --ignore-not-found --output json)
if [[ -n $found ]]; then
    check_owner "$found"
else
    kubectl create --filename "$BRX_NAMESPACE_FILE"
fi
bind
apply "$BRX_LIMITS_FILE" # before anything runs there
note=$(mktemp)
note_time
brx_log "$BRX_NAMESPACE is there for pull request $BRX_PULL_REQUEST"
