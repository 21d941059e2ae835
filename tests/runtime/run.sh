#!/usr/bin/env bash
# Runs every test of runtime/: the linter and the formatter on the text that
# the emitter pastes, then the scripts among fake tools. Fails when a needed
# tool is missing; what only refines the result says so when it is absent.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for tool in bats jq git shellcheck; do
    command -v "$tool" >/dev/null || {
        printf 'runtime tests: %s is not installed\n' "$tool" >&2
        exit 1
    }
done

failed=0
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
for script in "$root"/runtime/pipeline/*.sh; do
    pasted=$work/${script##*/}
    for name in $(sed -n '1s/^# needs: //p' "$script"); do
        cat "$root/runtime/$name"
    done >"$pasted"
    cat "$script" >>"$pasted"
    shellcheck --shell bash "$pasted" || failed=1
    # shellcheck disable=SC2016
    if grep -n '\${{\|^[^#]*\beval\b' "$pasted"; then
        printf '%s: an expression or eval\n' "${script##*/}" >&2
        failed=1
    fi
    grep -qx 'set -euo pipefail' "$script" || {
        printf '%s: not strict\n' "${script##*/}" >&2
        failed=1
    }
done
shellcheck --shell bash --external-sources "$root"/runtime/lib/*.sh \
    "$here"/fakes/{generic,docker,kubectl,record.sh} "$here"/*.{bash,sh} ||
    failed=1

if command -v shfmt >/dev/null; then
    shfmt -i 4 -ci -d "$root/runtime" "$here"/fakes "$here"/*.{bash,sh} ||
        failed=1
else
    printf 'runtime tests: shfmt is absent, the layout is not checked\n' >&2
fi
bats "$here" || failed=1
exit "$failed"
