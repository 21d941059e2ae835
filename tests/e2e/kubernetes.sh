#!/usr/bin/env bash
# The Kubernetes tree of every example, of testdata/kubernetes and testdata/emit:
# kustomize builds every folder of it, each overlay gives the objects that `--flat`
# renders, one by one as parsed data, and every YAML file reads the same with two
# readers.
#
#     kubernetes.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
yamlcheck=$(dirname "$broxc")/tests/tools/yamlcheck
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"

# build_folders TREE: each folder of kustomize but the overlays, all by one run,
# which is told them apart by a prefix; a Namespace would have none.
build_folders() {
    local folder all=$work/all kind count=0
    rm -rf "$all"
    mkdir "$all"
    cp -r "$1" "$all/tree"
    printf 'resources:\n' >"$all/kustomization.yaml"
    while read -r folder; do
        count=$((count + 1))
        mkdir "$all/n$count"
        kind=resources
        ! grep -qx 'kind: Component' "$folder/kustomization.yaml" ||
            kind=components
        printf 'namePrefix: n%d-\n%s:\n  - %s\n%s\n' "$count" "$kind" \
            "../tree${folder#"$1"}" "$without_namespace" \
            >"$all/n$count/kustomization.yaml"
        printf '  - n%d\n' "$count" >>"$all/kustomization.yaml"
    done < <(find "$1" -name kustomization.yaml -printf '%h\n' |
        grep -v '/overlays/[^/]*$')
    expect "kustomize builds the $count folders of $1" \
        "${render[@]}" "$all" >"$work/objects.yaml"
}

# shellcheck disable=SC2016 # the dollar is kustomize's
without_namespace='patches:
  - target:
      kind: Namespace
    patch: |
      $patch: delete
      apiVersion: v1
      kind: Namespace
      metadata:
        name: any'

compare_overlays() { # TREE
    local overlay name count=0
    for overlay in "$1"/overlays/*/; do
        name=$(basename "$overlay")
        "${render[@]}" "$overlay" >"$work/overlay.yaml"
        expect "$name is the same with and without kustomize" \
            "$yamlcheck" --objects "$work/overlay.yaml" "$1/flat/$name.yaml"
        count=$((count + 1))
    done
    [ "$count" -eq "$(find "$1/flat" -name '*.yaml' | wc -l)" ] ||
        fail "there are other overlays than flat renderings"
}

check_program() { # PROGRAM
    local out=$work/out tree
    rm -rf "$out"
    expect_exit 0 "$1 builds" build "$1" -o "$out" --only kubernetes --flat
    tree=$(find "$out" -type d -name kubernetes)
    [ -n "$tree" ] || fail "$1 writes no Kubernetes tree"
    build_folders "$tree"
    compare_overlays "$tree"
    find "$out" -name '*.yaml' -print0 |
        xargs -0 "$yamlcheck" || fail "the YAML of $1 is not sound"
}

for program in "$root"/examples/*/envs.brx "$root"/testdata/kubernetes/*.brx \
    "$root"/testdata/emit/*/main.brx; do
    grep -q '^env ' "$program" || continue # zones alone have no objects
    check_program "$program"
done
finish "Kubernetes trees"
