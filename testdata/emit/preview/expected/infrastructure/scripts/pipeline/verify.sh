#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
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
