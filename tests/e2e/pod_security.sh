#!/usr/bin/env bash
# Every pod of every tree meets the pod security standard `restricted`, by a
# checker that knows the published rules and nothing of ours.
#
#     pod_security.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

judge() { # FILE...
    node "$root/tests/tools/pod_security.mjs" "$@"
}

# A checker that finds nothing in a broken pod proves nothing.
expect_finding() { # WHAT SED-SCRIPT
    sed "$2" "$flat" >"$work/broken.yaml"
    ! cmp -s "$flat" "$work/broken.yaml" || fail "nothing to break: $2"
    ! judge "$work/broken.yaml" >"$work/said" || fail "$1 is not seen"
    expect "$1 is told" grep -qF "$1" "$work/said"
}

for program in "$root"/examples/*/envs.brx "$root"/testdata/emit/*/main.brx; do
    grep -q '^env ' "$program" || continue # zones alone have no pods
    rm -rf "$work/out"
    expect_exit 0 "$program builds" build "$program" -o "$work/out" \
        --only kubernetes --flat
    expect "the pods of $program" judge \
        "$work"/out/infrastructure/kubernetes/flat/*.yaml
done

expect_exit 0 "it builds" build "$2" -o "$work/first" --only kubernetes --flat
flat=$work/first/infrastructure/kubernetes/flat/production.yaml
expect_finding "allowPrivilegeEscalation is not false" \
    's/allowPrivilegeEscalation: false/allowPrivilegeEscalation: true/'
expect_finding "runAsNonRoot is not true" '/runAsNonRoot: true/d'
expect_finding "no seccomp profile" 's/seccompProfile:/other:/'
expect_finding "names a host" 's/^\( *\)httpGet:/&\n\1  host: example.com/'
expect_finding "capabilities are not dropped" 's/- ALL$/- KILL/'
expect_finding "hostPath" 's/emptyDir:/hostPath:/'
finish "pods"
