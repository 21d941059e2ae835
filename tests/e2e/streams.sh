#!/usr/bin/env bash
# Standard streams that are full, closed, or that nobody reads: each subcommand
# that prints says so with exit code 4, or ends by SIGPIPE as any other command
# in a pipe, and no file of the user's takes what was to be said.
#
#     streams.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"
cp "$root/examples/small/envs.brx" a.brx
sed 's/64Mi/96Mi/' a.brx >b.brx
sed 's/^env /  env /' a.brx >ugly.brx
sed 's/^service shop/service shop { colour red }\n&/' a.brx >wrong.brx
cat >zone.brx <<'END'
brx 1
project shop { registry ghcr.io/shop }
zone shop.example {
    contact      dns@shop.example
    nameservers  [ns1.shop.example. ns2.shop.example.]
    record ns1  A  203.0.113.1
    record ns2  A  203.0.113.2
    record www  A  203.0.113.3
}
END
expect_exit 0 'a folder' build a.brx -o out
expect_exit 0 'a zone' build zone.brx -o zones
zone=$(find zones -name '*.zone')
sed 's/203.0.113.3/203.0.113.4/' "$zone" >live.zone
line=$(grep -rn 'memory: 128Mi' out | head -n 1 | cut -d: -f1,2)

# One a line, for every subcommand at least one: what prints its result.
cat >calls <<END
--version
--help
build --help
build a.brx --flat -o -
build wrong.brx -o none --format json
check wrong.brx --format json
check wrong.brx --format github
verify b.brx -o out --format json
diff a.brx b.brx
diff a.brx b.brx --format markdown
diff a.brx b.brx --format json
diff b.brx -o out
fmt --diff ugly.brx
fmt --check ugly.brx
dns read $zone
dns check $zone --format json
dns plan live.zone zone.brx
import $zone
why production.shop.memory a.brx
why $line a.brx
where a.brx:20 a.brx
graph calls a.brx
graph promote a.brx --format svg
graph files a.brx
export --json a.brx
init - --name shop --registry ghcr.io/shop --domain shop.example
explain T01
explain
completion bash
manual
END

for subcommand in $("$broxc" --help | sed -n 's/^    broxc \([a-z]*\) .*/\1/p'); do
    [ "$subcommand" = help ] || expect "$subcommand is among the calls" \
        grep -q "^$subcommand " <(sed 's/$/ /' calls)
done

# A pipe that is open for writing, and that nobody will read any more.
open_dead_pipe() {
    mkfifo pipe
    exec 8<>pipe
    exec 9>pipe
    exec 8>&-
    rm pipe
}
open_dead_pipe

sums() { # of all that is here but what the tests write
    find . -type f ! -path ./said -exec cksum {} + | LC_ALL=C sort
}

expect_refused() { # WHAT EXIT-CODE
    expect "$1: exit code 4, not $2" [ "$2" -eq 4 ]
    expect "$1: it says why, not: $(cat said)" \
        grep -qx 'broxc: cannot write to standard output' said
}

sums_before=$(sums)
while read -ra call; do
    said="${call[*]}"
    code=0
    "$broxc" "${call[@]}" >result 2>/dev/null </dev/null || code=$?
    expect "$said prints something" [ -s result ]
    rm result

    code=0
    "$broxc" "${call[@]}" >/dev/full 2>said </dev/null || code=$?
    expect_refused "$said, where all is full" "$code"
    code=0
    "$broxc" "${call[@]}" >&- 2>said </dev/null || code=$?
    expect_refused "$said, where nothing is open" "$code"
    code=0
    env --ignore-signal=PIPE "$broxc" "${call[@]}" >&9 2>said </dev/null ||
        code=$?
    expect_refused "$said, that nobody reads" "$code"
    code=0
    env --default-signal=PIPE "$broxc" "${call[@]}" >&9 2>said </dev/null ||
        code=$?
    expect "$said, that nobody reads, ends by SIGPIPE, not $code" \
        [ "$code" -eq 141 ]
done <calls
expect 'nothing was written anywhere' [ "$(sums)" = "$sums_before" ]

# ---- what is written goes where it should ------------------------------------

expect_exit 0 'a build to compare with' build b.brx -o wanted --timings
streams() { # WHAT COMMAND...
    expect "a build with $1" "${@:2}" build b.brx -o found --timings
    expect "the same tree with $1" diff -r wanted found
    rm -r found
}
without() { # STREAMS ARGUMENT...
    case $1 in
        0) "$broxc" "${@:2}" <&- 2>said ;;
        1) "$broxc" "${@:2}" >&- 2>said ;;
        2) "$broxc" "${@:2}" 2>&- ;;
        012) "$broxc" "${@:2}" <&- >&- 2>&- ;;
    esac
}
for closed in 0 1 2 012; do
    streams "the streams $closed closed" without "$closed"
done
unread() { # ARGUMENT...
    env --ignore-signal=PIPE "$broxc" "$@" 2>&9 >&9
}
full() { # ARGUMENT...
    "$broxc" "$@" 2>/dev/full >/dev/full
}
streams 'messages that nobody reads' unread
streams 'messages on a full disk' full

"$broxc" fmt ugly.brx >named
mv ugly.brx neat.brx
for closed in 0 1 2 012; do
    sed 's/^env /  env /' a.brx >ugly.brx
    code=0
    without "$closed" fmt ugly.brx >named || code=$?
    [[ $closed == *1* ]] && wanted=4 || wanted=0 # the name of the file
    expect "fmt with the streams $closed closed: $wanted, not $code" \
        [ "$code" -eq "$wanted" ]
    expect "the same program with the streams $closed closed" \
        cmp neat.brx ugly.brx
done

# git is asked with streams of its own.
git init -q .
git add a.brx
commit=(git -c user.name=a -c user.email=a@shop.example commit -q -m a)
"${commit[@]}"
cp b.brx a.brx
git add a.brx
"${commit[@]}"
"$broxc" diff HEAD~1..HEAD a.brx >wanted.diff 2>said && code=0 || code=$?
expect 'two revisions differ' [ "$code" -eq 3 ]
for closed in '<&-' '2>&-' '<&- 2>&-'; do
    code=0
    eval "\"\$broxc\" diff HEAD~1..HEAD a.brx >found.diff $closed" || code=$?
    expect "two revisions differ with $closed" [ "$code" -eq 3 ]
    expect "the same difference with $closed" cmp wanted.diff found.diff
done
finish 'streams'
