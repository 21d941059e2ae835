#!/usr/bin/env bash
# examples/online-boutique says of its services what their authors' manifests
# say: testdata/online-boutique/facts.tsv has the facts, OBJECT, FACT and VALUE
# on each line, and docs/online-boutique.md what is different on purpose.
#
#     online_boutique.sh BROXC PROGRAM
set -euo pipefail
export LC_ALL=C

# shellcheck disable=SC2034 # for expect.sh
broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
facts=$root/testdata/online-boutique/facts.tsv
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

found() { # FLAT: every fact of it
    node "$root/tests/tools/facts.mjs" "$1"
}

expect_exit 0 "the boutique builds" build \
    "$root/examples/online-boutique/envs.brx" -o "$work/out" \
    --only kubernetes --flat
flat=$work/out/infrastructure/kubernetes/flat/demo.yaml
found "$flat" | sort -u >"$work/ours"
sort -u "$facts" >"$work/theirs"
[ "$(wc -l <"$work/theirs")" -ge 250 ] || fail "the facts are gone"
comm -23 "$work/theirs" "$work/ours" >"$work/missing"
expect "every fact holds" diff /dev/null "$work/missing"

# A table that takes anything proves nothing.
sed 's/containerPort: 9555/containerPort: 9556/' "$flat" >"$work/broken.yaml"
found "$work/broken.yaml" | sort -u >"$work/ours"
comm -23 "$work/theirs" "$work/ours" >"$work/missing"
expect "another port is seen" grep -qP 'adservice\tmain.port\t' "$work/missing"
finish "facts of the boutique"
