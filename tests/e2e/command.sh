#!/usr/bin/env bash
# The command as a person uses it: options, streams, exit codes, and what a
# second build does to a folder that is there.
#
#     command.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
tree=infrastructure/kubernetes

cat >"$work/shop.brx" <<'END'
brx 1
project shop { registry ghcr.io/shop }
service api { port http 8080; ready GET /ready; live GET /live }
env dev {
    ingress  nginx  address ?ADDRESS
    run api 1  memory 128Mi..256Mi  cpu 50m..250m
}
env test {
    run api 1  memory 128Mi..256Mi  cpu 50m..250m
}
END
sed 's/ ?ADDRESS/ 203.0.113.9/' "$work/shop.brx" >"$work/whole.brx"
sed 's/ghcr/${/' "$work/shop.brx" >"$work/wrong.brx"
cd "$work"

# ---- help and usage ----------------------------------------------------------

expect_exit 0 '--version' --version
expect_said '^broxc [0-9]+\.[0-9]+\.[0-9]+$' '--version'
expect_exit 0 '--help' --help
expect '--help goes to stdout' [ -s stdout -a ! -s stderr ]
for subcommand in build check fmt explain; do
    expect_exit 0 "help of $subcommand" "$subcommand" --help
    expect_said "^broxc $subcommand" "help of $subcommand"
    expect_exit 0 "help $subcommand" help "$subcommand"
done
for subcommand in $("$broxc" --help | sed -n 's/^    broxc \([a-z]*\) .*/\1/p'); do
    "$broxc" help "$subcommand"
done >pages
expect 'each subcommand has its page' [ "$(grep -c '^broxc ' pages)" -ge 14 ]
"$broxc" --help >>pages
expect 'no line of help is longer than a screen' \
    [ "$(LC_ALL=C.UTF-8 awk 'length > 80' pages | wc -l)" -eq 0 ]
expect 'a long invocation stands alone' \
    grep -qx '    broxc diff OLD NEW | REV..REV \[FILE\] | \[FILE\] -o DIR' pages
expect_exit 2 'no arguments'
expect 'usage goes to stderr' [ ! -s stdout -a -s stderr ]
expect_exit 2 'an unknown subcommand' bulid shop.brx
expect_exit 2 'an unknown option' check --fromat json shop.brx
expect_exit 2 'an option of another subcommand' check shop.brx -o out
expect_exit 2 'an option without its value' build shop.brx -o
expect_exit 2 'a build without a folder' build shop.brx
expect_exit 2 'two programs' check shop.brx whole.brx
expect_exit 2 'an unknown format' check shop.brx --format xml
expect_said 'expected human, short, json, github or sarif' 'an unknown format'
expect_exit 2 'a format of another subcommand' check shop.brx --format svg
expect_exit 2 'a format of messages for a picture' graph promote shop.brx --format sarif
expect_said 'expected mermaid, dot or svg' 'a format of messages for a picture'
expect_exit 2 'an unknown profile' check shop.brx --profile strict
expect_exit 2 'a date that is none' check shop.brx --date tomorrow
expect_exit 2 'a day that is none' check shop.brx --date 2026-02-31
expect_exit 2 'a --set without a value' check shop.brx --set ADDRESS
expect_exit 2 'an unknown part' build shop.brx -o out --only kubernets
expect_said 'kubernets`: expected kubernetes, dns, .* or flat' 'an unknown part'
expect_exit 2 'no part' build shop.brx -o out --only ''
expect_exit 2 'an empty part' build shop.brx -o out --only dns,
expect_exit 2 'an unknown environment' build shop.brx -o out --env tset
expect_exit 2 'an empty folder' build shop.brx -o ''
expect 'none of these wrote anything' [ ! -e out ]
expect_exit 0 'explain' explain
expect_exit 0 'explain a code' explain L01
expect_exit 0 'explain a code in small letters' explain l01
expect_exit 0 'explain a check by name' explain unknown-key
expect_exit 0 'explain a word' explain branch
expect_exit 2 'explain what is not there' explain brnach
expect_said 'branch' 'explain offers the nearest word'

# ---- check ---------------------------------------------------------------------

