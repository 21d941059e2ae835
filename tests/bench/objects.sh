#!/usr/bin/env bash
# Does an object cost the same in a large program as in a small one?
#
#     objects.sh BROXC SMALL LARGE
#
# Counts, with valgrind, the instructions of one stream of SMALL services in 3
# environments and of one of LARGE, and divides each by the objects of the
# stream. Fails when an object of the large one costs more than 5 % more. 33,000
# services take minutes and 4 GB, so this is run by hand; what grows faster than
# its program is found by instructions.sh in every run of the tests.
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/e2e/lib/processor.sh
. "$here/../e2e/lib/processor.sh"

print_size() { # SERVICES
    local objects
    awk -v services="$1" -v environments=3 -v keys=10 \
        -f "$here/generate.awk" >"$work/program.brx"
    objects=$(on_one_processor valgrind --tool=cachegrind --cache-sim=no \
        --cachegrind-out-file=/dev/null --log-file="$work/counted" \
        "$broxc" build "$work/program.brx" --flat -o - | grep -c '^kind:')
    awk -v services="$1" -v objects="$objects" '/I +refs:/ {
            gsub(",", "", $NF)
            print services, objects, $NF, $NF / objects
        }' "$work/counted"
}

{
    print_size "$2"
    print_size "$3"
} | awk '
    {
        printf "%d services: %d objects, %.1f million instructions, %.0f an object\n",
            $1, $2, $3 / 1e6, $4
        each[NR] = $4
    }
    END { exit !(NR == 2 && each[2] <= 1.05 * each[1]) }
'
