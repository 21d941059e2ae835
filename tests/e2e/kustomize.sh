#!/usr/bin/env bash
# Every overlay of every example, and of testdata/kubernetes, built by
# kustomize 5: the objects equal those of the flat file, one by one.
#
#     kustomize.sh BROXC PROGRAM
#
# PROGRAM is examples/NAME/envs.brx; the other programs are found from it. The
# objects are compared by tests/tools/yamlcheck, built beside BROXC.
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
yamlcheck=$(dirname "$broxc")/tests/tools/yamlcheck
work=$(mktemp -d)
overlay_count=0
trap 'rm -rf "$work"' EXIT

fail() { # WHAT [FILE]
    echo "failed: $1" >&2
    [ $# -lt 2 ] || cat "$2" >&2
    exit 1
}

# The first kustomize of version 5 on this machine.
find_kustomize() {
    local unpacked=$root/build/tools/bin/kustomize
    if [ -x "$unpacked" ]; then
        kustomize=("$unpacked" build)
    elif command -v kustomize >"$work/where"; then
        kustomize=(kustomize build)
    elif kubectl version --client 2>&1 |
        grep -q '^Kustomize Version: v5' >"$work/where"; then
        kustomize=(kubectl kustomize)
    else
        echo "skipped: no kustomize 5 on this machine" >&2
        exit 77
    fi
}

check_program() { # PROGRAM
    local out=$work/out flat environment
    rm -rf "$out"
    "$broxc" build "$1" -o "$out" --only kubernetes --flat 2>"$work/said" ||
        fail "broxc build $1" "$work/said"
    find "$out" -name '*.yaml' -exec "$yamlcheck" {} + >"$work/said" ||
        fail "a file of $1 reads in two ways" "$work/said"
    for flat in "$out"/infrastructure/kubernetes/flat/*.yaml; do
        environment=$(basename "$flat" .yaml)
        "${kustomize[@]}" "$out/infrastructure/kubernetes/overlays/$environment" \
            >"$work/built.yaml" 2>"$work/said" ||
            fail "kustomize refuses $environment of $1" "$work/said"
        [ ! -s "$work/said" ] ||
            fail "kustomize warns of $environment of $1" "$work/said"
        "$yamlcheck" --objects "$work/built.yaml" "$flat" >"$work/said" ||
            fail "$environment of $1 is not what its flat file says" \
                "$work/said"
        overlay_count=$((overlay_count + 1))
    done
}

[ -x "$yamlcheck" ] || fail "no $yamlcheck: build the tests first"
find_kustomize
for program in "$root"/examples/*/envs.brx "$root"/testdata/kubernetes/*.brx; do
    check_program "$program"
done
[ "$overlay_count" -gt 0 ] || fail "there was nothing to build"
echo "$overlay_count overlays give the objects of their flat files"
