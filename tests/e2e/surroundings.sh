#!/usr/bin/env bash
# What the tree and the answers do not hang on: time zone, locale, umask, home,
# the age of files.
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

# Locales that sort, count and fold otherwise: ours, since a bare machine has
# none but C.
make_locale() { # NAME
    localedef -i "$1" -f UTF-8 --no-archive "$work/locales/$1.UTF-8" 2>said ||
        true # the letters of some are warned of
}
mkdir locales
export LOCPATH=$work/locales
make_locale de_DE
make_locale tr_TR
expect 'a locale with a comma in its numbers' \
    [ "$(LC_ALL=de_DE.UTF-8 printf %.1f 1)" = 1,0 ]
expect 'a locale whose small I has no dot' \
    [ "$(LC_ALL=tr_TR.UTF-8 bash -c 'x=I; echo "${x,}"')" = ı ]

# The answers, too, but for how long they took.
answer() {
    "$broxc" build "$program" -o again 2>&1 &&
        "$broxc" graph calls "$program" &&
        "$broxc" export --json "$program" &&
        { "$broxc" check "$wrong" --format sarif || [ $? -eq 1 ]; } &&
        content_alone again
}
expect_same() { # WHAT COMMAND...
    rm -rf again
    "${@:2}" >found || fail "a build with $1"
    expect "the same tree and answers with $1" cmp wanted found
}
export -f answer content_alone
export broxc program
wrong=$root/testdata/error/L01-unknown-key/fires.brx
export wrong
answer >wanted

for setting in TZ=Asia/Kathmandu TZ=America/Lima LC_ALL=POSIX \
    LC_ALL=C.UTF-8 LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 \
    LANGUAGE=de:tr HOME=/nonexistent COLUMNS=20 TERM=xterm; do
    expect_same "$setting" env "$setting" bash -c answer
done
expect_same 'nothing in the environment' \
    env -i "PATH=$PATH" "LOCPATH=$LOCPATH" "broxc=$broxc" "program=$program" \
    "wrong=$wrong" bash -c "$(declare -f answer content_alone); answer"
for mask in 077 000; do
    expect_same "the umask $mask" bash -c "umask $mask; answer"
done

# What is older or younger than what it is made of is no news.
cp "$program" old.brx
program=old.brx
rm -rf again
answer >wanted
for year in 1970 2106; do
    find again -exec touch -h -d "$year-01-02" {} +
    picture again >before
    expect 'a build of what is there already' "$broxc" build old.brx -o again 2>said
    picture again >after
    expect "files of $year are not touched" cmp before after
    touch -d "$year-01-02" old.brx
    expect_same "a program of $year" answer
done
finish 'surroundings'
