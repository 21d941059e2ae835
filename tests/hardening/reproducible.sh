#!/usr/bin/env bash
# Is the finished command the same, byte for byte, when it is built elsewhere:
# in a folder of another name, with another locale, time zone, umask and home,
# and without a cache?
#
#     reproducible.sh BUILD-FOLDER [EVERY]
#
# To be quick, one of EVERY objects (8) is compiled anew, and so is what is made
# while building; the others are taken from the first build. 1 compiles all.
set -euo pipefail

build=$(cd "$1" && pwd)
every=${2:-8}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
elsewhere=$work/"a place with a name that is much longer"
made=$elsewhere/made

fail() { # WHAT
    echo "failed: $1"
    exit 1
}

cached() { # NAME: as the first build was configured
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

elsewhere() { # COMMAND...
    (umask 077 && env -i "PATH=$PATH" "HOME=$elsewhere" CCACHE_DISABLE=1 \
        TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 "$@")
}

copy_sources() {
    mkdir -p "$elsewhere"
    (cd "$root" && cp -R CMakeLists.txt LICENSE README.md CHANGELOG.md cmake \
        compiler docs examples include runtime "$elsewhere")
    find "$elsewhere" -exec touch -d 2001-02-03 {} +
}

configure() {
    local name choices=()
    for name in CMAKE_C_COMPILER CMAKE_BUILD_TYPE CMAKE_C_FLAGS \
        CMAKE_C_FLAGS_RELEASE BROXC_STATIC; do
        choices+=("-D$name=$(cached "$name")")
    done
    elsewhere cmake -G Ninja -S "$elsewhere" -B "$made" -DBROXC_TESTS=OFF \
        "${choices[@]}" >"$work/said" 2>&1 || fail "$(cat "$work/said")"
    ninja -C "$made" -t commands broxc >"$work/commands"
}

# Into the files `made` (what is embedded), `compiled` and `linked`.
sort_commands() {
    grep 'cmake -D' "$work/commands" >"$work/made"
    grep -F ' -c ' "$work/commands" >"$work/compiled"
    grep -F ': && ' "$work/commands" >"$work/linked"
    [ "$(cat "$work"/{made,compiled,linked} | wc -l)" -eq \
        "$(wc -l <"$work/commands")" ] || fail 'a command of an unknown kind'
}

object_of() { # COMMAND
    local behind=${1#* -o }
    echo "${behind%% *}"
}

# What is embedded is always compiled anew.
is_chosen() { # NUMBER OBJECT
    [ $(($1 % every)) -eq 0 ] || [[ $2 == */embedded/* ]]
}

choose_objects() {
    local number=0 object command
    while read -r command; do
        object=$(object_of "$command")
        mkdir -p "$made/$(dirname "$object")"
        if is_chosen "$number" "$object"; then
            printf '%s\0' "$command" >>"$work/chosen"
            echo "$object" >>"$work/anew"
        else
            cp "$build/$object" "$made/$object"
        fi
        number=$((number + 1))
    done <"$work/compiled"
}

run_all() { # of standard input, each ended by NUL, side by side
    (cd "$made" && elsewhere xargs -0 -n 1 -P "$(nproc)" sh -c) \
        >"$work/said" 2>&1 || fail "$(cat "$work/said")"
}

name_culprits() {
    local object
    while read -r object; do
        cmp -s "$build/$object" "$made/$object" || echo "$object differs"
    done <"$work/anew"
}

copy_sources
configure
sort_commands
choose_objects
tr '\n' '\0' <"$work/made" | run_all
run_all <"$work/chosen"
while read -r command; do
    printf '%s\0' "$command" | run_all
done <"$work/linked"

count=$(wc -l <"$work/anew")
[ "$count" -ge 10 ] || fail "only $count objects were compiled anew"
cmp "$build/broxc" "$made/broxc" || {
    name_culprits
    fail "the command is another one when it is built elsewhere"
}
echo "the same $(stat -c %s "$made/broxc") bytes, $count objects compiled anew"
