#!/usr/bin/env bash
# promote-release.sh of three graphs: every way from one environment to another
# is tried. Declared ones go on to the cluster, which nobody reaches here; all
# others are refused before anything is asked, with a way that is declared.
# Each script is its facts and the runtime's files as they are.
#
#     promotion_graphs.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
runtime=$(cd "$(dirname "$0")/../../runtime" && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$(dirname "$0")/lib/expect.sh"
: "$2" # the example is not needed

# program ENVIRONMENTS EDGES NEVER: lists of words, an edge as `a>b`.
program() {
    local name edge
    printf 'brx 1\nproject shop {\n    repository acme/shop\n'
    printf '    registry shopfloor.azurecr.io\n    cloud azure\n}\n'
    printf 'service api { port http 8080; ready GET /ready }\n'
    for name in $1; do
        printf 'env %s {\n    short %s\n    branch on-%s\n' \
            "$name" "s${name:0:4}" "$name"
        printf '    cluster aks shop-%s in shop-rg\n' "$name"
        printf '    run api 1 memory 64Mi..128Mi cpu 50m..100m\n'
        printf '    deploy rolling { test health }\n}\n'
    done
    for edge in $2; do
        printf 'promote %s -> %s { when healthy }\n' "${edge%>*}" "${edge#*>}"
    done
    for edge in $3; do
        printf 'never %s -> %s\n' "${edge%>*}" "${edge#*>}"
    done
}

# Tools that are there, and reach nothing.
mkdir "$work/bin"
for tool in gh kubectl kubelogin az docker sleep; do
    cat >"$work/bin/$tool" <<EOF
#!/bin/sh
echo "\$0 \$*" >>"$work/asked"
exit 1
EOF
    chmod +x "$work/bin/$tool"
done

# detour FROM EDGES TEXT: the commands in TEXT are declared edges, one behind
# the other, and begin at FROM.
detour() {
    local at=$1 from to
    [[ $3 == *promote-release.sh* ]] || return 1
    while read -r _ from to; do
        [[ $from == "$at" && " $2 " == *" $from>$to "* ]] || return 1
        at=$to
    done < <(grep -oE 'promote-release\.sh [a-z]+ [a-z]+' <<<"$3")
    printf '%s\n' "$at"
}

# reaches FROM TO EDGES
reaches() {
    local seen=" $1 " before='' edge
    while [[ $seen != "$before" ]]; do
        before=$seen
        for edge in $3; do
            [[ $seen != *" ${edge%>*} "* || $seen == *" ${edge#*>} "* ]] ||
                seen+="${edge#*>} "
        done
    done
    [[ $seen == *" $2 "* ]]
}

try_way() { # GRAPH FROM TO EDGES NEVER: names in full
    local code=0 said end
    rm -f "$work/asked"
    checked=$((checked + 1))
    said=$(cd "$work/$1" && PATH=$work/bin:$PATH BRX_HOME=$work/home \
        "out/infrastructure/scripts/promote-release.sh" "$2" "s${3:0:4}" \
        --dry-run 2>&1 </dev/null) || code=$?
    if [[ " $4 " == *" $2>$3 "* ]]; then
        [[ $code -eq 1 && $said == *'no way to the cluster'* ]] ||
            fail "$1: $2 -> $3 is declared, and gave $code: $said"
        return
    fi
    [[ $code -eq 2 && ! -e $work/asked ]] ||
        fail "$1: $2 -> $3 is not declared, and gave $code: $said"
    [[ " $5 " != *" $2>$3 "* || $said == *'is forbidden'* ]] ||
        fail "$1: $2 -> $3 is forbidden, and not called so: $said"
    [[ $2 != "$3" ]] || return 0
    if reaches "$2" "$3" "$4"; then
        end=$(detour "$2" "$4" "$said") || end=
        [[ $end == "$3" ]] ||
            fail "$1: $2 -> $3: no way that is declared: $said"
    else
        [[ $said == *'no promotions lead there'* ]] ||
            fail "$1: $2 -> $3: nothing leads there, and it says: $said"
    fi
}

# Header and facts first, then the runtime's files, then the call.
look_inside() { # SCRIPT
    local facts section body
    checked=$((checked + 1))
    facts=$(sed '1,/^# ---- facts ----$/d; /^# ---- runtime/,$d' "$1")
    bash -c "set -f; $facts" || fail "$1: the facts are no script"
    # Nothing but constants: quoted texts taken out, one assignment a line.
    [[ -z $(tr '\n' '\v' <<<"$facts" | sed "s/'[^']*'//g" | tr '\v' '\n' |
        grep -vE '^(readonly BRX_[A-Z_]+=(\\)*)*$|^#' || true) ]] ||
        fail "$1: more than constants among the facts"
    while read -r section; do
        body=$(awk -v head="# ---- $section ----" '$0 == head { on = 1; next }
            /^# ---- .* ----$/ { on = 0 } on' "$1")
        [[ $body == *"$(<"$runtime/${section#runtime/}")"* ]] ||
            fail "$1: $section is not what the runtime has"
    done < <(sed -n 's/^# ---- \(runtime\/.*\) ----$/\1/p' "$1")
    shellcheck "$1" || fail "$1 does not please shellcheck"
}

graph() { # NAME ENVIRONMENTS EDGES NEVER
    local from to
    mkdir "$work/$1"
    program "$2" "$3" "$4" >"$work/$1/envs.brx"
    expect_exit 0 "$1 builds" build "$work/$1/envs.brx" -o "$work/$1/out" \
        --only scripts
    for from in $2; do
        for to in $2; do
            try_way "$1" "$from" "$to" "$3" "$4"
        done
    done
    look_inside "$work/$1/out/infrastructure/scripts/promote-release.sh"
    look_inside "$work/$1/out/infrastructure/scripts/rollback-release.sh"
}

graph line 'dev test prod' 'dev>test test>prod' 'dev>prod'
graph fan 'build check east west north' \
    'build>check check>east check>west east>north' 'build>north west>north'
graph diamond 'one left right goal alone' \
    'one>left one>right left>goal right>goal goal>alone' 'one>goal one>alone'
finish "promotion graphs"
