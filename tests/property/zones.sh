#!/usr/bin/env bash
# Random zone files, the same on every run; half of them are ASCII. Each is read by BIND and by ldns,
# as it stands and as we print it; what we print, we read and print the same;
# and what `broxc import` makes of it builds to the same records, of which a
# plan says that there is nothing to change.
#
#     zones.sh BROXC [COUNT [FIRST-SEED]]
set -euo pipefail
export LC_ALL=C

broxc=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=tests/e2e/lib/zones.sh
. "$root/tests/e2e/lib/zones.sh"

check_again() { # what we print, printed
    "$broxc" dns read "$work/printed" >"$work/twice" 2>"$work/messages" || true
    diff "$work/printed" "$work/twice" >"$work/differences" ||
        fail "printed (<), and read and printed again (>)" "$work/differences"
}

need_tools named-compilezone ldns-read-zone awk
count=${2:-25}
first=${3:-1}
for ((seed = first; seed < first + count; seed++)); do
    file=$work/zone-$seed.zone
    awk -f "$here/zones.awk" -v seed="$seed" -v records=$((seed % 4 * 20 + 10)) \
        -v lowest=$((seed % 2)) \
        -v highest=$((seed % 2 ? 126 : 255)) >"$file"
    check_reading "$file"
    check_again
    # A text that is no UTF-8, or has a NUL, cannot stand in a program.
    ((seed % 2 == 0)) || check_import "$file"
done
echo "$count zones"
