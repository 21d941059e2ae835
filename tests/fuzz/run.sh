#!/usr/bin/env bash
# Runs every fuzz target for SECONDS of a processor, from the programs that the
# project has. A crash, a leak, a hang or too much memory fails; the input that
# did it is left beside the target, and belongs into testdata/fuzz/.
set -euo pipefail

seconds=${1:-60}
project=$(cd "$(dirname "$0")/../.." && pwd)
cd "$project"
cmake --preset sanitize >/dev/null
cmake --build --preset sanitize -- --quiet tests/fuzz/all
cd build/sanitize/tests/fuzz

# What the project has, a folder for each kind of file.
rm -rf seeds
for kind in brx zone yaml lock md; do
    mkdir -p "seeds/$kind"
done
index=0
while IFS= read -r -d '' file; do
    index=$((index + 1))
    kind=${file##*.}
    cp "$file" "seeds/${kind/#yml/yaml}/$index"
done < <(find "$project/testdata" "$project/examples" \( -name '*.brx' \
    -o -name '*.zone' -o -name '*.yaml' -o -name '*.yml' -o -name '*.lock' \
    -o -path '*/error/*.md' \) \
    -type f -size -64k -print0)
echo "$index seeds"

declare -A seeds=([fuzz_zone]=zone [fuzz_manifest]=yaml [fuzz_lock]=lock
    [fuzz_document]=md)

# The words of our own tables, and what holds words together.
{
    sed -n 's/^WORD([A-Z0-9_]*, \("[a-z0-9-]\{1,\}"\),.*/\1/p' \
        "$project/compiler/schema/words.def"
    # shellcheck disable=SC2016 # the language's own dollar
    printf '"%s"\n' '${' '}' '..' '->' '\"\"\"' '?A' '[' ']' '##'
} >brx.dict
{
    # shellcheck disable=SC2016 # a zone's own dollar
    printf '"%s"\n' '$ORIGIN' '$TTL' '$INCLUDE' ' IN ' ' CLASS1 ' ' TYPE65 ' \
        '\\#' '\\032' ' SOA ' '1h30m' 'alpn=\"h2\"' 'mandatory='
    sed -n 's/^RECORD(\([A-Z0-9]*\), [1-9].*/" \1 "/p' \
        "$project/compiler/ir/records.def"
} >zone.dict
{
    sed -n 's/^KIND("\([^"]*\)", "\([^"]*\)".*/"apiVersion: \1\\x0Akind: \2\\x0A"/p' \
        "$project/compiler/ir/kubernetes.def"
    grep '^SHAPE(\|^  *"' "$project/compiler/ir/kubernetes.def" |
        grep -oE '[a-zA-Z]+!?:' | tr -d '!' | sort -u | sed 's/.*/"&"/'
    printf '"%s"\n' '&a' '*a' '<<: *a' '!!str ' '---\x0A' '|\x0A' '{' '}' '[' ']'
} >yaml.dict
printf '"%s"\n' 'owned' 'once' 'end' 'compiler' 'program' '\\x' '../' >lock.dict
# Of documents: tables, and the titles that are read.
{
    printf '"%s"\n' '|' '|-|-|' '<br>' '**' '| production |' '| api |'
    sed -n 's/^FACT("\([^",]*\).*/"|\1|"/p' \
        "$project/compiler/check/document_facts.def"
} >md.dict

targets=()
for target in ./fuzz_*; do
    [[ -f $target && -x $target ]] && targets+=("$target")
done
[ "${#targets[@]}" -gt 0 ]

# All at once, so that no core is without work before the end: each has its share
# of the cores, and what is asked of it takes so much longer.
share_of() { # SECONDS
    echo $((($1 * ${#targets[@]} + cores - 1) / cores))
}
cores=$(nproc)
[ "$cores" -lt "${#targets[@]}" ] || cores=${#targets[@]}

run_target() { # TARGET
    local name kind
    name=$(basename "$1")
    kind=${seeds[$name]:-brx}
    mkdir -p "$name.corpus"
    "$1" "$name.corpus" "seeds/$kind" -max_total_time="$(share_of "$seconds")" \
        -timeout="$(share_of 5)" \
        -rss_limit_mb=2048 -max_len=65536 -dict="$kind.dict" \
        -print_final_stats=1 -artifact_prefix="$name-" >"$name.log" 2>&1 ||
        touch "$name.failed"
}

rm -f ./*.failed
for target in "${targets[@]}"; do
    run_target "$target" &
done
wait

failed=0
for target in "${targets[@]}"; do
    name=$(basename "$target")
    if [ -e "$name.failed" ]; then
        failed=1
        tail -n 40 "$name.log"
    fi
    grep -E 'number_of_executed_units|peak_rss_mb' "$name.log" |
        sed "s/^/$name: /"
done
exit "$failed"
