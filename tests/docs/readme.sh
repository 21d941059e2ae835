#!/usr/bin/env bash
# What README.md shows is what happens today: how the first command ends, the
# files that it names, and how many checks there are.
#
#     tests/docs/readme.sh BROXC [--bless]
set -euo pipefail
export LC_ALL=C

broxc=$1
page=README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
    printf '%s: %s\n' "$page" "$1" >&2
    failed=1
}

(cd examples/broxiva && "$broxc" build envs.brx -o "$work/out") >"$work/said" 2>&1 ||
    complain "the example does not build: $(cat "$work/said")"
sed -n '/^broxiva: /,$p' "$work/said" | sed "s|^$work/||; s|^|    |; s|    out:|    out/:|" |
    grep -v 'still open' >"$work/end"

# The page with that end in the place of the old one.
awk -v end="$work/end" '
    /^    broxiva: / { while ((getline line <end) > 0) print line; skips = 1 }
    skips && /^$/ { skips = 0 }
    !skips' "$page" >"$work/page"
if [[ ${2:-} == --bless ]]; then
    cat "$work/page" >"$page"
fi
# Sizes change with every line of a script; what is made does not.
without_sizes() {
    sed -E 's/ +[0-9]+ bytes$//' "$1"
}
diff <(without_sizes "$page") <(without_sizes "$work/page") >&2 ||
    complain 'the first command ends otherwise (--bless)'

count=0
while read -r path; do
    count=$((count + 1))
    [[ -e $work/$path ]] || complain "$path is not made"
done < <(sed -n 's|^    \(out/[^ :][^ :]*\) .*|\1|p' "$page")
((count >= 5)) || complain 'it names no files'

checks=$(find docs/checks -name '*.md' | wc -l)
said=$(sed -n 's/.*more than \([0-9]*\) checks.*/\1/p' "$page")
((said < checks && checks <= said + 20)) || complain "there are $checks checks"
exit "$failed"
