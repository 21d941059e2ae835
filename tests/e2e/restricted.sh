#!/usr/bin/env bash
# Every pod that broxc makes for every example and every word satisfies the pod
# security standard that the namespace enforces.
#
#     restricted.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
reader=$root/tests/tools/restricted.mjs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { # WHAT [FILE]
    echo "failed: $1" >&2
    [ $# -lt 2 ] || cat "$2" >&2
    exit 1
}

files=()
for program in "$root"/examples/*/envs.brx \
    "$root"/testdata/emit/*/main.brx; do
    grep -q '^env ' "$program" || continue # zones alone have no objects
    out=$work/$(basename "$(dirname "$program")")
    "$broxc" build "$program" -o "$out" --flat >"$work/said" 2>&1 ||
        fail "cannot build $program" "$work/said"
    files+=("$out"/infrastructure/kubernetes/flat/*.yaml)
done
node "$reader" "${files[@]}" >"$work/said" || fail "pods" "$work/said"
cat "$work/said"

# A reader that finds nothing in a loose pod proves nothing.
flat=$work/broxiva/infrastructure/kubernetes/flat/production.yaml
for change in 's/runAsNonRoot: true/runAsNonRoot: false/' 's/- ALL/- NONE/' \
    's/allowPrivilegeEscalation: false/allowPrivilegeEscalation: true/' \
    's/type: RuntimeDefault/type: Unconfined/' 's/emptyDir: {}/hostPath: {}/'; do
    sed "$change" "$flat" >"$work/loose.yaml"
    ! cmp -s "$flat" "$work/loose.yaml" || fail "nothing to loosen: $change"
    ! node "$reader" "$work/loose.yaml" >"$work/said" ||
        fail "a loose pod passes: $change"
done
