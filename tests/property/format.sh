#!/usr/bin/env bash
# Formatting, over every program that parses and over random ones: twice is
# once; the meaning stays; and however a program is spaced, it comes out the
# same.
#
#     format.sh BROXC
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dump=$(dirname "$broxc")/tests/golden/dump
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

# What a program means, without the places where it says so.
meaning() { # PROGRAM
    "$dump" ir "$1" 2>&1 | sed -E 's/[^ ]*[0-9]+:[0-9]+//g'
}

is_meaning_same() { # FOLDER WITH program.brx AND formatted.brx
    diff <(cd "$1" && meaning program.brx) <(cd "$1" && meaning formatted.brx)
}

# As few blanks as can be, and as many; texts and comments as they are.
respace() { # GAP PROGRAM
    awk -v gap="$1" '
        /["#]/ { print; next }
        { sub(/^ +/, ""); gsub(/ +/, gap); print gap $0 }' "$2"
}

check_program() { # NAME
    expect "$1: twice is once" cmp formatted.brx again.brx
    expect "$1: the meaning stays" is_meaning_same .
}

check_file() { # PROGRAM
    cp "$1" program.brx
    "$broxc" fmt - <program.brx >formatted.brx 2>said || return 0
    "$broxc" fmt - <formatted.brx >again.brx 2>said
    check_program "${1#"$root"/}"
    formatted_count=$((formatted_count + 1))
}

check_random() { # SEED
    awk -f "$here/generate.awk" -v seed="$1" -v services="$((2 + $1))" \
        -v environments="$((1 + $1 % 4))" >program.brx
    "$broxc" fmt - <program.brx >formatted.brx
    "$broxc" fmt - <formatted.brx >again.brx
    check_program "seed $1"
    for gap in ' ' '     '; do
        respace "$gap" program.brx | "$broxc" fmt - >spaced.brx
        expect "seed $1: spaced by ${#gap}" cmp formatted.brx spaced.brx
    done
}

formatted_count=0
while IFS= read -r file; do
    check_file "$file"
done < <(find "$root/examples" "$root/testdata/emit" "$root/testdata/project" \
    "$root/testdata/resolve" "$root/testdata/parser" \
    -name '*.brx' | sort)
expect "some programs were formatted" test "$formatted_count" -gt 30

for seed in 1 2 3 4 5 6 7 8; do
    check_random "$seed"
done

for file in "$root"/examples/*/*.brx; do
    expect_exit 0 "${file#"$root"/} is formatted" fmt --check "$file"
done
finish "formatting"
