#!/usr/bin/env bash
# Twice the input takes about twice the instructions: work grows with the
# program, not with its square. Instructions are counted, not time, so that a
# busy machine changes nothing.
#
#     doubling.sh BROXC
# shellcheck disable=SC2317 # the shapes are called by name
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/processor.sh
. "$root/tests/e2e/lib/processor.sh"
cd "$work"
percent_max=230 # of the instructions for half of the input

services() { # COUNT
    awk -f "$here/generate.awk" -v seed=1 -v services="$1" -v environments=2
}

environments() { # COUNT
    awk -f "$here/generate.awk" -v seed=1 -v services=4 -v environments="$1"
}

# One block, and the environment that answers it.
keys() { # COUNT
    awk -f "$here/generate.awk" -v seed=1 -v services=2 -v environments=2 \
        -v keys="$1"
}

instructions() { # SHAPE COUNT: those of a check and of making all documents
    local counted
    "$1" "$2" >program.brx
    rm -rf out
    counted=$(on_one_processor valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$broxc" build program.brx -o out 2>&1 |
        sed -n 's/^==.*Collected : //p')
    echo "${counted:?}"
}

check_shape() { # SHAPE COUNT
    local once twice
    once=$(instructions "$1" "$2")
    twice=$(instructions "$1" "$(($2 * 2))")
    echo "$1: $2 take $once instructions, $(($2 * 2)) take $twice"
    expect "$1 grow faster than the program" \
        [ "$((twice * 100 / once))" -le "$percent_max" ]
}

check_shape services 40
check_shape environments 20
check_shape keys 150
finish "growth"
