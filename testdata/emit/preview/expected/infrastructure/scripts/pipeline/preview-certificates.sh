#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/wait.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/wait.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/wait.sh lib/rollout.sh
# shellcheck shell=bash
# Waits until the certificates of a preview are there: those of its first
# commit are asked for when it is deployed, and nothing answers before.
#
# in   BRX_NAMESPACE
#      BRX_SECONDS    the most that it may take
set -euo pipefail

# What is missing, one a line.
missing() {
    brx_kubectl get certificates.cert-manager.io --output json |
        jq -r '.items[] | ([.status.conditions[]? | select(.type == "Ready")]
            | first // {}) as $ready | select($ready.status != "True")
            | "\(.metadata.name): \($ready.message // "nothing is said yet")"'
}

are_there() {
    left=$(missing) || return 1
    [[ -z $left ]]
}

brx_need BRX_NAMESPACE
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
left=
brx_until "$BRX_SECONDS" 10 are_there || {
    brx_foreign <<<"$left"
    brx_fail "no certificate after $BRX_SECONDS seconds: do the hosts lead" \
        "here, and is the issuer's limit used up?"
}
