#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Runs one test of the project, in a checkout of what is released. It finds
# the addresses of the services in its environment, BRX_URL_API for `api`, and
# the first of them as BRX_URL. What has no traffic yet is reached through the
# cluster's API, on a port of this machine. Credentials of the run are taken
# out of its environment. A locked npm project is installed before an npm test.
#
# in   BRX_COMMAND    e.g. npm run test:smoke
#      BRX_ADDRESSES  optional, lines `SERVICE URL`
#      BRX_FORWARDS   optional, lines `SERVICE KUBERNETES-SERVICE PORT`
#      BRX_NAMESPACE  with BRX_FORWARDS
set -euo pipefail

# publish SERVICE URL
publish() {
    local name=BRX_URL_${1^^}
    name=${name//-/_}
    [[ $name =~ ^[A-Z][A-Z0-9_]*$ ]] || brx_fail "not a service: $1"
    printf -v "$name" '%s' "$2"
    [[ -n ${BRX_URL:-} ]] || export BRX_URL=$2
    export "${name?}"
    brx_log "$name=$2"
}

is_open() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# forward SERVICE TARGET PORT LOCAL: ends with this script.
forward() {
    kubectl --namespace "$BRX_NAMESPACE" port-forward "service/$2" \
        "$4:$3" --address 127.0.0.1 >/dev/null &
    forwards+=("$!")
    brx_retry 5 1 is_open "$4" || brx_fail "no way to the service $2"
    publish "$1" "http://127.0.0.1:$4"
}

brx_need BRX_COMMAND
forwards=()
trap '((!${#forwards[@]})) || kill "${forwards[@]}" 2>/dev/null || true' EXIT
while read -r service url; do
    [[ -z $service ]] || publish "$service" "$url"
done <<<"${BRX_ADDRESSES:-}"
local_port=18000
while read -r service target port; do
    [[ -n $service ]] || continue
    brx_need BRX_NAMESPACE
    local_port=$((local_port + 1))
    forward "$service" "$target" "$port" "$local_port"
done <<<"${BRX_FORWARDS:-}"

if [[ $BRX_COMMAND =~ ^(npm|npx)[[:space:]] && -f package-lock.json ]]; then
    npm ci --no-audit --no-fund
fi
brx_log "test: $BRX_COMMAND"
env --unset KUBECONFIG --unset GITHUB_TOKEN --unset GITHUB_ENV \
    --unset GITHUB_OUTPUT --unset GITHUB_PATH \
    --unset ACTIONS_ID_TOKEN_REQUEST_TOKEN \
    --unset ACTIONS_ID_TOKEN_REQUEST_URL \
    bash -euo pipefail -c "$BRX_COMMAND"
brx_summary "Passed: \`$BRX_COMMAND\`"
