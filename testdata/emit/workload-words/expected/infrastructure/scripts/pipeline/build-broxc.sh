#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck shell=bash
# What a script says, and where: the log, a failure, outputs, the summary.
# Every pipeline script stands on this file.

# Without this, `set -e` is off inside $(...), and a cluster that does not
# answer would look like an empty one. For the same reason no question to a
# cluster or a registry stands inside a [[ ]]: it is asked first.
shopt -s inherit_errexit

brx_log() {
    printf '%s\n' "$*"
}

# The text of a workflow command: what would end it is escaped.
brx_command() {
    local text=$2
    text=${text//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    text=${text//$'\n'/'%0A'}
    printf '::%s::%s\n' "$1" "$text"
}

brx_warn() {
    brx_command warning "$*" >&2
}

brx_fail() {
    brx_command error "$*" >&2
    exit 1
}

# brx_need NAME...: the facts without which nothing is started.
brx_need() {
    local name
    for name in "$@"; do
        [[ ${!name:-} == *[![:space:]]* ]] ||
            brx_fail "the fact $name is missing or empty"
    done
}

# brx_shape NAME PATTERN: the whole value of the fact NAME fits PATTERN.
brx_shape() {
    brx_need "$1"
    [[ ${!1} =~ ^($2)$ ]] || brx_fail "the fact $1 is not well formed: ${!1}"
}

brx_token() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints text of others (standard input) with workflow commands switched off.
brx_foreign() {
    local token
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines.
brx_output() {
    local mark
    mark=brx-$(brx_token)
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# shellcheck shell=bash
# Trying again, for a bounded number of times, with growing pauses.

# brx_retry TRIES DELAY COMMAND...: DELAY seconds at first, doubled each time,
# a minute at most. Gives what the last try gave.
brx_retry() {
    local tries=$1 delay=$2 try=1 status
    shift 2
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0 || try >= tries)); then
            return "$status"
        fi
        printf 'try %d of %d failed, next in %ds\n' \
            "$try" "$tries" "$delay" >&2
        sleep "$delay"
        try=$((try + 1))
        delay=$((delay * 2 > 60 ? 60 : delay * 2))
    done
}

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
