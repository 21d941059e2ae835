#!/usr/bin/env bash
# Plants faults in YAML files and differences between them, and expects that
# yamlcheck tells each: yamlcheck_test.sh YAMLCHECK CASES [--bless]. A case is
# a file or folder under CASES; what must be told stands beside it in an .out.
set -euo pipefail

yamlcheck=$(realpath "$1")
cd "$2"
bless=${3:-}
case_count=0
failed=0

# expect CODE OUT ARGUMENTS...
expect() {
    local wanted=$1 out=$2 code=0 told
    shift 2
    case_count=$((case_count + 1))
    # What a reader calls a fault depends on its version.
    told=$("$yamlcheck" "$@" 2>&1 |
        sed 's/:[0-9]*: \(libf*yaml\): .*/: \1/') || code=$?
    if [[ $code -ne $wanted ]]; then
        printf '%s: exit %d, not %d\n%s\n' "$*" "$code" "$wanted" "$told"
        failed=1
    elif [[ $bless == --bless ]]; then
        printf '%s\n' "$told" >"$out"
    elif ! diff -u --label "$out" --label told "$out" - <<<"$told"; then
        failed=1
    fi
}

for file in accepted/*.yaml; do
    expect 0 "${file%.yaml}.out" "$file"
done
for file in refused/*.yaml; do
    expect 1 "${file%.yaml}.out" "$file"
done
for folder in equal/*/; do
    expect 0 "${folder}out" --objects "${folder}left.yaml" "${folder}right.yaml"
done
for folder in different/*/; do
    expect 1 "${folder}out" --objects "${folder}left.yaml" "${folder}right.yaml"
done
expect 0 workflow.out --workflow refused/trigger.yaml
expect 1 all.out refused/*.yaml
expect 2 usage.out
expect 2 usage.out --objects equal/order/left.yaml
expect 2 usage.out --workflow
expect 2 usage.out --unknown accepted/service.yaml
expect 2 absent.out absent.yaml

printf '%d cases\n' "$case_count"
exit "$failed"
