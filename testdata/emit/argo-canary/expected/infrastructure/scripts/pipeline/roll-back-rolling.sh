#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Brings each that rolls back to its revision before this release. One that
# this release did not change is left alone: an undo would take away the release
# before. So revisions.sh writes down, before the deploy, which revisions are
# there, and this goes to exactly these.
#
# A stateful set whose new pod never became ready waits for it for ever, also
# when its template is the old one again ("Forced rollback" in the manual of
# Kubernetes). So such pods are evicted: a healthy one is safe from that, for
# its disruption budget is asked.
#
# in   BRX_NAMESPACE
#      BRX_REVISIONS  lines `TARGET REVISION`; 0: it was not there before
#      BRX_TIMEOUT    for each of them, e.g. 300s
set -euo pipefail

# The pods of a release, by its ControllerRevision, that are not ready.
unready() {
    brx_kubectl get pods --output json \
        --selector "controller-revision-hash=$1" | jq -r '.items[]?
        | select([.status.conditions[]? | select(.type == "Ready"
            and .status == "True")] | length == 0) | .metadata.name'
}

evict_unready() {
    local pods pod
    pods=$(unready "$1")
    for pod in $pods; do
        brx_log "$pod never became ready and is evicted"
        jq -n --arg pod "$pod" --arg namespace "$BRX_NAMESPACE" '
            {apiVersion: "policy/v1", kind: "Eviction",
             metadata: {name: $pod, namespace: $namespace}}' |
            brx_kubectl create --filename - --raw \
                "/api/v1/namespaces/$BRX_NAMESPACE/pods/$pod/eviction"
    done
}

roll_back() {
    local service=$1 before=$2 now object
    now=$(brx_revision "$service")
    if [[ $now == "$before" ]]; then
        brx_log "$service is still at revision $before"
        return
    fi
    ((before > 0)) ||
        brx_fail "$service is new in this release: nothing to go back to"
    object=$(brx_rolled "$service")
    brx_kubectl rollout undo "$(brx_kind "$service")/${service##*/}" \
        --to-revision "$before"
    if [[ $(brx_kind "$service") == statefulset ]]; then
        evict_unready "$(jq -r .status.updateRevision <<<"$object")"
    fi
    brx_wait "$BRX_TIMEOUT" "$service"
    brx_log "$service is back at what revision $before was"
    brx_summary "- \`$service\` is back at revision $before"
}

brx_need BRX_NAMESPACE BRX_REVISIONS
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
revisions=$(brx_lines BRX_REVISIONS 2)

# In the background, since `set -e` does not work left of an `||`.
failed=0
mapfile -t rows <<<"$revisions"
for row in "${rows[@]}"; do
    read -r service before <<<"$row"
    [[ $before =~ ^[0-9]+$ ]] || brx_fail "not a revision: $row"
    roll_back "$service" "$before" &
    wait "$!" || failed=1
done
((failed == 0)) || brx_fail "the rollback is not complete: see above"
