#!/usr/bin/env bash
# Is the command for users linked and compiled so that a fault is hard to use,
# and free of the paths of the machine that built it?
#
#     hardening.sh BROXC SOURCE-FOLDER
#
# Of a command that stands alone less is asked: see docs/trust.md.
set -euo pipefail

broxc=$1
source=$2
failed=0

fail() { # WHAT
    echo "failed: $1"
    failed=1
}

facts=$(readelf -hldW "$broxc")
names=$(readelf -sW "$broxc" | awk '{ print $8 }')

expect_fact() { # PATTERN WHAT
    grep -qE -e "$1" <<<"$facts" || fail "$2"
}

expect_name() { # PATTERN WHAT
    grep -qE -e "$1" <<<"$names" || fail "$2"
}

is_static() {
    ! grep -q INTERP <<<"$facts"
}

if is_static; then
    expect_fact '^ *Type: +EXEC' 'it is neither at its place nor without one'
else
    expect_fact '^ *Type: +DYN' 'it is not position independent'
    expect_fact 'Flags: .*PIE' 'it is not position independent'
    expect_fact 'BIND_NOW|Flags: .*NOW' 'it is bound late, so tables stay writable'
fi
expect_fact 'GNU_RELRO' 'its tables stay writable'
expect_fact 'GNU_STACK .* RW +0x' 'its stack is executable, or it does not say'
expect_name '^__stack_chk_fail' 'no stack protector'
expect_name '^__[a-z]+_chk(@|$)' 'no fortified call'
if ! is_static && grep -q 'Machine: .*X86-64' <<<"$facts"; then
    beginning=$(objdump -d "$broxc" | grep -A1 '<main>:')
    [[ $beginning == *endbr64* ]] || fail 'a jump may lead anywhere'
fi
if strings -a "$broxc" | grep -F "$source"; then
    fail "it holds the path $source"
fi
[ "$failed" -eq 0 ] && echo "$broxc is hardened"
exit "$failed"
