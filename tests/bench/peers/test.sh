#!/usr/bin/env bash
# Do the jobs of the peers still make what broxc makes?
#
#     tests/bench/peers/test.sh BROXC [--values]
#
# jsonnet must be there; the tools of npm are tried where they are installed.
# With --values the fields must be the same, too, and not only the objects.
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/peers/peers.sh
. "$here/peers.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -v services=3 -v environments=3 -v keys=10 -f "$here/../generate.awk" \
    >"$work/program.brx"
"$broxc" build "$work/program.brx" --flat -o - >"$work/ours"
failed=0
for peer in "${peers[@]}"; do
    if find_peer "$peer" 3; then
        "${peer_command[@]}" >"$work/theirs"
        printf '%s: ' "$peer"
        node "$here/compare.mjs" "$work/ours" "$work/theirs" "${@:2}" ||
            failed=1
    else
        echo "$peer: not here ($(peer_source "$peer") installs it)"
        [ "$peer" != jsonnet ] || failed=1
    fi
done
exit "$failed"
