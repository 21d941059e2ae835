#!/usr/bin/env bash
# The guides that people read, of every example and of programs whose text looks
# like Markdown, HTML and Mermaid: a linter takes them, their links lead
# somewhere, their diagrams are drawn with the labels that were meant.
#
#     guides.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
tools=$root/tests/tools
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

if [ ! -d "$tools/node_modules/mermaid" ]; then
    echo "failed: tests/tools needs \`npm ci\`, which scripts/test runs"
    exit 1
fi

guides=()
for program in "$root"/examples/*/envs.brx "$root"/testdata/emit/*/main.brx; do
    folder=$(dirname "$program")
    out=$work/$(basename "$folder")
    # Zones alone have no guides, nor have those that write a part.
    grep -q "^env " "$program" || continue
    [ ! -e "$folder/args" ] || continue
    expect_exit 0 "$program builds" build "$program" -o "$out"
    found=()
    while IFS= read -r -d '' file; do
        found+=("$file")
    done < <(find "$out" \( -name RELEASE_GUIDE.md -o \
        -name ENVIRONMENT_RELEASE_SUMMARY.md \) -print0 | sort -z)
    [ "${#found[@]}" -eq 2 ] || fail "$program writes no guides"
    expect "the linter takes the guides of $program" \
        node "$tools/lint_guides.mjs" "$out" "${found[@]}"
    expect_exit 0 "the tables of $program say what it says" \
        import --compare "${found[0]}" "$program" --strict
    guides+=("${found[@]}")
done
expect "every diagram is drawn as it was meant" \
    node "$tools/render_diagrams.mjs" "$work" "${guides[@]}"

# What is wrong is seen.
printf '# A\n\n## B\n\n[b](#b) [no](nowhere.md)\n' >"$work/dead.md"
printf '# A\n\n## B\n\n[b](#b)\n\n## C\n' >"$work/empty.md"
printf '# A\n\n## B\n\n[b](#b)\n* x\n' >"$work/untidy.md"
for name in dead empty untidy; do
    expect "the linter refuses $name.md" \
        bash -c '! node "$@" 2>/dev/null' - "$tools/lint_guides.mjs" \
        "$work" "$work/$name.md"
done
# shellcheck disable=SC2016 # a fence, no command
printf '```mermaid\nflowchart LR\n    a["x"] --> --> b\n```\n' >"$work/bad.md"
expect "a diagram that is none is seen" \
    bash -c '! node "$@" >/dev/null 2>&1' - "$tools/render_diagrams.mjs" \
    "$work" "$work/bad.md"
finish "guides"
