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

# needs: lib/log.sh
# shellcheck shell=bash
# Is the committed tree exactly what its source says? Checks the source, builds
# into a clean copy of the commit and shows every difference. Writes nothing in
# the checkout.
#
# in   BRX_BROXC   path of the binary (build-broxc.sh)
#      BRX_SOURCE  e.g. envs.brx      BRX_OUTPUT  default `.`, the root of
#                  what is generated; both relative to the repository
set -euo pipefail

brx_need BRX_BROXC BRX_SOURCE
output=${BRX_OUTPUT:-.}
[[ "/$BRX_SOURCE/$output/" != */../* && $BRX_SOURCE != /* && $output != /* ]] ||
    brx_fail "$BRX_SOURCE and $output must lie inside the repository"

"$BRX_BROXC" check --format github "$BRX_SOURCE" ||
    brx_fail "$BRX_SOURCE has errors"

copy=$(mktemp -d "${RUNNER_TEMP:-/tmp}/verify.XXXXXX")/tree
trap 'git worktree remove --force "$copy" || true' EXIT
git worktree add --quiet --detach "$copy" HEAD
(cd "$copy" && "$BRX_BROXC" build "$BRX_SOURCE" -o "$output") ||
    brx_fail "$BRX_SOURCE cannot be built"

# Ignored files too: something generated must not be missed by .gitignore.
git -C "$copy" add --all --force --intent-to-add
if ! git -C "$copy" --no-pager diff --exit-code --stat --patch HEAD; then
    brx_fail "the committed tree is not what $BRX_SOURCE says: run \
\`broxc build $BRX_SOURCE -o $output\` and commit what it writes"
fi
brx_summary "The tree is exactly what \`$BRX_SOURCE\` says."
