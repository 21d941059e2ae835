#!/usr/bin/env bash
# docs/kubernetes-fields.md against the compiler's table of fields: each shape
# that the page names has all its fields there, each once, and no others; each
# word that it names is one of the language.
#
#     tests/docs/fields.sh BROXC
set -euo pipefail
export LC_ALL=C

page=docs/kubernetes-fields.md
table=compiler/ir/kubernetes.def
failed=0

fail() { # WHAT
    echo "$1" >&2
    failed=1
}

# fields SHAPE: of the compiler's table, one a line.
fields() {
    awk -v start="SHAPE(\"$1\"," '
        index($0, start) == 1 { inside = 1 }
        inside { text = text $0 }
        inside && /\)$/ { exit }
        END {
            sub(/^[^,]*,/, "", text)
            gsub(/"[ ]*"|[")]/, "", text)
            count = split(text, list, /,[ ]*/)
            for (i = 1; i <= count; i++) {
                sub(/!?:.*/, "", list[i]); gsub(/ /, "", list[i])
                if (list[i] != "" && list[i] != "*") print list[i]
            }
        }' "$table" | sort
}

# rows SHAPE: of the page.
rows() {
    awk -v shape="(\`$1\`)" '
        /^## / { inside = index($0, shape) > 0 }
        inside && /^\| `/ { split($0, cell, "`"); print cell[2] }' "$page" |
        sort
}

# The list at the top is all that the rows below leave to a patch.
listed() {
    sed -n '/^## What no word reaches/,/^## Deployment (/p' "$page" |
        awk -F '|' '/^\| [A-Z]/ {
            where = $2; gsub(/^ | $/, "", where)
            count = split($3, field, "`")
            for (i = 2; i <= count; i += 2) print where "\t" field[i]
        }' | sort
}

patched() {
    awk '/^## / { where = substr($0, 4); sub(/ \(`.*/, "", where) }
        /^\| `[^`]*` \| patch \|/ { split($0, cell, "`")
            print where "\t" cell[2] }' "$page" | sort
}

diff <(patched) <(listed) || fail "$page: the list of what no word reaches is old"
[ "$(listed | wc -l)" -ge 20 ] || fail "the list of what no word reaches is gone"

# shellcheck disable=SC2016 # Markdown's backticks, not a command's
shapes=$(sed -n 's/^## .*(`\(.*\)`)$/\1/p' "$page")
[ "$(wc -l <<<"$shapes")" -ge 30 ] || fail "the page names too few shapes"
for shape in $shapes; do
    known=$(fields "$shape")
    [ -n "$known" ] || fail "no shape is called $shape"
    diff <(echo "$known") <(rows "$shape") ||
        fail "$page: the fields of $shape are others"
done
for shape in DeploymentSpec StatefulSetSpec CronJobSpec JobSpec PodSpec \
    Container ServiceSpec IngressSpec; do
    grep -qx "$shape" <<<"$shapes" || fail "$page lacks $shape"
done

# shellcheck disable=SC2016 # Markdown's backticks, not a command's
said=$(grep '^| `' "$page" | grep -vE '^\| `[^`]*` \| (word|always|patch|never) \|' || true)
[ -z "$said" ] || fail "neither word, always, patch nor never: $said"
# shellcheck disable=SC2016 # Markdown's backticks, not a command's
while read -r word; do
    "$1" explain "$word" >/dev/null 2>&1 || fail "no word is called $word"
done < <(grep -E '^\| `[^`]*` \| word \|' "$page" | cut -d '|' -f 4 |
    grep -oE '`[a-z][a-z-]*[ `]' | tr -d '` ' | sort -u)
exit "$failed"
