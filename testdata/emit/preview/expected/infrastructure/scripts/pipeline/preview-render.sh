#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/job.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/job.sh"
# needs: lib/log.sh lib/rollout.sh lib/job.sh
# shellcheck shell=bash
# Makes a pull request's own of what was rendered for the environment that it
# is taken from: the namespace, `pr-N.` before each host wherever it stands, one
# pod of each service, certificates of its own, secrets through the store that
# an administrator opened to previews. What calls people, scales, or is an
# administrator's is left out; no job starts by its schedule, as all share data.
#
# in   BRX_RENDERED      the file of render.sh
#      BRX_PULL_REQUEST  its number
#      BRX_FROM          the namespace that it was rendered for
#      BRX_HOSTS         the hosts there, one a line
#      BRX_URLS          addresses there that say whether it is well
#      BRX_STORE         optional, the ClusterSecretStore that has the secrets
# out  rendered   the file of the objects
#      namespace  the file of the Namespace
#      limits     its ResourceQuota and LimitRange, as they are there
#      counts     lines `NAME 1` of all Deployments
#      hosts      of the preview, one a line
#      urls       BRX_URLS of the preview
set -euo pipefail

# shellcheck disable=SC2016 # the variables are jq's
change='
def below: "pr-\($number).";
# A host as a whole: not the end of a longer one, nor its beginning.
def rename: gsub("(?<![A-Za-z0-9.-])(?<host>\($hosts
        | map(gsub("\\."; "\\.")) | join("|")))(?![A-Za-z0-9-]|\\.[A-Za-z0-9])";
    below + .host);
def is_kept: (.metadata.labels["broxc/applied-by"] // "") != "administrator"
    and (.kind | IN("HorizontalPodAutoscaler", "PodDisruptionBudget",
        "SecretStore", "PodMonitor", "ServiceMonitor", "PrometheusRule",
        "Namespace", "ResourceQuota", "LimitRange") | not)
    and (.kind != "ServiceAccount" or .metadata.name != "vault-reader")
    and (.kind != "Ingress"
        or (.metadata.name | startswith("redirect.") | not));
def own: if .kind == "Deployment" then .spec.replicas = 1
    elif .kind == "CronJob" then .spec.suspend = true
    elif .kind == "Certificate"
    then .spec.dnsNames = ($hosts | map(below + .))
    elif .kind == "ExternalSecret" and $store != ""
    then .spec.secretStoreRef = {kind: "ClusterSecretStore", name: $store}
    else . end;
{apiVersion: "v1", kind: "List", items: [.[] | select(is_kept)
    | walk(if type == "string" then rename else . end) | own
    | .metadata.namespace = $namespace
    | .metadata.labels["broxc/preview"] = $number]}'

# Its labels say whose it is; the rest is how pods are held to the rules.
# shellcheck disable=SC2016
namespace='
([.[] | select(.kind == "Namespace")] | first // {} | .metadata.labels // {}
    | with_entries(select(.key | startswith("pod-security.kubernetes.io/")
        or . == "app.kubernetes.io/part-of"))) as $labels
| {apiVersion: "v1", kind: "Namespace", metadata: {name: $namespace,
    labels: ($labels + {"app.kubernetes.io/managed-by": "broxc",
        "broxc/preview": $number, "broxc/preview-of": $from})}}'

# shellcheck disable=SC2016
limits='{apiVersion: "v1", kind: "List", items: [.[]
    | select(.kind == "ResourceQuota" or .kind == "LimitRange")
    | .metadata |= (.namespace = $namespace | .labels["broxc/preview"] = $number
        | del(.labels["broxc/applied-by"]))]}'

make() {
    jq --arg number "$BRX_PULL_REQUEST" --arg from "$BRX_FROM" \
        --arg namespace "$BRX_FROM-pr-$BRX_PULL_REQUEST" \
        --arg store "${BRX_STORE:-}" --arg list "$BRX_HOSTS" \
        '($list | split("\n") | map(select(. != ""))) as $hosts | '"$1" \
        <<<"$objects" >"$2"
    [[ -s $2 ]] || brx_fail "nothing came of $BRX_RENDERED"
}

brx_need BRX_RENDERED BRX_HOSTS
brx_shape BRX_PULL_REQUEST '[1-9][0-9]{0,6}'
brx_shape BRX_FROM '[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
objects=$(brx_objects "$BRX_RENDERED")
BRX_URLS=${BRX_URLS:-} below=pr-$BRX_PULL_REQUEST.
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/preview.XXXXXX")
make "$change" "$folder/rendered.json"
make "$namespace" "$folder/namespace.json"
make "$limits" "$folder/limits.json"
for name in rendered namespace limits; do
    brx_output "$name" "$folder/$name.json"
done
brx_output counts "$(jq -r '.items[] | select(.kind == "Deployment")
    | "\(.metadata.name) 1"' "$folder/rendered.json")"
brx_output hosts "$below${BRX_HOSTS//$'\n'/$'\n'$below}"
brx_output urls "${BRX_URLS//https:\/\//https:\/\/$below}"
