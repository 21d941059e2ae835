#!/usr/bin/env bash
# How good are the tests of the checks? Flips every comparison of compiler/check,
# one at a time, and counts how many flips a test notices.
#
#     tests/mutation/mutation.sh [FILE...]     of compiler/check; all of them
#
# With BRX_EVERY=9 one flip of nine is judged: a sample in a ninth of the time.
# From the project's folder; what was found lies in build/mutation: `verdicts`,
# `survivors`, and the sums by file and by what was flipped in `figures`. Flips
# that no program could tell from the code are named in `equivalent`, beside
# this file, each with its reason. Fails below SHARE_LEAST percent.
set -euo pipefail

share_least=95
cd "$(dirname "$0")/../.."
project=$PWD
here=$project/tests/mutation
out=$project/build/mutation
parts=$(nproc)
every=${BRX_EVERY:-1}

files=("$@")
[ $# -gt 0 ] || files=(compiler/check/*.c)

flags=(-std=gnu17 -O1 -g1 -D_DEFAULT_SOURCE "-I$here"
    "-I$project/compiler" "-I$project/include")
# Those that CMake links.
read -r -a packages < <(sed -n 's/^set(broxc_packages \(.*\))$/\1/p' \
    cmake/libraries.cmake)
read -r -a libraries < <(pkg-config --libs "${packages[@]}")
read -r -a unit_libraries < <(pkg-config --libs criterion yaml-0.1)

write_mutants() {
    rm -rf "$out"
    mkdir -p "$out/sources"
    node "$here/schemata.mjs" "$project" "$out/sources" "${files[@]}"
    mv "$out/sources/mutants" "$out/mutants"
    cp "$here/switch.c" "$out/sources/"
}

# What is mutated comes before the library, which then is not asked for it.
link() { # TARGET OBJECT...
    "$compiler" "${sanitize[@]}" -o "$1" "${@:2}" "$made"/objects/*.o \
        "$base/libbrx.a" "${libraries[@]}" "${unit_libraries[@]}"
}

# Makes the programs that hold all mutants, beside the build of a preset.
build_mutants() { # PRESET FLAG...
    local base=$project/build/$1 made=$out/$1 sanitize=("${@:2}") part
    local compiler
    cmake --preset "$1" >/dev/null
    cmake --build --preset "$1" --target brx broxc unit >/dev/null
    compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$base/CMakeCache.txt")
    mkdir -p "$made/objects"
    # shellcheck disable=SC2016 # the inner shell's own
    printf '%s\0' "$out"/sources/*.c | xargs -0 -P "$parts" -n 1 sh -c \
        'made=$1 compiler=$0; shift; for source; do :; done
         "$compiler" -c "$@" -o "$made/objects/$(basename "$source").o"' \
        "$compiler" "$made" "${flags[@]}" "${sanitize[@]}"
    link "$made/broxc" "$base"/CMakeFiles/broxc.dir/compiler/command/*.o
    link "$made/unit" "$base"/tests/unit/CMakeFiles/unit.dir/check/*.o \
        "$base/tests/unit/support/libtest_support.a"
    for part in golden/cases_say golden/cases_error golden/cases_page \
        mutation/judge; do
        "$compiler" "${flags[@]}" "${sanitize[@]}" -c -o "$made/${part##*/}.o" \
            "tests/$part.c"
    done
    link "$made/judge" "$made"/*.o
}

# Cases that a command runs: what builds, and what reads documents.
slow_errors() {
    grep -lE '^(build|verify|import)' testdata/error/*/args |
        sed 's/^testdata\/error\/\(.*\)\/args$/error.\1/'
}

with_fix() {
    grep -lF '"fixes":[{' testdata/error/*/fires.json
}

# What is quick comes first.
list_cases() {
    local all
    all=$(tests/golden/golden.sh list)
    grep '^error\.' <<<"$all" | grep -vxFf <(slow_errors) |
        grep -vxFf <(with_fix | sed 's/.*error\/\(.*\)\/.*/error.\1/')
    grep '^edges\.' <<<"$all"
    grep '^docs\.checks/' <<<"$all"
    with_fix | sed "s|^\(.*\)json$|json.$project/\1brx|"
    find "$project/testdata/literal" -name main.brx | sed 's/^/json./'
    find "$project/testdata/zones/bad" -name '*.zone' | sort | sed 's/^/zone./'
    # Of which the arguments are none that only a build takes.
    for program in "$project"/testdata/emit/*/main.brx \
        "$project"/examples/*/envs.brx; do
        [ -e "${program%/*}/args" ] || echo "sound.$program"
    done
}

# Those that a process of their own runs see what survives.
list_slow_cases() {
    slow_errors | sed 's/^/slow./'
    sed -n 's/^Test(\([a-z_]*\),.*/unit.\1/p' tests/unit/check/*.c | sort -u
}

judge() { # PRESET CASES: of the numbers on stdin
    ASAN_OPTIONS=detect_leaks=0 "$out/$1/judge" tests/golden/golden.sh \
        "$out/$1" "$out/$2" "$out/$2.seen" "$parts"
}

alive() {
    awk '$2 == "caught" { caught[$1] } { all[$1] }
        END { for (id in all) if (!(id in caught)) print id }' \
        "$out/verdicts" | sort -n
}

write_mutants
list_cases >"$out/quick"
list_slow_cases >"$out/slow"
build_mutants dev
awk -v every="$every" 'NR % every == 0 { print $1 }' "$out/mutants" |
    judge dev quick >"$out/verdicts"
alive | judge dev slow >"$out/verdicts.slow"
cat "$out/verdicts.slow" >>"$out/verdicts"
# What reads behind the end of a list may be noticed only by the sanitizers.
build_mutants sanitize -fsanitize=fuzzer-no-link,address,undefined
join -t "$(printf '\t')" <(alive | sort) <(sort "$out/mutants") |
    awk -F '\t' '$5 ~ /^[<>]/ || $6 ~ /^[0-9]/ { print $1 }' | sort -n \
        >"$out/bounds"
judge sanitize quick <"$out/bounds" >"$out/verdicts.sanitize"
grep '^unit\.' "$out/slow" >"$out/units"
judge sanitize units <"$out/bounds" >>"$out/verdicts.sanitize"
cat "$out/verdicts.sanitize" >>"$out/verdicts"
node "$here/figures.mjs" "$out" "$here/equivalent" "$share_least"
