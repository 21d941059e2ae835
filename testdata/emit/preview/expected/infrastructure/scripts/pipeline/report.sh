#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/cut.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/cut.sh"
# needs: lib/log.sh lib/cut.sh
# shellcheck shell=bash
# What there is to say of a program, for people: its messages as SARIF, and
# what a change of it comes to, as Markdown. It judges nothing: verify.sh does,
# so a program with errors has its report, too. Writes nothing in the checkout.
#
# in   BRX_BROXC   path of the binary (build-broxc.sh)
#      BRX_SOURCE  e.g. envs.brx
#      BRX_PROFILE how strict the checks are; default standard
#      BRX_BASE    the revision that a change is measured against; empty: none
#      BRX_HEAD    the revision that holds the change; default HEAD
# out  sarif       the file with the messages
#      review      the file with the change; empty when there is no BRX_BASE
#      changed     whether there is one: true or false; empty like review
#      folder      where both lie
set -euo pipefail

check() {
    local code=0
    "$BRX_BROXC" check --format sarif --profile "${BRX_PROFILE:-standard}" \
        "$BRX_SOURCE" >"$folder/broxc.sarif" || code=$?
    ((code <= 1)) || brx_fail "broxc check ended with $code; above it says why"
}

# A revision by its hash: no name that somebody gave reaches a command line.
commit() {
    git rev-parse --short --verify --end-of-options "$1^{commit}" ||
        brx_fail "$1 is no commit of this checkout"
}

# Only the two revisions and the program are asked: nothing of the work tree.
change() {
    local code=0 base head
    base=$(commit "$BRX_BASE")
    head=$(commit "${BRX_HEAD:-HEAD}")
    changed=true
    if ! git cat-file -e "$base:./$BRX_SOURCE" 2>/dev/null; then
        printf '### What changes\n\n%s\n' 'The program is new.'
        return
    fi
    "$BRX_BROXC" diff "$base..$head" --format markdown -- "$BRX_SOURCE" \
        >"$folder/change" 2>"$folder/said" || code=$?
    ((code != 0)) || changed=false
    case $code in
        0 | 3) cat "$folder/change" ;;
        1 | 2)
            printf '### What changes\n\n%s\n\n' \
                'The two programs cannot be compared:'
            head -n 60 "$folder/said" | tr -d '\000-\010\013-\037\177' |
                sed 's/^/    /'
            ;;
        *)
            brx_foreign <"$folder/said" >&2
            brx_fail "broxc diff ended with $code"
            ;;
    esac
    printf '\n<sub>From %s to %s.</sub>\n' "$base" "$head"
}

brx_need BRX_BROXC BRX_SOURCE
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/report.XXXXXX")
review=
changed=
check
if [[ -n ${BRX_BASE:-} ]]; then
    review=$folder/review.md
    change >"$review"
    rm -f -- "$folder/change" "$folder/said"
    # A summary of more than 1 MiB is refused as a whole.
    text=$(<"$review")
    brx_summary "$(brx_cut 1000000 "$text")"
fi
brx_output sarif "$folder/broxc.sarif"
brx_output review "$review"
brx_output changed "$changed"
brx_output folder "$folder"
