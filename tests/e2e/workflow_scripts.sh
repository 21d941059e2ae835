#!/usr/bin/env bash
# The generated workflows are held against two readers of workflows, and each
# script that they run, as it is written, against shellcheck.
#
#     workflow_scripts.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
program=$2
tools=$(cd "$(dirname "$0")/../tools" && pwd)

need() { # TOOL
    command -v "$1" >/dev/null || {
        echo "skipped: $1 is not installed"
        exit 77
    }
}

need node
need shellcheck
[ -d "$tools/node_modules" ] || {
    echo "skipped: run npm ci in tests/tools"
    exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/scripts"
"$broxc" build "$program" -o "$work/out" --only ci >"$work/said" 2>&1 || {
    cat "$work/said" >&2
    exit 1
}
files=("$work"/out/.github/workflows/*.yml)
for name in cd-dev cd-staging cd-prod verify; do
    [ -f "$work/out/.github/workflows/$name.yml" ] || {
        echo "failed: there is no $name.yml" >&2
        exit 1
    }
done
(cd "$tools" && node lint_workflows.mjs "${files[@]}")
(cd "$tools" && node run_blocks.mjs "$work/scripts" "${files[@]}")
shellcheck --shell bash "$work"/scripts/*.sh
written=("$work"/out/infrastructure/scripts/pipeline/*.sh)
libraries=("$work"/out/infrastructure/scripts/lib/*.sh)
shellcheck --external-sources --source-path=SCRIPTDIR \
    "${written[@]}" "${libraries[@]}"
for script in "${written[@]}"; do
    [ -x "$script" ] || {
        echo "failed: $script cannot be run" >&2
        exit 1
    }
done
# A step runs only what is written, and what is written is run by a step.
sed -n 's/^ *run: bash //p' "${files[@]}" | sort -u >"$work/run"
(cd "$work/out" && printf '%s\n' infrastructure/scripts/pipeline/*.sh) |
    diff "$work/run" - || {
    echo "failed: steps and scripts differ" >&2
    exit 1
}
for file in "${files[@]}"; do
    size=$(stat -c %s "$file")
    [ "$size" -le 512000 ] || {
        echo "failed: $file has $size bytes, GitHub takes 512000" >&2
        exit 1
    }
done
echo "${#files[@]} workflows, ${#written[@]} scripts, ${#libraries[@]} libraries"
