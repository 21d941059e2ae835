#!/usr/bin/env bash
# A host is written once, and is the same everywhere: in Ingresses and routes,
# in zones, certificates, config values and the URLs that scripts ask. Of every
# example and every program of testdata/emit.
#
#     hosts.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/zones.sh
. "$root/tests/e2e/lib/zones.sh"
count=0

need_tools node
for program in "$root"/examples/*/envs.brx "$root"/testdata/emit/*/main.brx; do
    # One that does not say who answers for its hosts has nothing to compare.
    [ "$(grep -Ec '^(tls|zone) ' "$program")" -gt 1 ] || continue
    rm -rf "$work/out"
    "$broxc" build "$program" --flat -o "$work/out" >"$work/said" 2>&1 ||
        fail "the build of $program" "$work/said"
    node "$root/tests/tools/hosts.mjs" "$work/out" >"$work/hosts" 2>"$work/said" ||
        fail "$program" "$work/said"
    count=$((count + $(cat "$work/hosts")))
done
[ "$count" -gt 10 ] || fail "there are only $count hosts"
echo "$count hosts are the same everywhere"
