#!/usr/bin/env bash
# A build that is killed at any moment: the next one succeeds, and its tree is
# the same as that of a build in peace. Every second run builds the program
# that the one before did not, so that files change, come and go. Zones are
# left out: their serials tell how often they were written.
#
#     killed.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"
kills=10
rounds_max=60

generate() { # SEED SERVICES ENVIRONMENTS
    awk -f "$root/tests/property/generate.awk" -v seed="$1" -v services="$2" \
        -v environments="$3" | sed '/^zone/,$d'
}

generate 1 20 3 >large.brx
generate 2 15 4 >small.brx
for size in large small; do
    cp $size.brx program.brx
    expect_exit 0 "the $size program" \
        build program.brx -o "fresh-$size"
done

# How long a build takes, in milliseconds, for moments that lie inside it.
start=$(date +%s%N)
expect_exit 0 'a build to measure' \
    build program.brx -o measured
span_ms=$((($(date +%s%N) - start) / 1000000 + 1))

build_and_kill() { # MILLISECONDS
    "$broxc" build program.brx -o out >said 2>&1 &
    sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
    kill -9 $! 2>/dev/null && killed=$((killed + 1))
    wait $! 2>/dev/null || true
}

# What the pipeline writes into is made once, and stays when it is not needed.
owned() { # FOLDER
    (cd "$1" && LC_ALL=C awk '$2 == "owned" { print $3 }' broxc.lock | sort |
        xargs cksum)
}

RANDOM=7
killed=0
round=0
# A busy machine may end a build before its time comes: then there is one more.
while [ "$killed" -lt "$kills" ] && [ "$round" -lt "$rounds_max" ]; do
    round=$((round + 1))
    size=large
    [ $((round % 2)) -eq 0 ] || size=small
    cp $size.brx program.brx
    build_and_kill $((RANDOM % span_ms))
    expect_exit 0 "round $round: the build after" \
        build program.brx -o out
    owned out >found
    owned "fresh-$size" >wanted
    expect "round $round: the tree of a build in peace" cmp wanted found
    expect "round $round: nothing is left behind" \
        [ -z "$(find out -name '.broxc*')" ]
done
[ "$killed" -eq "$kills" ] || fail "only $killed builds were killed"
finish "$killed killed builds"
