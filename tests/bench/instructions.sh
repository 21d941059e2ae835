#!/usr/bin/env bash
# Does the work of a build grow no faster than its program?
#
#     instructions.sh BROXC MEASURE
#
# Instructions are counted, not timed, so that the answer is the same on every
# machine. Three shapes of program are built at 1, 2 and 4 times a size. The
# step from 2 to 4 adds twice what the step from 1 to 2 adds, and so may cost
# twice as many instructions; what starting costs falls out of both steps.
# Quadratic work would show as four times as many. Memory is reported beside.
set -euo pipefail

broxc=$1
measure=$2
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/lib/processor.sh
. "$here/../e2e/lib/processor.sh"
tolerance_percent=5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

generate() { # SERVICES ENVIRONMENTS KEYS
    awk -v services="$1" -v environments="$2" -v keys="$3" \
        -f "$here/generate.awk"
}

fail() { # WHAT FILE
    echo "failed: $1" >&2
    cat "$2" >&2
    exit 1
}

count_instructions() { # PROGRAM FOLDER
    on_one_processor valgrind --tool=cachegrind --cache-sim=no \
        --cachegrind-out-file=/dev/null --log-file="$work/counted" \
        "$broxc" build "$1" -o "$2" >"$work/said" 2>&1 ||
        fail "the build of $1" "$work/said"
    grep -q ' created' "$work/said" || fail "nothing was built" "$work/said"
    ! grep -qE '^[^ ]+: (error|warning|info)' "$work/said" ||
        fail "$1 has faults" "$work/said"
    awk '/I +refs:/ { gsub(",", "", $NF); print $NF; found = 1 }
        END { exit !found }' "$work/counted" ||
        fail "valgrind counted nothing" "$work/counted"
}

peak_kib() { # PROGRAM FOLDER
    rm -f "$work/peak"
    "$measure" "$work/peak" "$broxc" build "$1" -o "$2" >"$work/said" 2>&1 ||
        fail "the build of $1" "$work/said"
    cut -d ' ' -f 3 "$work/peak"
}

# The files' bytes, without what folders take on this file system.
tree_bytes() { # FOLDER
    find "$1" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }'
}

add_size() { # SHAPE FACTOR SERVICES ENVIRONMENTS KEYS
    local program=$work/$1-$2.brx
    generate "$3" "$4" "$5" >"$program"
    local instructions peak
    instructions=$(count_instructions "$program" "$work/$1-$2")
    peak=$(peak_kib "$program" "$work/$1-$2.again")
    echo "$1 $2 $(stat -c %s "$program") $(tree_bytes "$work/$1-$2")" \
        "$instructions $peak"
}

judge() {
    awk -v tolerance="$tolerance_percent" '
        BEGIN {
            print "shape            size  input KB  output KB" \
                "  instructions M peak MiB"
        }
        {
            printf "%-16s %3dx %9.0f %10.0f %15.1f %8.1f\n", \
                $1, $2, $3 / 1e3, $4 / 1e3, $5 / 1e6, $6 / 1024
            instructions[$2] = $5
            bytes[$2] = $4
        }
        $2 == 4 {
            growth = (instructions[4] - instructions[2]) / \
                (instructions[2] - instructions[1])
            output = (bytes[4] - bytes[2]) / (bytes[2] - bytes[1])
            printf "%-16s twice the size costs %.3f times" \
                " the instructions, for %.3f times the bytes\n", \
                $1, growth, output
            if (!(growth <= 2 * (1 + tolerance / 100))) {
                print $1 ": work grows faster than the program"
                failed = 1
            }
            judged++
        }
        END { exit failed || judged != 3 }
    '
}

for factor in 1 2 4; do
    add_size services "$factor" $((50 * factor)) 3 10
done >"$work/sizes"
for factor in 1 2 4; do
    add_size environments "$factor" 4 $((6 * factor)) 10
done >>"$work/sizes"
for factor in 1 2 4; do
    add_size config-keys "$factor" 4 3 $((150 * factor))
done >>"$work/sizes"
judge <"$work/sizes"
