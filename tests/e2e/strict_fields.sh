#!/usr/bin/env bash
# Every Kubernetes object of every example, and of testdata/kubernetes, held
# strictly against the fields of its kind: names, types, what must be there,
# which words may stand there.
#
#     strict_fields.sh BROXC PROGRAM
#
# PROGRAM is examples/NAME/envs.brx; the other examples are found beside it.
# The checker lies in the build's tests/tools/.
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
kubecheck=$(dirname "$broxc")/tests/tools/kubecheck
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { # WHAT [FILE]
    echo "failed: $1" >&2
    [ $# -lt 2 ] || cat "$2" >&2
    exit 1
}

# Flat files hold whole objects, unless a hole is open; a base and its patches
# make some together. What was laid by hand says how it is merged, too.
check_tree() { # FOLDER
    local parts=() partial=()
    ! grep -qF ' waits for ?' "$1"/flat/*.yaml || partial=(--partial)
    "$kubecheck" "${partial[@]}" "$1"/flat/*.yaml >"$work/said" ||
        fail "flat files of $program" "$work/said"
    cat "$work/said"
    mapfile -d '' parts < <(find "$1" -name '*.yaml' \
        -not -name kustomization.yaml -not -path '*/flat/*' \
        -not -path '*/patches/*' -print0)
    "$kubecheck" --partial "${parts[@]}" >"$work/said" ||
        fail "base and overlays of $program" "$work/said"
}

# A checker that finds nothing in a broken object proves nothing.
expect_fault() { # CODE SED-SCRIPT FILE
    sed "$2" "$3" >"$work/broken.yaml"
    ! cmp -s "$3" "$work/broken.yaml" || fail "nothing to break: $2"
    ! "$kubecheck" "$work/broken.yaml" >"$work/said" || fail "$1 is not seen"
    grep -qF "[$1]" "$work/said" || fail "$1 is not told" "$work/said"
}

count=0
for program in "$root"/examples/*/envs.brx "$root"/testdata/kubernetes/*.brx \
    "$root"/testdata/emit/*/main.brx; do
    grep -q '^env ' "$program" || continue # zones alone have no objects
    # Its kinds are not of the table: that is what it is about.
    [[ $program != */emit/schema/* ]] || continue
    count=$((count + 1))
    echo "$program"
    "$broxc" build "$program" -o "$work/$count" --flat >"$work/said" 2>&1 ||
        fail "cannot build $program" "$work/said"
    check_tree "$work/$count/infrastructure/kubernetes"
done
[ "$count" -ge 2 ] || fail "no programs were found"

flat=$work/1/infrastructure/kubernetes/flat/production.yaml
expect_fault Y03 's/  containers:/  containrs:/' "$flat"
expect_fault Y04 's/containerPort: \(.*\)/containerPort: "\1"/' "$flat"
expect_fault Y05 's/^    matchLabels:/    matchLables:/; s/scaleTargetRef/x/' \
    "$flat"
expect_fault Y06 's/kind: Deployment/kind: Deploiment/' "$flat"
expect_fault Y07 's/memory: .*/memory: 1GB/' "$flat"
expect_fault Y02 's/^kind: Ingress/kind: Ingress\nkind: Ingress/' "$flat"
