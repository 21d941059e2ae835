#!/usr/bin/env bash
# The alert rules: Prometheus itself reads those of every program that watches
# something, and says when those of the example call somebody.
#
#     alert_rules.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

if ! command -v promtool >/dev/null; then
    echo "failed: no promtool on this machine"
    exit 1
fi

# rules_of FILE: the part of a PrometheusRule that Prometheus reads.
rules_of() {
    node "$root/tests/tools/yaml_to_json.mjs" "$1" | jq '.items[0].spec'
}

# shellcheck disable=SC2317 # `expect` calls it
fires() { # promtool ARGUMENT...: it says what is wrong when it fails
    promtool "$@" >"$work/said" 2>&1 || {
        cat "$work/said"
        return 1
    }
}

seen=0
for program in "$2" "$root"/testdata/emit/{monitoring,guides}/main.brx; do
    out=$work/$(basename "$(dirname "$program")")
    expect_exit 0 "$program builds" build "$program" -o "$out" --only monitoring
    while IFS= read -r file; do
        seen=$((seen + 1))
        rules_of "$file" >"$work/rules.yaml"
        expect "Prometheus takes $file" fires check rules "$work/rules.yaml"
    done < <(find "$out" -name 'rules-*.yaml' | sort)
done
[ "$seen" -ge 5 ] || fail "only $seen files of rules were seen"

rules_of "$work/broxiva/infrastructure/monitoring/rules-prod.yaml" \
    >"$work/rules.yaml"
cp "$root/testdata/rules/broxiva-prod.yaml" "$work/test.yaml"
expect "the example's alerts fire when they should, and else not" \
    fires test rules "$work/test.yaml"

# Rules that say something else do not pass.
sed -i 's/> 0\.01/> 0.05/' "$work/rules.yaml"
checked=$((checked + 1))
! promtool test rules "$work/test.yaml" >"$work/said" 2>&1 ||
    fail "a bound that is another is not seen"
finish "alert rules"
