#!/usr/bin/env bash
# examples/online-boutique says of its services what their authors' manifests
# say, fact by fact, but for what is different on purpose:
# testdata/online-boutique/facts.tsv has their facts, OBJECT, FACT and VALUE on
# each line, and differences.tsv those that are `theirs` or `ours` alone, with a
# reason that docs/online-boutique.md gives, too.
#
#     online_boutique.sh BROXC PROGRAM
set -euo pipefail
export LC_ALL=C

# shellcheck disable=SC2034 # for expect.sh
broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
facts=$root/testdata/online-boutique/facts.tsv
differences=$root/testdata/online-boutique/differences.tsv
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

found() { # FLAT: every fact of it
    node "$root/tests/tools/facts.mjs" "$1"
}

expect_exit 0 "the boutique builds" build \
    "$root/examples/online-boutique/envs.brx" -o "$work/out" \
    --only kubernetes --flat
flat=$work/out/infrastructure/kubernetes/flat/demo.yaml

# SIDE, OBJECT, FACT and VALUE of each fact that one side alone has.
compare() { # FLAT
    found "$1" | sort -u >"$work/ours"
    sort -u "$facts" >"$work/theirs"
    {
        comm -23 "$work/theirs" "$work/ours" | sed 's/^/theirs\t/'
        comm -13 "$work/theirs" "$work/ours" | sed 's/^/ours\t/'
    } | sort
}

compare "$flat" >"$work/found"
[ "$(wc -l <"$work/theirs")" -ge 370 ] || fail "the facts are gone"
cut -f 1-4 "$differences" | sort >"$work/known"
expect "only what is known is different" diff "$work/known" "$work/found"

# Each is told to the reader, who counts them.
page=$root/docs/online-boutique.md
while IFS= read -r reason; do
    expect "the page gives the reason: $reason" \
        grep -qF "${reason%.}" "$page"
done < <(cut -f 5 "$differences" | sort -u)
for number in "$(wc -l <"$work/theirs") facts" \
    "$(comm -12 "$work/theirs" "$work/ours" | wc -l) of theirs" \
    "the other $(grep -c '^theirs' "$work/found")" \
    "$(grep -c '^ours' "$work/found") that are ours"; do
    expect "the page says: $number" grep -qF "$number" <(tr '\n' ' ' <"$page")
done

# A table that takes anything proves nothing.
sed 's/containerPort: 9555/containerPort: 9556/' "$flat" >"$work/broken.yaml"
compare "$work/broken.yaml" >"$work/found"
expect "another port is seen" \
    grep -qP 'theirs\tDeployment/adservice\tmain.port\t' "$work/found"
finish "facts of the boutique"
