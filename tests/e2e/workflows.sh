#!/usr/bin/env bash
# The workflows of every example and of each strategy: each is accepted by actionlint and by the
# published schema, reads the same with two readers of YAML, and holds to what broxc asks of a
# workflow that somebody else wrote.
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

# A program that takes FILE… for workflows of its own.
program_of() { # FILE...
    cat <<'BRX'
brx 1

project reader {
    registry  reader.azurecr.io
    slack     deployments  "#deployments"
    slack     incidents    "#incidents"
    slack     releases     "#releases"
}

service desk { port http 8080; ready GET /ready }

env lectern { tier staging; run desk 1  memory 128Mi..256Mi  cpu 50m..250m }

BRX
    printf 'workflow "%s"\n' "$@"
}

# G11 tells that a waiting release may be dropped, which is meant: the newest holds all before it.
own_faults() { # FOLDER
    (cd "$1" && program_of .github/workflows/*.yml >own.brx &&
        "$broxc" check own.brx --profile hardened --format short 2>&1) |
        grep -E '\[[BGM][0-9]+\]' | grep -vF '[G11]'
}

all=()
for program in "$root"/examples/*/envs.brx \
    "$root"/testdata/emit/{canary,argo-*,hosting}/main.brx; do
    out=$work/$(basename "$(dirname "$program")")
    expect_exit 0 "$program builds" build "$program" -o "$out" --only ci
    mapfile -t files < <(find "$out" -name '*.yml' | sort)
    [ "${#files[@]}" -gt 0 ] || fail "$program writes no workflow"
    all+=("${files[@]}")
    expect "the workflows of $program are sound YAML" \
        "$yamlcheck" --workflow "${files[@]}"
    faults=$(own_faults "$out" || true)
    [ -z "$faults" ] || fail "the workflows of $program have faults: $faults"
done
# At once: they take longer to start than to read.
expect "the linters take all workflows" node "$tools/lint_workflows.mjs" "${all[@]}"
finish "workflows"