expect_exit 0 'a program with a hole' check shop.brx
expect_exit 1 'a program with errors' check wrong.brx
expect_exit 1 'an open hole in a release' check shop.brx --release
expect_exit 0 'a filled hole in a release' check shop.brx --release \
    --set ADDRESS=203.0.113.9
echo 'given ADDRESS 203.0.113.9' >given.brx
expect_exit 0 'a file of givens' check shop.brx --release --given given.brx
expect_exit 1 'a given of the wrong type' check shop.brx --set ADDRESS=nowhere
expect_said '--set:1:' 'a given of the wrong type'
expect_exit 4 'no such program' check absent.brx
expect_exit 4 'no such file of givens' check shop.brx --given absent.brx
expect_exit 0 'options behind the program' check --profile=basic shop.brx
expect_exit 0 'options in one word' check shop.brx --format=json
expect 'json is the whole output' node -e \
    'JSON.parse(require("fs").readFileSync("stdout", "utf8"))'
expect_exit 0 'timings' check shop.brx --timings
expect_said '^parse .* ms$' 'timings'

expect_stdin() { # CODE WHAT PROGRAM ARGUMENT...
    local program=$3
    set -- "$1" "$2" "${@:4}"
    expect_exit "$@" <"$program"
}
expect_stdin 0 'a program on standard input' shop.brx check -
expect_stdin 1 'a wrong program on standard input' wrong.brx check -
expect_stdin 1 'nothing on standard input' /dev/null check -

mkdir -p deep/er
cp whole.brx envs.brx
(cd deep/er && expect_exit 0 'the nearest envs.brx above' check)
rm envs.brx
mkdir empty
(cd empty && expect_exit 4 'no envs.brx anywhere' check)

# ---- documents ------------------------------------------------------------------

printf '## %s\n\n|Service|Memory|\n|-|-|\n|api|%s|\n' dev 128Mi..1Gi >wrong.md
sed 's/1Gi/256Mi/' wrong.md >right.md
expect_exit 0 'a document that contradicts' import --compare wrong.md whole.brx
expect_said '^wrong.md:5:6: warning.O11.: .128Mi..1Gi. contradicts' \
    'a document that contradicts'
expect_said 'agree with the program: 0, that contradict it: 1' 'cells are counted'
expect_exit 1 'it is an error to --strict' import --compare wrong.md whole.brx --strict
expect_exit 0 'a document that agrees' import --compare right.md whole.brx --strict
expect 'nothing else is said of it' [ "$(wc -l <stderr)" -eq 1 ]
expect_exit 0 'a document as data' import --compare wrong.md --format json whole.brx
expect 'json is the whole output of import' node -e \
    'JSON.parse(require("fs").readFileSync("stdout", "utf8"))'
expect_exit 0 'a document without a table' import --compare given.brx whole.brx
expect_said 'nothing was compared' 'a document without a table'
expect_exit 1 'a wrong program has no facts' import --compare right.md wrong.brx
expect_exit 4 'no such document' import --compare absent.md whole.brx
expect_exit 2 'nothing to import' import

# ---- build ---------------------------------------------------------------------

expect_exit 1 'a build of a wrong program' build wrong.brx -o out
expect 'nothing was written' [ ! -e out ]
expect_exit 1 'a release with a hole' build shop.brx -o out --release
expect 'nothing was written for a release' [ ! -e out ]
expect_exit 0 'a build' build whole.brx -o out
expect 'a lock' [ -f out/broxc.lock ]
picture out >before
expect_exit 0 'a second build' build whole.brx -o out
picture out >after
expect 'a second build touches nothing' cmp before after
expect_exit 0 'a build elsewhere' build whole.brx -o "$work/new/deep"
expect 'the same bytes elsewhere' diff -r out new/deep

expect_exit 0 'a build made two times' build whole.brx -o twice --twice
expect 'the same bytes as once' diff -r out twice
expect_exit 0 'a stream made two times' build whole.brx -o - --flat --twice
expect_stdin 1 'two builds that differ' given.brx build shop.brx -o no --twice --given -
expect_said '^error.O12.: two builds .* differ in .messages.' 'two builds that differ'
expect_exit 1 'a wrong program is no difference' build wrong.brx -o no --twice
expect 'of two builds only one speaks' [ "$(grep -cE '^[0-9]+ error' stderr)" -eq 1 ]
expect_exit 2 'two times from standard input' build - -o no --twice
expect 'none of these wrote anything' [ ! -e no ]

