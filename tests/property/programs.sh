#!/usr/bin/env bash
# Random programs, the same on every run: each compiles; two builds, and one
# into another folder, give the same bytes; every place in the lock is a line
# of the program; and kustomize gives what `--flat` gives.
#
#     programs.sh BROXC
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
yamlcheck=$(dirname "$broxc")/tests/tools/yamlcheck
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"
cd "$work"

# Lines such as `HASH owned PATH FILE:3,7-9`.
check_places() { # LOCK PROGRAM
    awk -v lines="$(wc -l <"$2")" '
        $2 == "owned" || $2 == "once" {
            sub(/.*:/, "", $NF)
            count = split($NF, places, /[,-]/)
            for (i = 1; i <= count; i++)
                if (places[i] < 1 || places[i] > lines) {
                    print
                    wrong = 1
                }
            checked++
        }
        END { exit wrong || !checked }' "$1"
}

check_overlays() { # TREE
    local name
    for name in "$1"/overlays/*/; do
        "${render[@]}" "$name" >overlay.yaml
        "$yamlcheck" --objects overlay.yaml "$1/flat/$(basename "$name").yaml"
    done
}

check_program() { # SEED SERVICES ENVIRONMENTS
    awk -f "$here/generate.awk" -v seed="$1" -v services="$2" \
        -v environments="$3" >program.brx
    expect_exit 0 "seed $1" build program.brx -o first --flat
    mv stderr said
    expect_exit 0 "seed $1 again" build program.brx -o second --flat
    expect "seed $1: two builds give the same bytes" diff -r first second
    expect "seed $1: every place is a line" \
        check_places first/broxc.lock program.brx
    find first -name '*.yaml' -print0 | xargs -0 "$yamlcheck" ||
        fail "seed $1: the YAML is not sound"
    [ $(($1 % 3)) -ne 0 ] ||
        expect "seed $1: flat is what kustomize gives" \
            check_overlays first/infrastructure/kubernetes
    rm -r first second
}

for seed in 1 2 3 4 5 6 7 8 9; do
    check_program "$seed" "$((2 + seed))" "$((1 + seed % 4))"
done
finish "random programs"
