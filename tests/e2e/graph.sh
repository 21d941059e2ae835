#!/usr/bin/env bash
# Pictures and exports, read by those who did not write them: an XML reader,
# Graphviz, Mermaid in a browser, and a validator of JSON schemas.
#
#     graph.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

cat >nasty.brx <<'END'
brx 1
project shop { registry ghcr.io/shop }
service api { port http 8080; ready GET /ready; live GET /live; calls web }
service web { port http 8080; ready GET /ready; live GET /live; calls api }
env dev {
    tag "<b>&\"${git.sha}"
    run api 1  memory 128Mi..256Mi  cpu 50m..250m
    run web 1  memory 128Mi..256Mi  cpu 50m..250m
}
env test { tier staging; run web 1  memory 128Mi..256Mi  cpu 50m..250m }
promote dev -> test { confirm "]]> \" --> \\ | %% ${env.name} 日本" }
promote test -> dev { when healthy }
never dev -> test
END
printf 'brx 1\nproject empty { registry ghcr.io/e }\n' >empty.brx

mkdir diagrams
for program in "$root"/examples/*/envs.brx nasty.brx empty.brx; do
    for kind in promote request calls files; do
        [[ $kind != files || $program == /* ]] || continue
        for form in svg dot mermaid; do
            "$broxc" graph "$kind" "$program" --format "$form" >"$kind.$form" \
                2>said || fail "graph $kind $program"
        done
        expect "$kind of $program is XML" xmllint --noout "$kind.svg"
        expect "$kind of $program is DOT" dot -Tcanon -o drawn "$kind.dot"
        expect "$kind of $program is a flowchart" \
            grep -qx 'flowchart LR' "$kind.mermaid"
        {
            echo '```mermaid'
            cat "$kind.mermaid"
            echo '```'
        } >"diagrams/$kind-$(basename "$(dirname "$program")")-$(basename "$program" .brx).md"
        expect "$kind of $program loads nothing" \
            test "$(grep -cE 'https?://|<script|<image' "$kind.svg")" -eq 1
    done
done
expect 'Mermaid draws each of them, with its labels' \
    node "$root/tests/tools/render_diagrams.mjs" "$work" diagrams/*.md

expect_exit 2 'no kind' graph
expect_exit 2 'an unknown kind' graph promotions nasty.brx
expect_exit 2 'an unknown form' graph calls nasty.brx --format png
expect_exit 2 'an unknown environment' graph request nasty.brx --env prod
expect_exit 2 'an export of no form' export nasty.brx

exports=()
for program in "$root"/examples/*/envs.brx \
    "$root/testdata/emit/preview/main.brx"; do
    name=$(basename "$(dirname "$program")").json
    "$broxc" export --json "$program" >"$name"
    exports+=("$name")
done
expect 'exports are as their schema says' node \
    "$root/tests/tools/check_export.mjs" "$root/docs/export.schema.json" \
    "${exports[@]}"
finish 'pictures and exports'
