#!/usr/bin/env bash
# Runs every fuzz target for SECONDS, side by side, from the programs that the
# project has. A crash, a leak, a hang or too much memory fails; the input that
# did it is left beside the target, and belongs into testdata/hostile/.
set -euo pipefail

seconds=${1:-60}
cd "$(dirname "$0")/../.."
cmake --preset fuzz --log-level=WARNING
cmake --build --preset fuzz
cd build/fuzz/tests/fuzz

mkdir -p seeds
index=0
while IFS= read -r -d '' program; do
    index=$((index + 1))
    cp "$program" "seeds/$index.brx"
done < <(find ../../../../testdata ../../../../examples -name '*.brx' \
    -size -64k -print0)
echo "$index seeds"

names=()
runs=()
for target in ./fuzz_*; do
    [[ -f $target && -x $target ]] || continue
    name=$(basename "$target")
    mkdir -p "$name.corpus"
    "$target" "$name.corpus" seeds -max_total_time="$seconds" -timeout=5 \
        -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$name-" >"$name.log" 2>&1 &
    names+=("$name")
    runs+=("$!")
done
[ "${#runs[@]}" -gt 0 ]

failed=0
for i in "${!runs[@]}"; do
    if ! wait "${runs[i]}"; then
        failed=1
        tail -n 40 "${names[i]}.log"
    fi
    grep -E 'number_of_executed_units|peak_rss_mb' "${names[i]}.log" |
        sed "s/^/${names[i]}: /"
done
exit "$failed"
