#!/usr/bin/env bash
# The workflows of every example and of each strategy: each is accepted by actionlint and by the
# published schema, and reads the same with two readers of YAML.
#
#     workflows.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
tools=$root/tests/tools
yamlcheck=$(dirname "$broxc")/tests/tools/yamlcheck
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

if [ ! -d "$tools/node_modules" ]; then
    echo "skipped: tests/tools needs \`npm ci\`, which scripts/test runs"
    exit 77
fi

for program in "$root"/examples/*/envs.brx \
    "$root"/testdata/emit/{canary,argo-*}/main.brx; do
    out=$work/$(basename "$(dirname "$program")")
    expect_exit 0 "$program builds" build "$program" -o "$out" --only ci
    mapfile -t files < <(find "$out" -name '*.yml' | sort)
    [ "${#files[@]}" -gt 0 ] || fail "$program writes no workflow"
    expect "the linters take the workflows of $program" \
        node "$tools/lint_workflows.mjs" "${files[@]}"
    expect "the workflows of $program are sound YAML" \
        "$yamlcheck" --workflow "${files[@]}"
done
finish "workflows"
