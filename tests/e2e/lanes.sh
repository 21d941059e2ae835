#!/usr/bin/env bash
# A build makes its documents on two processors, where it has them: each tree
# and each stream is, byte for byte, the one that a single processor makes.
#
#     lanes.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/processor.sh
. "$root/tests/e2e/lib/processor.sh"
rounds=5 # what two lanes do in which order, no one tells

awk -v services=60 -v environments=3 -v keys=10 \
    -f "$root/tests/bench/generate.awk" >"$work/sixty.brx"
for program in "$root"/examples/*/envs.brx "$work/sixty.brx"; do
    name=$(basename "$(dirname "$program")")
    alone=$work/alone/$name
    mkdir -p "$alone"
    on_one_processor "$broxc" build "$program" -o "$alone/tree" 2>"$alone/said"
    on_one_processor "$broxc" build "$program" --flat -o - >"$alone/stream"
    for ((round = 1; round <= rounds; round++)); do
        both=$work/both
        rm -rf "$both"
        mkdir "$both"
        "$broxc" build "$program" -o "$both/tree" 2>"$both/said"
        "$broxc" build "$program" --flat -o - >"$both/stream"
        expect "$name: the same stream, round $round" \
            cmp "$alone/stream" "$both/stream"
        expect "$name: the same tree, round $round" \
            diff -r "$alone/tree" "$both/tree"
        expect "$name: the same is said, round $round" \
            diff <(sed "s,$alone,," "$alone/said") \
            <(sed "s,$both,," "$both/said")
        # Changed at the end of what goes to the disk in pieces, and is broxc's.
        find "$both/tree" -name "*.yaml" -size +16k -not -path "*/release/*" \
            -exec sed -i '$s/$/ # by hand/' {} +
        expect "$name is mended, round $round" \
            "$broxc" build "$program" -o "$both/tree" --force 2>/dev/null
        expect "$name: the same tree when it is mended, round $round" \
            diff -r "$alone/tree" "$both/tree"
    done
done
finish 'builds on one processor and on two'
