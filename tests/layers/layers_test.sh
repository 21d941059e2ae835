#!/usr/bin/env bash
# The layers test must fail on each planted violation, and only there.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
failed=0

plant() { # FILE LINE...
    mkdir -p "$project/$(dirname "$1")"
    printf '%s\n' "${@:2}" >"$project/$1"
}

expect() { # wrong|fine WHAT
    local verdict=fine
    "$here/layers.sh" "$project" >"$project/out" || verdict=wrong
    if [ "$verdict" != "$1" ]; then
        echo "$2: expected $1, found $verdict"
        cat "$project/out"
        failed=1
    fi
    rm -rf "${project:?}"/*
    sound_house
}

sound_house() {
    mkdir -p "$project/docs"
    cp "$here/../../docs/internals.md" "$project/docs"
    plant include/brx/brx.h '#include <stddef.h>'
    plant compiler/base/str.h '#include <stdint.h>'
    plant compiler/base/str.c '#include "base/str.h"'
    plant compiler/tree/tree.c '#include "emit/document.h"' \
        '#include <xxhash.h>'
    plant compiler/command/main.c '#include "brx/brx.h"'
}

sound_house
expect fine 'a sound house'
plant compiler/lexer/lexer.c '#include "parser/ast.h"'
expect wrong 'a room that looks up'
plant compiler/emit/zones.c '# include "diag/diag.h"'
expect wrong 'an emitter that complains'
plant compiler/tree/write.c '#include "emit/zones.h"'
expect wrong 'a second header of a room that gives only one'
plant compiler/command/build.c '#include "driver/pipeline.h"'
expect wrong 'a command that goes round the public header'
plant compiler/diag/catalogue.def '#include "check/rules.def"'
expect wrong 'a table that looks up'
plant compiler/base/hash.c '#include <xxhash.h>'
expect wrong 'a library that two files include'
plant compiler/base/hash.h '#include <pcre2.h>'
expect wrong 'a library that a header names'
plant include/brx/brx.h '#include "base/str.h"'
expect wrong 'a public header that needs a room'
plant include/brx/brx.h '#include <pcre2.h>'
expect wrong 'a public header that needs a library'
plant compiler/attic/attic.c '#include "base/str.h"'
expect wrong 'a room that is not in the table'
sed -i 's/^\(| `emit.*\) |$/\1 diag |/' "$project/docs/internals.md"
expect wrong 'a page that allows more than the table'
sed -i '/^| `emit/d' "$project/docs/internals.md"
expect wrong 'a page that lacks a room'
rm -r "$project/compiler" "$project/include"
mkdir "$project/compiler" "$project/include"
expect wrong 'an empty house'
exit "$failed"
