#!/usr/bin/env bash
# The first minutes: a program from three answers, completion in three real
# shells, and the manual page before two readers.
#
#     init.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"
PATH=$(dirname "$broxc"):$PATH

# ---- init --------------------------------------------------------------------

answers=(--name bakery --registry ghcr.io/bakery --domain bakery.example)
expect_exit 0 'init' init "${answers[@]}"
expect_exit 0 'the result' check --strict
expect_said '^no errors$' 'the result'
expect_exit 0 'it is formatted' fmt --check envs.brx
expect_exit 0 'it builds' build -o out
expect 'it is commented' test "$(grep -c '#' envs.brx)" -ge 10
expect_exit 2 'a program that is there' init "${answers[@]}"
expect_exit 2 'no answers and no terminal' init other.brx
expect_exit 1 'answers that do not fit' init other.brx --name 'My Shop' \
    --registry ghcr.io/shop --domain shop.example
expect_said 'nothing was written' 'answers that do not fit'
expect 'nothing was written' [ ! -e other.brx ]
expect_exit 0 'to standard output' init - --name a --registry ghcr.io/a \
    --domain a-much-longer-domain.example
expect 'as it is formatted' "$broxc" fmt --check stdout
printf 'shop\nghcr.io/shop\nshop.example\n' |
    script -qec "'$broxc' init asked.brx" /dev/null >dialogue
expect 'three questions at a terminal' [ "$(grep -o 'such as' dialogue | wc -l)" -eq 3 ]
expect_exit 0 'what a dialogue gave' check --strict asked.brx

# ---- completion --------------------------------------------------------------

for shell in bash zsh fish; do
    expect_exit 0 "completion $shell" completion "$shell"
    cp stdout "broxc.$shell"
    expect "$shell reads it" "$shell" -n "broxc.$shell"
done
expect_exit 2 'completion of no shell' completion
expect_exit 2 'completion of another shell' completion tcsh
expect 'shellcheck accepts it' shellcheck -s bash broxc.bash

bash_words() { # WORD...: what bash would offer for the last
    bash --norc -c '. ./broxc.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _broxc
        printf "%s\n" "${COMPREPLY[@]}"' _ "$@"
}
expect 'bash: subcommands' grep -qx graph <(bash_words broxc gr)
expect 'bash: kinds' grep -qx promote <(bash_words broxc graph '')
expect 'bash: options' grep -qx -- --baseline <(bash_words broxc check --b)
expect 'bash: values' grep -qx hardened <(bash_words broxc check --profile h)
expect 'bash: values of the subcommand' grep -qx svg \
    <(bash_words broxc graph files --format '')
expect 'bash: no values of another' test -z "$(bash_words broxc check --format sv)"
expect 'bash: files' grep -qx envs.brx <(bash_words broxc check env)
expect 'bash: no option of another' test -z "$(bash_words broxc check --allow)"

fish_words() { # LINE
    HOME=$work fish --no-config -c "source broxc.fish; complete -C '$1'" |
        cut -f1
}
expect 'fish: subcommands' grep -qx graph <(fish_words 'broxc gr')
expect 'fish: kinds' grep -qx promote <(fish_words 'broxc graph pr')
expect 'fish: options' grep -qx -- --baseline <(fish_words 'broxc check --b')
expect 'fish: values' grep -qx hardened <(fish_words 'broxc check --profile h')

# A terminal of its own, for completion lives in the line editor.
cat >drive.zsh <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; . ./broxc.zsh; print LOA''DED"
zpty -r shell out '*LOADED*' || exit 1
zpty -w -n shell "$1"$'\t'
zpty -r shell out "*$2*" || exit 1
END
expect 'zsh: subcommands' timeout 30 zsh -f drive.zsh 'broxc grap' 'broxc graph'
expect 'zsh: kinds' timeout 30 zsh -f drive.zsh 'broxc graph prom' 'graph promote'
expect 'zsh: options' timeout 30 zsh -f drive.zsh 'broxc check --write' '--write-baseline'
expect 'zsh: values' timeout 30 zsh -f drive.zsh 'broxc check --profile hard' 'profile hardened'

# ---- the manual page ---------------------------------------------------------

expect_exit 0 'manual' manual
cp stdout broxc.1
mandoc -T lint broxc.1 >complaints 2>&1 || true
expect 'mandoc has nothing to say' [ ! -s complaints ]
man --warnings -E UTF-8 -l -Tutf8 broxc.1 2>warnings |
    sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g' >page
expect 'man has nothing to say' [ ! -s warnings ]
for subcommand in $("$broxc" --help | sed -n 's/^    broxc \([a-z]*\) .*/\1/p' |
    grep -vx help); do
    expect "the page tells of $subcommand" grep -q "broxc $subcommand" page
done
finish 'the first minutes'
