#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
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
