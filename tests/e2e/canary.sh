#!/usr/bin/env bash
# Every text of the programs with scripts becomes one of which a shell would make
# a file; what the compiler then takes is built, and each script that people run is
# run, among tools that do nothing. No such file may come to be.
#
#     canary.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

# With blanks and without: names of branches, say, take none. `$$` is a `$` of
# the language.
# shellcheck disable=SC2016 # a shell is what must not read it
canaries=(
    "\"'\\\"\$\$(touch canary)\`touch canary\`;touch canary #\""
    "\"\$\$(touch\$\${IFS}canary)\`touch\$\${IFS}canary\`;touch\$\${IFS}canary\""
    "\"/\$\$(touch\$\${IFS}canary)\`touch\$\${IFS}canary\`;touch\$\${IFS}canary'\""
)

# Where a text may stand: quoted, or the argument of a word that is rarely so.
# texts FILE: `LINE COLUMN LENGTH` of each.
texts() {
    awk '{
        line = $0; base = 0
        sub(/#.*/, "", line)
        while (match(line, /"[^"]*"|(branch|tag|GET|in|slack|contact) +[^ "\[{}]+/)) {
            start = RSTART; length_ = RLENGTH
            if (substr(line, start, 1) != "\"") {
                match(substr(line, start, length_), /^[a-zA-Z]+ +/)
                start += RLENGTH; length_ -= RLENGTH
            }
            print NR, base + start, length_
            base += start + length_ - 1
            line = substr(line, start + length_)
        }
    }' "$1"
}

# put FILE LINE COLUMN LENGTH TEXT: the program with the text there.
put() {
    awk -v line="$2" -v column="$3" -v length_="$4" '
        BEGIN { text = ENVIRON["TEXT"] }
        NR == line { $0 = substr($0, 1, column - 1) text \
            substr($0, column + length_) }
        { print }' "$1"
}

# The last first, so that places in a line stay what they are.
spoil() { # FOLDER: main.brx takes as many canaries as it can; prints how many
    local line column length text taken=0
    while read -r line column length; do
        for text in "${canaries[@]}"; do
            TEXT=$text put "$1/main.brx" "$line" "$column" "$length" >"$1/next.brx"
            if "$broxc" check "$1/next.brx" >"$1/said" 2>&1; then
                mv "$1/next.brx" "$1/main.brx"
                taken=$((taken + 1))
                break
            fi
        done
    done < <(texts "$1/main.brx" | sort -k 1,1nr -k 2,2nr)
    echo "$taken"
}

mkdir fakes sandbox
for tool in az kubectl kubelogin gh docker curl git sleep getent helm; do
    printf '#!/bin/sh\nexit 0\n' >fakes/$tool
done
chmod +x fakes/*

run_script() { # SCRIPT ARGUMENT...
    (cd sandbox && env -i PATH="$work/fakes:/usr/bin:/bin" HOME="$work/sandbox" \
        timeout 30 bash "$@") </dev/null >said 2>&1
}

# Those that people run; the pipeline's have no fact in them but by their names.
run_scripts() { # FOLDER
    local script environment
    for script in "$1"/out/infrastructure/scripts/*.sh "$1"/out/scripts/*.sh; do
        [ -f "$script" ] || continue
        scripts=$((scripts + 1))
        grep -q 'canary' "$script" && marked=$((marked + 1))
        expect "$script says how it is used" run_script "$script" --help
        for environment in production staging development dev; do
            run_script "$script" "$environment" --dry-run || true
        done
    done
}

scripts=0 marked=0 taken=0
for program in "$root"/testdata/emit/{hosting,guides,stateful,pod-words,canary}/main.brx \
    "$root"/examples/broxiva/envs.brx; do
    folder=$(mktemp -d "$work/program.XXXXXX")
    cp -R "$(dirname "$program")"/. "$folder"
    rm -rf "$folder/expected"
    cp "$program" "$folder/main.brx"
    count=$(spoil "$folder")
    taken=$((taken + count))
    expect_exit 0 "$program with $count canaries" build "$folder/main.brx" \
        -o "$folder/out"
    run_scripts "$folder"
done
expect "a canary in the open is seen" test "$(cd sandbox &&
    eval 'x="$(touch canary)"' && ls)" = canary
rm sandbox/canary
expect 'no script ran what a text says' \
    [ -z "$(find "$work" -name canary)" ]
expect "texts were taken, and not $taken alone" [ "$taken" -ge 20 ]
expect "scripts hold them, and not $marked alone" [ "$marked" -ge 3 ]
echo "$taken texts, $scripts scripts, $marked of them with a canary"
finish 'canaries'
