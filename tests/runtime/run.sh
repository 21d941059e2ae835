#!/usr/bin/env bash
# Runs the tests of runtime/: `run.sh lint` has the linter and the formatter
# read the text that the emitter writes, `run.sh FILE.bats...` runs scripts
# among fake tools, and without an argument everything runs. Fails when a
# needed tool is missing.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
failed=0
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || {
            printf 'runtime tests: %s is not installed\n' "$tool" >&2
            exit 1
        }
    done
}

# written SCRIPT: the script as a workflow runs it, its libraries first.
written() {
    local name names
    read -ra names < <(sed -n '1s/^# needs: //p' "$1")
    for name in "${names[@]}"; do
        cat "$root/runtime/$name"
    done
    cat "$1"
}

complain() {
    printf '%s: %s\n' "$1" "$2" >&2
    failed=1
}

lint_script() {
    local script=$1 name=${1##*/}
    written "$script" >"$work/$name"
    shellcheck --shell bash "$work/$name" || failed=1
    # shellcheck disable=SC2016
    ! grep -nF '${{' "$work/$name" || complain "$name" 'an expression'
    ! grep -nE '^[^#]*\beval\b' "$work/$name" || complain "$name" 'eval'
    grep -qx 'set -euo pipefail' "$script" || complain "$name" 'not strict'
    # Its first line cannot be broken.
    ! sed '1{/^# needs: /d}' "$script" | grep -nE '.{81}' ||
        complain "$name" 'over 80 columns'
    (($(wc -l <"$script") <= 90)) || complain "$name" 'over 90 lines'
}

# Libraries stand in one script: no name may be taken twice.
lint_names() {
    local twice
    twice=$(sed -n 's/^\(brx_[a-z_]*\)() {$/\1/p' "$root"/runtime/lib/*.sh \
        "$root"/runtime/{release,hosting,setup}/*.sh | sort | uniq -d)
    [[ -z $twice ]] || complain "$twice" 'more than one function'
}

# What a file names stands in one of them: a function that was renamed is called
# by its new name everywhere.
lint_calls() {
    local unknown
    unknown=$(comm -23 \
        <(grep -rhoE '\bbrx_[a-z_]+' "$root/runtime" | LC_ALL=C sort -u) \
        <(grep -rhoE '^brx_[a-z_]+\(\)' "$root/runtime" | tr -d '()' |
            LC_ALL=C sort -u))
    [[ -z $unknown ]] || complain "$unknown" 'no function is called so'
}

# A script for people, with every way back that there is.
lint_person() {
    local name=${1##*/} way
    written "$1" >"$work/$name"
    for way in "$root"/runtime/lib/way-*.sh; do
        [[ $way == */way-rolling.sh ]] || cat "$way" >>"$work/$name"
    done
    shellcheck --shell bash "$work/$name" || failed=1
    ! grep -nE '^[^#]*\beval\b' "$work/$name" || complain "$name" 'eval'
}

lint() {
    local script
    need shellcheck
    cd "$root" # where the paths in the directives start
    for script in "$root"/runtime/pipeline/*.sh; do
        lint_script "$script"
    done
    lint_names
    lint_calls
    for script in "$root"/runtime/release/*.sh \
        "$root"/runtime/hosting/apply.sh "$root"/runtime/setup/setup.sh; do
        lint_person "$script"
    done
    shellcheck --shell bash --external-sources "$root"/runtime/lib/*.sh \
        "$here"/fakes/{generic,docker,kubectl,argo.sh,record.sh} "$here"/hub/* \
        "$here"/{forge,cloud}/* \
        "$here"/*.{bash,sh} || failed=1
    if command -v shfmt >/dev/null; then
        shfmt -i 4 -ci -d "$root/runtime" "$here/fakes" "$here/hub" "$here/forge" \
            "$here/cloud" "$here"/*.{bash,sh} ||
            failed=1
    else
        printf 'runtime tests: shfmt is absent, the layout is unchecked\n' >&2
    fi
}

[[ $# -gt 0 ]] || set -- lint "$here"/*.bats
if [[ $1 == lint ]]; then
    lint
    shift
fi
if (($#)); then
    need bats jq git
    export JQ_MEMORY=$work/jq # for the jq of tests/remember, if it is in PATH
    mkdir "$JQ_MEMORY"
    bats "$@" || failed=1
fi
exit "$failed"
