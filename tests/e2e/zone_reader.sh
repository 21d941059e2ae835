#!/usr/bin/env bash
# Does `broxc dns read` read what others read? Each zone of testdata/zones/good
# is compiled by BIND and by ldns, once as it stands and once as we print it:
# both must come to the same. What we print compiles to the same records again
# as a program, which `broxc import` writes.
#
#     zone_reader.sh BROXC PROGRAM
set -euo pipefail
export LC_ALL=C

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/zones.sh
. "$root/tests/e2e/lib/zones.sh"

need_tools named-compilezone ldns-read-zone
cd "$root/testdata/zones/good"
count=0
for file in *.zone; do
    check_reading "$file"
    check_import "$file"
    count=$((count + 1))
done
[ "$count" -gt 5 ] || fail "there are no zones"
echo "$count zones read as others read them"
