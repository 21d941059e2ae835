#!/usr/bin/env bash
# A stranger's program builds against the installed library by pkg-config, in C
# and in C++, and runs. stranger.sh BUILD_FOLDER
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

DESTDIR=$prefix cmake --install "$1" >/dev/null
pc=$(find "$prefix" -name brx.pc)
libdir=$(dirname "$(dirname "$pc")")

export PKG_CONFIG_PATH=$libdir/pkgconfig
flags=$(pkg-config --cflags --libs brx)

try() { # COMPILER ARGUMENT...
    # shellcheck disable=SC2086 # the flags are words
    "$@" -Wall -Wextra -Wpedantic -Werror -o "$prefix/stranger" \
        "$here/stranger.c" $flags
    "$prefix/stranger"
}

try gcc -std=c17
try clang -std=c17
try g++ -std=c++17 -x c++
try clang++ -std=c++17 -x c++
find "$prefix" -type f -name broxc -perm -u+x | grep -q .
find "$prefix" -type f -path '*/doc/*' -name LICENSE | grep -q .