expect_exit 0 'one environment' build whole.brx -o one --env dev
expect 'its overlay' [ -d "one/$tree/overlays/dev" ]
expect 'not the other' [ ! -e "one/$tree/overlays/test" ]
expect_exit 0 'the flat rendering' build whole.brx -o flat --flat
expect 'each environment whole' [ -f "flat/$tree/flat/test.yaml" ]
expect_exit 0 'one part' build whole.brx -o part --only dns,kubernetes
expect_exit 0 'a build from standard input' build - -o piped <whole.brx
expect 'the same tree from a pipe' diff -r -x broxc.lock out piped

# ---- what is not ours ------------------------------------------------------------

base=$tree/base/namespace.yaml
cp -R out kept
echo 'a note' >kept/note.txt
echo 'a file' >"kept/$tree/base/mine.yaml"
expect_exit 0 'foreign files beside ours' build whole.brx -o kept
expect 'they stay' [ -f kept/note.txt -a -f "kept/$tree/base/mine.yaml" ]

sed '/^env test/,$d' whole.brx >less.brx
expect_exit 0 'a smaller program' build less.brx -o kept
expect 'what is no longer made goes' [ ! -e "kept/$tree/overlays/test/quota.yaml" ]
expect 'what is not ours stays' [ -f "kept/$tree/base/mine.yaml" ]

mkdir -p "taken/$(dirname "$base")"
echo 'mine' >"taken/$base"
picture taken >before
expect_exit 1 'a foreign file in the way' build whole.brx -o taken
expect_said 'O03' 'a foreign file in the way'
picture taken >after
expect 'a refused build changes nothing' cmp before after
expect_exit 1 '--force does not adopt' build whole.brx -o taken --force
expect_exit 0 '--adopt' build whole.brx -o taken --adopt
expect '--adopt overwrites' diff -r out taken

cp -R out edited
echo '# by hand' >>"edited/$base"
picture edited >before
expect_exit 1 'an edited file' build whole.brx -o edited
expect_said 'O01' 'an edited file'
picture edited >after
expect 'a refused build leaves the edit' cmp before after
expect_exit 0 '--force' build whole.brx -o edited --force
expect '--force overwrites' diff -r out edited

rm "edited/$base"
expect_exit 0 'a file that was deleted' build whole.brx -o edited
expect 'it is there again' diff -r out edited

cp -R out broken
echo 'nonsense' >broken/broxc.lock
picture broken >before
expect_exit 4 'a lock that is none' build whole.brx -o broken
picture broken >after
expect 'it stays as it is' cmp before after

# ---- the flat manifests as one stream ----------------------------------------

expect_exit 0 'a flat tree' build whole.brx --flat -o flat
expect_exit 0 'a stream' build whole.brx --flat -o -
cp stdout stream
expect 'a stream is the flat files' \
    cmp stream <(cat "flat/$tree/flat/dev.yaml"; echo ---; cat "flat/$tree/flat/test.yaml")
expect 'a stream makes no folder' [ ! -e ./- ]
expect_exit 0 'one environment' build whole.brx --flat --env test -o -
expect 'of one environment it is that file' cmp stdout "flat/$tree/flat/test.yaml"
expect_exit 0 'messages beside a stream' build whole.brx --flat -o - --format json
expect 'messages go to stderr' cmp stdout stream
expect_exit 2 'a stream of what is no manifest' build whole.brx -o -
expect_exit 2 'a part of a stream' build whole.brx --flat --only dns -o -
expect 'a disk that is full' [ "$("$broxc" build whole.brx --flat -o - \
    >/dev/full 2>stderr; echo $?)" = 4 ]

sed 's/^env test {/env testing { short test/' whole.brx >named.brx
expect_exit 0 'a short name' build named.brx --flat --env test -o -
expect_said '^  name: shop-testing$' 'a short name'
expect_exit 2 'no such environment' build named.brx --flat --env tests -o -
expect_said 'no environment is called .tests.' 'no such environment'

finish 'the command'
