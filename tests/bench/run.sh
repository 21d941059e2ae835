#!/usr/bin/env bash
# How long a build takes, beside what the same files cost others.
#
#     run.sh BROXC TOOLS PROGRAM
#
# TOOLS is the folder of `measure`, `floor` and `empty`, PROGRAM the reference
# program. In each round a program is built into a new folder, built again with
# nothing changed, and printed as one stream; its tree is copied by `cp -r`, and
# `floor` only writes, compares and prints what the builds made. A ratio
# compares two neighbours of one round, so that a machine that is busy for a
# while slows both. Nothing fails for being slow.
#
# BENCH_ROUNDS    rounds of the reference program (20)
# BENCH_SERVICES  services of the large program (1000)
# TMPDIR          where the trees go: a disk, or memory
set -euo pipefail

broxc=$1
measure=$2/measure
floor=$2/floor
empty=$2/empty
program=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds=${BENCH_ROUNDS:-20}
services=${BENCH_SERVICES:-1000}
work=$(mktemp -d)
measured=$work/measured # a file a case: a line a round, as measure writes it
trap 'rm -rf "$work"' EXIT
mkdir "$measured"
PATH=$root/build/tools/bin:$PATH

generate() { # SERVICES FILE
    awk -v services="$1" -v environments=3 -v keys=10 \
        -f "$here/generate.awk" >"$2"
}

# What the tools print is of no interest, unless they fail.
timed() { # CASE ARGUMENT...
    "$measure" "$measured/$1" "${@:2}" >"$work/said" 2>&1 || {
        cat "$work/said" >&2
        return 1
    }
}

# In one shell, as a pipeline would do it.
render_overlays() { # CASE TREE
    # shellcheck disable=SC2016 # the inner shell's variable
    timed "$1" sh -c '
        for overlay in "$1"/infrastructure/kubernetes/overlays/*; do
            kustomize build "$overlay" || exit
        done' sh "$2"
}

# What comes out is packed for `floor` in the first round.
make_packs() { # NAME PROGRAM
    "$broxc" build "$2" -o "$work/packed" >"$work/said" 2>&1
    "$floor" pack "$work/packed" "$work/$1.pack"
    mkdir "$work/stream"
    "$broxc" build "$2" --flat -o - >"$work/stream/all" 2>"$work/said"
    "$floor" pack "$work/stream" "$work/$1.stream"
    rm -r "$work/packed" "$work/stream"
}

run_round() { # NAME PROGRAM TREE
    [ -s "$work/$1.pack" ] || make_packs "$1" "$2"
    timed "$1.fresh" "$broxc" build "$2" -o "$3"
    timed "$1.write" "$floor" write "$work/$1.pack" "$3.written"
    timed "$1.again" "$broxc" build "$2" -o "$3"
    timed "$1.compare" "$floor" compare "$work/$1.pack" "$3.written"
    timed "$1.copy" cp -r "$3" "$3.copy"
    timed "$1.stream" "$broxc" build "$2" --flat -o -
    timed "$1.print" "$floor" print "$work/$1.stream"
    timed "$1.check" "$broxc" check "$2"
    timed "$1.start" "$broxc" --version
    timed "$1.empty" "$empty"
    rm -rf "$3.written" "$3.copy"
}

# The first two rounds warm the caches up and do not count.
run_rounds() { # NAME PROGRAM COUNT [kustomize]
    local round
    for ((round = -1; round <= $3; round++)); do
        run_round "$1" "$2" "$work/tree.$1.$round"
        [ -z "${4-}" ] ||
            render_overlays "$1.kustomize" "$work/tree.$1.$round"
        [ "$round" -ne 0 ] || rm -f "$measured/$1".*
    done
}

# A median and its quartiles, or the only value.
spread() {
    sort -n | awk '
        function at(share) { return value[int((NR - 1) * share + 0.5) + 1] }
        { value[NR] = $1 }
        END {
            printf "%.2f", at(0.5)
            if (NR > 1)
                printf " (%.2f to %.2f)", at(0.25), at(0.75)
        }
    '
}

milliseconds() { # CASE FIELD
    awk -v field="$2" '{ print $field / 1000 }' "$measured/$1" | spread
}

ratio() { # CASE PEER
    paste -d ' ' "$measured/$1" "$measured/$2" |
        awk '{ print $1 / $4 }' | spread
}

peak() { # CASE
    awk '$3 > most { most = $3 } END { printf "%.1f", most / 1024 }' \
        "$measured/$1"
}

print_row() { # TITLE NAME CASE [PEER]
    local name=$2.$3 peer=$2.${4-}
    [ -s "$measured/$name" ] || return 0
    printf '| %s: %s | %s | %s | %s | %s |\n' "$1" "$3" \
        "$(milliseconds "$name" 1)" "$(milliseconds "$name" 2)" \
        "$([ -z "${4-}" ] || echo "$(ratio "$name" "$peer") times $4")" \
        "$(peak "$name")"
}

print_rows() { # TITLE NAME
    print_row "$@" fresh write
    print_row "$@" write
    print_row "$@" again compare
    print_row "$@" compare
    print_row "$@" copy write
    print_row "$@" stream print
    print_row "$@" print
    print_row "$@" check
    print_row "$@" start empty
    print_row "$@" empty
    print_row "$@" kustomize fresh
}

describe_tree() { # TITLE FOLDER
    find "$2" -type f -printf '%s\n' | awk -v title="$1" '
        { sum += $1 }
        END { printf "%s: %d files, %.0f KB\n", title, NR, sum / 1000 }'
}

has_kustomize=
if command -v kustomize >"$work/where"; then
    has_kustomize=kustomize
else
    echo "no kustomize on this machine: scripts/test fetches one"
fi
generate 20 "$work/small.brx"
generate "$services" "$work/large.brx"

run_rounds reference "$program" "$rounds" "$has_kustomize"
run_rounds large "$work/large.brx" 5
if [ -n "$has_kustomize" ]; then
    run_round small "$work/small.brx" "$work/tree.small.1"
    render_overlays small.kustomize "$work/tree.small.1"
fi

describe_tree 'reference' "$work/tree.reference.1"
describe_tree "$services services" "$work/tree.large.1"
echo
echo '| job | wall ms | CPU ms | beside | MiB |'
echo '|---|---|---|---|---|'
print_rows reference reference
print_rows "$services services" large
print_rows '20 services' small
