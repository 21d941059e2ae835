#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Gives the runner its broxc: built from a checkout of the project at a pinned
# commit, with the libraries that the distribution signs. No binary is fetched.
# The checkout is made by actions/checkout in the step before.
#
# in   BRX_TOOL_SOURCE    folder of that checkout
#      BRX_TOOL_COMMIT    the commit, 40 hex digits
#      BRX_TOOL_PACKAGES  packages to install, one a line; default: those
#                         that the checkout's scripts/packages/build names
# out  broxc              path of the binary
set -euo pipefail

brx_need BRX_TOOL_SOURCE
brx_shape BRX_TOOL_COMMIT '[0-9a-f]{40}'
found=$(git -C "$BRX_TOOL_SOURCE" rev-parse --verify HEAD)
[[ $found == "$BRX_TOOL_COMMIT" ]] ||
    brx_fail "$BRX_TOOL_SOURCE is not at $BRX_TOOL_COMMIT"

list=$BRX_TOOL_SOURCE/scripts/packages/build
if [[ -z ${BRX_TOOL_PACKAGES:-} && -f $list ]]; then
    BRX_TOOL_PACKAGES=$(awk '!/^#/ { print $1 }' "$list")
fi
packages=()
while read -r package; do
    [[ -n $package ]] || continue
    [[ $package =~ ^[a-z0-9][a-z0-9.+-]+$ ]] ||
        brx_fail "not a package: $package"
    packages+=("$package")
done <<<"${BRX_TOOL_PACKAGES:-}"
if ((${#packages[@]})); then
    brx_retry 3 5 sudo apt-get update --quiet
    brx_retry 3 5 sudo apt-get install --yes --quiet \
        --no-install-recommends "${packages[@]}"
fi

build=$(mktemp -d "${RUNNER_TEMP:-/tmp}/broxc.XXXXXX")
cmake -S "$BRX_TOOL_SOURCE" -B "$build" -DCMAKE_BUILD_TYPE=Release
cmake --build "$build" --target broxc --parallel "$(nproc)"
"$build/broxc" --version
brx_output broxc "$build/broxc"
