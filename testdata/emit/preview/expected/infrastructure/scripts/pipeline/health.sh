#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/retry.sh lib/rollout.sh
# shellcheck shell=bash
# Is the release well? Every pod of each target is ready and runs the new
# image, unless the program pins it to another; of a stateful set with a
# partition, every pod behind it. Each address answers with 2xx. Certificates
# are checked, and redirects are not followed: what is asked for is what must
# answer.
#
# in   BRX_NAMESPACE
#      BRX_DEPLOYMENTS  targets, one a line (output of the deploy); none where
#                       Argo has the pods, and looks after them
#      BRX_IMAGES       lines `SERVICE IMAGE@sha256:...`
#      BRX_URLS         optional, https://..., one a line
#      BRX_PROBES       optional, lines `SERVICE PORT PATH`: asked through the
#                       cluster's API, for what has no traffic yet
set -euo pipefail

# Prints what is not well about a target; nothing when all is.
complaint() {
    brx_rolled "$1" | jq -rn --arg images "$BRX_IMAGES" --arg name "${1##*/}" '
        [$images | split("\n")[] | split(" ") | select(.[0] as $service
            | [$service, $service + "-blue", $service + "-green"]
            | index([$name])) | .[1] // empty] as $wanted
        | input? // null
        | (.spec.updateStrategy.rollingUpdate.partition // 0) as $kept
        | if . == null then "does not exist"
          elif (.status.observedGeneration // 0) < .metadata.generation
          then "was not noticed yet"
          elif .spec.replicas == 0 then "has no pods"
          elif [.spec.replicas] != ([.status.readyReplicas,
              .status.replicas] | unique) or (.status.updatedReplicas // 0)
              < .spec.replicas - $kept
          then "has \(.status.readyReplicas // 0) of \(.spec.replicas) ready"
          elif $wanted != [] and ([.spec.template.spec.containers[].image]
              - $wanted | length) == (.spec.template.spec.containers | length)
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

brx_need BRX_NAMESPACE BRX_IMAGES
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
