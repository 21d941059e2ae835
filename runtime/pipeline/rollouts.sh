# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Looks at what Argo Rollouts has, before anything is applied: at which revision
# each Deployment is, which roll-back-argo.sh goes back to, and which pods each
# Service selects. Argo adds these to the selectors, and an apply without them
# would send traffic to all pods for a moment.
#
# in   BRX_NAMESPACE
#      BRX_SERVICES  names, one a line
# out  revisions     lines `SERVICE REVISION`; 0: there is no such Deployment
#      selectors     lines `KUBERNETES-SERVICE KEY VALUE`
set -euo pipefail

hash_key=rollouts-pod-template-hash

brx_need BRX_NAMESPACE BRX_SERVICES
services=$(brx_lines BRX_SERVICES 1)
brx_kubectl get rollouts.argoproj.io --output name ||
    brx_fail "the cluster has no Argo Rollouts, or the pipeline may not read \
them: install its controller, and apply the Role of this overlay"

revisions='' selectors=''
for service in $services; do
    brx_no_colours "$service"
    revision=$(brx_revision "$service")
    [[ $revision =~ ^[0-9]+$ ]] ||
        brx_fail "$service has the revision '$revision'"
    revisions+="$service $revision"$'\n'
    for name in "$service" "$service-preview" "$service-stable"; do
        object=$(brx_get service "$name")
        [[ -n $object ]] || continue
        hash=$(jq -r --arg key "$hash_key" '.spec.selector[$key] // ""' \
            <<<"$object")
        [[ -z $hash ]] || selectors+="$name $hash_key $hash"$'\n'
    done
done
brx_log "${revisions%$'\n'}"
brx_output revisions "${revisions%$'\n'}"
brx_output selectors "${selectors%$'\n'}"
