#!/usr/bin/env bash
# What every example and every word writes holds for Kubernetes 1.30 and later;
# of older versions broxc says which field they lack.
#
#     old_kubernetes.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

# The program with its folder, for these versions, as $work/copy/NAME.
for_versions() { # PROGRAM VERSIONS
    rm -rf "$work/copy"
    cp -R "$(dirname "$1")" "$work/copy"
    sed -i -E -e '/^ +kubernetes +1\./d' \
        -e "s/^project .*\{\$/&\n    kubernetes $2/" \
        "$work/copy/$(basename "$1")"
    grep -qF "kubernetes $2" "$work/copy/$(basename "$1")" ||
        fail "$1 has no project block to say it in"
}

codes() { # PROGRAM: Y21 to Y23, as often as they are told
    "$broxc" check --format short "$work/copy/$(basename "$1")" 2>&1 |
        grep -oE '\[Y2[123]\]' || true
}

for program in "$root"/examples/*/envs.brx "$root"/testdata/emit/*/main.brx; do
    for_versions "$program" 1.30..1.36
    expect "$program holds for 1.30" test -z "$(codes "$program")"
done

# Each field once, however many objects have it.
for_versions "$root/examples/small/envs.brx" 1.28..1.36
expect_exit 1 "1.28 lacks a field" check "$work/copy/envs.brx"
expect "it is preStop.sleep" grep -qF 'lifecycle.preStop.sleep` before' \
    "$work/stderr"
expect "it is told once" test "$(codes envs.brx | wc -l)" -eq 1

for_versions "$root/examples/small/envs.brx" 1.20..1.36
expect "what 1.20 takes is not known" grep -qF Y23 <(codes envs.brx)
finish "older versions of Kubernetes"
