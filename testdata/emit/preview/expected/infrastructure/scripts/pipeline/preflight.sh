#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/window.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/window.sh"
# needs: lib/log.sh lib/window.sh
# shellcheck shell=bash
# Looks, before anything is done, whether the release can get to its end: it
# runs from the environment's own branch, and each variable and secret that a
# later job needs is set, and releases may come in now.
#
# in   BRX_BRANCH  optional, e.g. main
#      BRX_NEEDED  optional, lines `NAME VALUE`; a secret's value is `true`
#                  when it is set, never the secret itself
#      BRX_FREEZES BRX_WINDOWS  optional, see lib/window.sh
#      GITHUB_REF
set -euo pipefail

if [[ -n ${BRX_BRANCH:-} && ${GITHUB_REF:-} != "refs/heads/$BRX_BRANCH" ]]; then
    brx_fail "this workflow runs from the branch $BRX_BRANCH alone, \
not from ${GITHUB_REF:-nowhere}"
fi

closed=$(brx_window "$(date +%s)")
[[ -z $closed ]] || brx_fail "no release comes in before \
$(brx_when "${closed%% *}"): ${closed#* }"

missing=
while read -r name value; do
    if [[ -n $name && (-z $value || $value == false) ]]; then
        missing+=" $name"
    fi
done <<<"${BRX_NEEDED:-}"
[[ -z $missing ]] || brx_fail "not set in the settings of the repository or \
of its environment:$missing"
brx_log "everything that the release needs is set"
