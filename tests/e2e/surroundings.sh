#!/usr/bin/env bash
# What the tree and the answers do not hang on: time zone, locale, umask, home.
# And an output that takes nothing: each command that prints says so.
#
#     surroundings.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
program=$root/examples/small/envs.brx
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

content_alone() { # FOLDER
    (cd "$1" && find . -type f -exec cksum {} + | LC_ALL=C sort)
}

expect_exit 0 'a build to compare with' build "$program" -o first
content_alone first >wanted

for setting in TZ=Asia/Kathmandu TZ=America/Lima LC_ALL=POSIX \
    LC_ALL=C.UTF-8 LC_ALL=tr_TR.UTF-8 HOME=/nonexistent; do
    rm -rf again
    expect "a build with $setting" \
        env "$setting" "$broxc" build "$program" -o again 2>said
    content_alone again >found
    expect "the same tree with $setting" cmp wanted found
done
for mask in 077 000; do
    rm -rf again
    (umask "$mask" && "$broxc" build "$program" -o again 2>said)
    content_alone again >found
    expect "the same tree with the umask $mask" cmp wanted found
done

expect_unwritten() { # ARGUMENT...
    local code=0
    "$broxc" "$@" >/dev/full 2>said || code=$?
    expect "a full output of $*" [ "$code" -eq 4 ]
    expect "a word of it of $*" grep -q 'cannot write to standard output' said
    code=0
    "$broxc" "$@" >&- 2>said || code=$?
    expect "a closed output of $*" [ "$code" -eq 4 ]
}

expect_unwritten --version
expect_unwritten --help
expect_unwritten build --help
expect_unwritten check "$program"
expect_unwritten explain T01
expect_unwritten why production.shop.memory "$program"
expect_unwritten graph calls "$program"
expect_unwritten export --json "$program"
expect_unwritten build "$program" --flat -o -
expect_unwritten completion bash
expect_unwritten manual
finish 'surroundings'
