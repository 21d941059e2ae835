#!/usr/bin/env bash
# docs/kubernetes.md says of every word that reaches a Kubernetes object which
# one. The words are those of docs/words.md, which docs.words holds against the
# compiler's table; sections about something else are named here, so that a new
# one is asked for.
#
#     tests/docs/matrix.sh
# shellcheck disable=SC2016 # backticks are Markdown's
set -euo pipefail
export LC_ALL=C

page=docs/kubernetes.md
elsewhere='a file|`(project|registry|cloud|repository|own|config|set|tag|github)`
`(deploy|approve|share|switch|watch|notify|promote|window|freeze|rollback)`
`(verify|protect|zone|external-dns|nameservers|caa|record|objectives|monitor)`
`(alert|allow|policy|assert|rule|output|patch|profile|test)`
a config key|an objective'
elsewhere=$(tr '\n' '|' <<<"$elsewhere")

# SECTION and WORD of each row, but of those sections.
rows() {
    awk '/^## In / { section = substr($0, 7) }
        /^\| `[a-z]/ { split($0, cell, /[` ]/); print section "\t" cell[3] }' \
        docs/words.md | grep -vE "^(${elsewhere%|})	" || true
}

said=$(grep -oE '`[^`]+`' "$page" | tr -d '`' | tr -cs 'a-z0-9-' '\n' | sort -u)
failed=0
count=0
while IFS=$'\t' read -r section word; do
    count=$((count + 1))
    grep -qxF -e "$word" <<<"$said" || {
        echo "$page does not say what becomes of \`$word\` in $section" >&2
        failed=1
    }
done < <(rows | sort -u)
[ "$count" -ge 200 ] || {
    echo "only $count words were found" >&2
    failed=1
}
exit "$failed"
