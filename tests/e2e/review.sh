#!/usr/bin/env bash
# What `broxc diff` writes for a pull request, read as a hosting service shows it
# and held against what it says for machines: every pair of programs that the
# golden tests compare, and texts that look like Markdown and HTML.
#
#     review.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
tools=$root/tests/tools
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

if [ ! -d "$tools/node_modules/markdown-it" ]; then
    echo "failed: tests/tools needs \`npm ci\`, which scripts/test runs"
    exit 1
fi

said() { # OLD NEW FORMAT
    local code=0
    "$broxc" diff "$1" "$2" --format "$3" || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ]
}
names=()
tell() { # NAME OLD NEW
    names+=("$work/$1")
    said "$2" "$3" markdown >"$work/$1.md"
    said "$2" "$3" json >"$work/$1.json"
}

cat >"$work/old.brx" <<'END'
brx 1
project shop { registry ghcr.io/shop }
service api { port http 8080; ready GET /ready; live GET /live }
env dev {
    run api 1  memory 128Mi..256Mi  cpu 50m..250m { variable GREETING "plain" }
}
END
i=0
while IFS= read -r text; do
    i=$((i + 1))
    old=$(<"$work/old.brx")
    printf '%s\n' "${old/plain/"$text"}" >"$work/new-$i.brx"
    tell "no-markup-$i" "$work/old.brx" "$work/new-$i.brx"
done <<'END'
<script>window.hits = 1</script>
<img src=x onerror='window.hits=1'> | a | b | `c` ``d``
</code></td></table><h1>x</h1> <!-- y
[a](javascript:alert(1)) ![b](//c) <https://d.example> **e** ~~f~~ \\
||| --- ||| :--- 日本 &lt;b&gt; &amp; \u{202e}right to left
END
expect 'all of them' [ "$i" -eq 5 ]
for old in "$root"/testdata/difference/*/old.brx; do
    folder=$(dirname "$old")
    tell "$(basename "$folder")" "$old" "$folder/new.brx"
done
expect 'each review is shown as it was meant' \
    node "$tools/render_review.mjs" "$work" "${names[@]}"
finish "reviews"
