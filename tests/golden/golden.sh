#!/usr/bin/env bash
# Holds what broxc says and writes against the files beside its input.
#
#     golden.sh list                    every case, KIND.NAME a line
#     golden.sh run BUILD CASE          one case; prints the differences
#     golden.sh bless BUILD CASE        writes the expected files instead
#
# A case is a file or folder of testdata/, a program of examples/ or a page of
# docs/. What a case wants beside `check` or `build` stands in its file `args`,
# words with blanks between; `build`, `verify` or `import` as the first word of an
# error's means that, with the folder `out` or a document.
set -euo pipefail
export LC_ALL=C

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$project/tests/golden
data=$project/testdata
# shellcheck source=tests/golden/error.sh
. "$here/error.sh"
# shellcheck source=tests/golden/hostile.sh
. "$here/hostile.sh"
# shellcheck source=tests/golden/literal.sh
. "$here/literal.sh"
# shellcheck source=tests/golden/pages.sh
. "$here/pages.sh"
# shellcheck source=tests/golden/strays.sh
. "$here/strays.sh"

# ---- finding ----------------------------------------------------------------

names() { # PREFIX SUFFIX: of the names between them
    local path
    for path in "$1"*"$2"; do
        [ -e "$path" ] || continue
        path=${path#"$1"}
        echo "${path%"$2"}"
    done
}

list() {
    names "$data/lexer/" .brx | sed 's/^/lexer./'
    names "$data/parser/" .brx | sed 's/^/parser./'
    names "$data/resolve/" .brx | sed 's/^/resolve./'
    names "$data/format/" .brx | sed 's/^/format./'
    names "$data/project/" /main.brx | sed 's/^/project./'
    names "$data/difference/" /old.brx | sed 's/^/difference./'
    names "$data/error/" '' | sed 's/^/error./'
    names "$data/edges/" '' | sed 's/^/edges./'
    names "$data/hostile/" / | sed 's/^/hostile./'
    names "$data/emit/" '' | sed 's/^/emit./'
    names "$data/literal/" '' | sed 's/^/literal./'
    names "$data/graph/" .svg | sed 's/^/graph./'
    names "$project/examples/" /envs.brx | sed 's/^/example./'
    (cd "$project/docs" && find . -name '*.md' |
        sed 's/^\.\//docs./; s/\.md$//' | sort)
    echo catalogue.complete
    echo strays.none
}

# ---- comparing --------------------------------------------------------------

failed=0

fail() { # WHAT
    echo "$1"
    failed=1
}

expect_file() { # EXPECTED FOUND
    if [ "$mode" = bless ]; then
        cmp -s "$1" "$2" || cp "$2" "$1"
    elif [ ! -e "$1" ]; then
        fail "no expected file $1: look at it and write it with tests/bless"
    else
        diff -u --label "${1#"$project"/}" --label found "$1" "$2" || failed=1
    fi
}

expect_tree() { # EXPECTED FOUND
    if [ "$mode" = bless ]; then
        rm -rf "$1"
        cp -R "$2" "$1"
    elif [ ! -d "$1" ]; then
        fail "no expected tree $1: look at it and write it with tests/bless"
    else
        (cd "$(dirname "$1")" && diff -ruN "$(basename "$1")" "$2") || failed=1
    fi
}

read_args() { # FOLDER: into the array args
    args=()
    [ ! -e "$1/args" ] || read -r -a args <"$1/args"
}

# ---- kinds ------------------------------------------------------------------

run_dump() { # STAGE INPUT EXPECTED
    (cd "$(dirname "$2")" && "$dump" "$1" "$(basename "$2")") \
        >"$scratch/found" 2>&1 || fail "dump $1: exit code $?"
    expect_file "$3" "$scratch/found"
}

# Formatting what is formatted changes nothing.
run_format() { # INPUT EXPECTED
    local code=0
    "$broxc" fmt - <"$1" >"$scratch/found" 2>&1 || code=$?
    expect_file "$2" "$scratch/found"
    [ "$code" -eq 0 ] || return 0
    "$broxc" fmt - <"$scratch/found" >"$scratch/again" 2>&1 || true
    diff -u --label once --label twice "$scratch/found" "$scratch/again" ||
        failed=1
}

# A picture of examples/broxiva, in each form.
run_graph() { # KIND
    local form
    for form in svg dot mermaid; do
        (cd "$project/examples/broxiva" &&
            "$broxc" graph "$1" --format "$form") >"$scratch/found" 2>&1 ||
            fail "graph $1 --format $form"
        expect_file "$data/graph/$1.$form" "$scratch/found"
    done
}

# Two programs, in each of the forms; the exit code stands in the last line of
# the one for people.
run_difference() { # FOLDER
    local form code
    for form in human markdown json; do
        code=0
        (cd "$1" && "$broxc" diff old.brx new.brx --format "$form") \
            >"$scratch/$form" 2>&1 || code=$?
        [ "$form" != human ] || echo "exit $code" >>"$scratch/$form"
        expect_file "$1/expected.$form" "$scratch/$form"
    done
}

# A program at the edge of some rules, whose every message is marked. Only a
# main.human that lies there is blessed.
run_edges() { # NAME
    (cd "$project" && "$build/tests/golden/cases" "$mode" "$here/golden.sh" \
        "$build" "edges.$1") || failed=1
}

build_tree() { # PROGRAM CASE
    read_args "$2"
    if ! (cd "$(dirname "$1")" && "$broxc" build "$(basename "$1")" \
        -o "$scratch/expected" ${args[@]+"${args[@]}"}) \
        >"$scratch/messages" 2>&1; then
        cat "$scratch/messages"
        fail "$1 does not build"
        return
    fi
    expect_tree "$2/expected" "$scratch/expected"
}

run_case() { # KIND NAME
    case $1 in
    lexer) run_dump tokens "$data/lexer/$2.brx" "$data/lexer/$2.tokens" ;;
    parser) run_dump ast "$data/parser/$2.brx" "$data/parser/$2.ast" ;;
    resolve) run_dump ir "$data/resolve/$2.brx" "$data/resolve/$2.ir" ;;
    project) run_dump ir "$data/project/$2/main.brx" \
        "$data/project/$2/main.ir" ;;
    format) run_format "$data/format/$2.brx" "$data/format/$2.out" ;;
    error) run_error "$data/error/$2" ;;
    hostile) run_hostile "$data/hostile/$2" ;;
    emit) build_tree "$data/emit/$2/main.brx" "$data/emit/$2" ;;
    example)
        mkdir -p "$data/examples/$2"
        build_tree "$project/examples/$2/envs.brx" "$data/examples/$2"
        ;;
    graph) run_graph "$2" ;;
    difference) run_difference "$data/difference/$2" ;;
    literal) run_literal "$data/literal/$2" ;;
    edges) run_edges "$2" ;;
    docs) run_page "$project/docs/$2.md" ;;
    catalogue) run_catalogue ;;
    strays) run_strays ;;
    *) fail "no kind of case is called $1" ;;
    esac
}

mode=$1
if [ "$mode" = list ]; then
    list
    exit
fi
build=$(cd "$2" && pwd)
broxc=$build/broxc
dump=$build/tests/golden/dump
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
run_case "${3%%.*}" "${3#*.}"
exit "$failed"
