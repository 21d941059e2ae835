#!/usr/bin/env bash
# Hostile texts through every word that takes one: what round_trip finds in
# memory, and a part of its programs through kustomize.
#
#     round_trip.sh BROXC ROUND_TRIP
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
yamlcheck=$(dirname "$broxc")/tests/tools/yamlcheck
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"

mkdir "$work/programs"
printf 'hello\n' >"$work/programs/conf.txt"
"$2" --write "$work/programs" 160 >"$work/said" ||
    fail "hostile texts: $(cat "$work/said")"
cat "$work/said"

count=0
for program in "$work"/programs/*.brx; do
    rm -rf "$work/out"
    expect_exit 0 "$program builds" build "$program" -o "$work/out" \
        --only kubernetes --flat
    tree=$work/out/infrastructure/kubernetes
    for overlay in "$tree"/overlays/*/; do
        "${render[@]}" "$overlay" >"$work/overlay.yaml"
        expect "kustomize gives what flat has: $(cat "$program")" \
            "$yamlcheck" --objects "$work/overlay.yaml" \
            "$tree/flat/$(basename "$overlay").yaml"
    done
    count=$((count + 1))
done
[ "$count" -ge 10 ] || fail "only $count programs were written"
finish "hostile texts"
