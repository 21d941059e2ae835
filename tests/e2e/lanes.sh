#!/usr/bin/env bash
# A large program is resolved, and its documents are made, on two processors,
# where it has them: each tree, stream and message is, byte for byte, the one
# that a single processor makes.
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

generate() { # SERVICES
    awk -v services="$1" -v environments=3 -v keys=10 \
        -f "$root/tests/bench/generate.awk"
}

# Holes, and secrets that are first named in different places.
vary() {
    awk '/^    run / {
        run++
        if (run % 43 == 0) $0 = $0 "  image ?HOLE_" run % 5
        if (run % 47 == 0) $0 = $0 "  secret [LATE_" run % 3 "]"
    }
    { print }'
}

# Ranges that run backwards, names and facts that lead nowhere, to themselves or
# to each other, from one end of the program to the other.
spoil() {
    awk '/^    run / {
        run++
        if (run % 31 == 0) sub(/128Mi\.\.256Mi/, "256Mi..128Mi")
        if (run % 37 == 0) $0 = $0 "  variable FACT \"${env.nowhere." run "}\""
        if (run % 41 == 0) $0 = $0 "  stop \"${env." $2 ".stop}\""
        if ($2 == "service-00020") $0 = $0 "  stop \"${env.service-00150.stop}\""
        if ($2 == "service-00150") $0 = $0 "  stop \"${env.service-00020.stop}\""
    }
    /calls/ && ++calls % 53 == 0 { sub(/service-/, "servcie-") }
    { print }'
}

generate 60 >"$work/sixty.brx"
generate 200 | vary >"$work/large.brx"
spoil <"$work/large.brx" >"$work/spoilt.brx"
on_one_processor "$broxc" check --format json "$work/spoilt.brx" \
    >"$work/alone.json" 2>&1 && fail 'the spoilt program is refused'
for code in L05 L07 L38; do
    expect "the spoilt program has an $code" \
        grep -q "\"$code\"" "$work/alone.json"
done
# 14 facts that lead to themselves; two that lead to each other, in each of three
# environments, from portions that are resolved apart.
expect 'a ring of facts is one message' \
    [ "$(grep -o '"L38"' "$work/alone.json" | wc -l)" -eq 17 ]
on_one_processor "$broxc" build "$work/large.brx" --flat -o - >"$work/alone.yaml"
for ((round = 1; round <= rounds; round++)); do
    "$broxc" check --format json "$work/spoilt.brx" >"$work/both.json" 2>&1 ||
        true
    expect "the same is said of the spoilt program, round $round" \
        cmp "$work/alone.json" "$work/both.json"
    "$broxc" build "$work/large.brx" --flat -o - >"$work/both.yaml"
    expect "the same stream of the large program, round $round" \
        cmp "$work/alone.yaml" "$work/both.yaml"
done

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
