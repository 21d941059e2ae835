#!/usr/bin/env bash
# --format sarif: the logs of every program in testdata/error hold against the
# published schema, and a result keeps its fingerprint when lines move.
#
#     sarif.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
tools=$root/tests/tools

# Encodings are tested in L19; a column in what is no text means nothing.
make_logs() {
    local folder name
    for folder in "$root"/testdata/error/*/; do
        name=$(basename "$folder")
        case $name in L19-*) continue ;; esac
        (cd "$root" && "$broxc" check "testdata/error/$name/fires.brx" \
            --format sarif >"$work/$name.sarif") || true
    done
}

fingerprints() { # PROGRAM
    { "$broxc" check "$1" --format sarif || true; } |
        jq -r '.runs[].results[].partialFingerprints["broxc/v1"]' | sort
}

make_logs
expect 'the logs hold' node "$tools/check_sarif.mjs" "$root" "$work"/*.sarif
cd "$work"
cp "$root/testdata/error/W11-ingress-host-duplicate/fires.brx" program.brx
fingerprints program.brx >before
{
    head -1 program.brx
    printf '\n# a comment\n\n'
    tail -n +2 program.brx | sed 's/^    run/        run/'
} >moved && mv moved program.brx
fingerprints program.brx >after
expect 'there are fingerprints' [ -s before ]
expect 'fingerprints stay when lines move' diff before after
expect_exit 0 'a clean program' check "$2" --format sarif
expect 'its log is a result' jq -e '.runs[0].results' stdout
finish "sarif"
