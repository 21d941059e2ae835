#!/usr/bin/env bash
# Files and folders of the output that may not be read or written: what only
# has to be replaced is, and the rest is refused with its name, whole.
#
#     rights.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/rights.sh
. "$root/tests/e2e/lib/rights.sh"
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
cd "$work"
make_programs
tree=out/infrastructure/kubernetes

# ---- what is no obstacle -----------------------------------------------------

fresh
expect_built 'nothing is forbidden'

fresh
find out -type f -exec chmod a-w {} +
expect_built 'files that nobody may write'
expect 'a file that is replaced stays as read-only as it was' \
    [ "$(stat -c %a $tree/overlays/dev/quota.yaml)" = 444 ]

fresh
find out -type f -exec chmod 400 {} +
expect_built 'files that only their owner reads'

fresh
rm -rf out
cp -R whole-after out
own out
chmod -R a-w out
expect_built 'a folder that nobody may write, and that is as it should be'

# ---- what is refused -----------------------------------------------------------

fresh
chmod 000 out/broxc.lock
expect_refused 'a lock that cannot be read' out/broxc.lock

fresh
chmod 000 $tree/base/namespace.yaml
expect_refused 'a file that cannot be read' $tree/base/namespace.yaml

fresh
chmod 555 out
expect_refused 'a folder that nobody may write' out

fresh
chmod 000 out
expect_refused 'a folder that nobody may enter' out

fresh
chmod 444 $tree/base
expect_refused 'a folder that can be listed alone' "$tree/base/[a-z.]*"

fresh
chmod 000 $tree/overlays
expect_refused 'a folder below it that nobody may enter' $tree/overlays

fresh
find out -mindepth 1 -type d -exec chmod 555 {} +
expect_refused 'folders below it that nobody may write' "$tree/overlays/.*"

# What was done before the fault is found is taken back.
for folder in overlays/dev overlays/old overlays; do
    fresh
    chmod 555 $tree/$folder
    expect_refused "the folder $folder, that nobody may write" \
        "$tree/overlays.*"
done

fresh
mkdir shut
chmod 555 shut
own shut
mv out kept
rights_of_shut=$(stat -c %a shut)
code=0
"${as[@]}" ./broxc build after.brx -o shut/out >said 2>&1 || code=$?
expect 'a folder that cannot be made' [ "$code" -eq 4 ]
expect 'and whose name is said' \
    grep -qx 'broxc: cannot write .shut/out.: permission denied' said
expect 'and nothing is left' [ -z "$(ls -A shut)" ]
expect 'in a folder as it was' [ "$(stat -c %a shut)" = "$rights_of_shut" ]

# ---- a zone whose last serial cannot be read -----------------------------------

"$work/broxc" build "$root/testdata/fault/zone-before.brx" -o zones 2>said
zone=$(find zones -name '*.zone')
chmod 000 "$zone"
own zones
code=0
"${as[@]}" ./broxc build "$root/testdata/fault/zone-after.brx" -o zones \
    >said 2>&1 || code=$?
expect "a zone file that cannot be read: exit code 4, not $code" [ "$code" -eq 4 ]
expect "it is named, not: $(cat said)" \
    grep -qx "broxc: cannot read .$zone.: permission denied" said
chmod 644 "$zone"
expect 'its serial stays' grep -q ' 42 7200 ' "$zone"

# ---- a program that cannot be read, one that is formatted -----------------------

cp before.brx secret.brx
chmod 000 secret.brx
own secret.brx
for arguments in 'check secret.brx' 'build secret.brx -o new' 'fmt secret.brx' \
    'verify secret.brx -o kept' 'why dev.api.memory secret.brx'; do
    code=0
    # shellcheck disable=SC2086 # words of a command
    "${as[@]}" ./broxc $arguments >said 2>&1 || code=$?
    expect "$arguments: exit code 4, not $code" [ "$code" -eq 4 ]
    expect "$arguments: it names the file, not: $(cat said)" \
        grep -qE 'cannot read .secret.brx.: permission denied' said
done
mkdir own
cp before.brx own/ugly.brx
echo >>own/ugly.brx
own own
chmod 555 own
cksum own/ugly.brx >before
code=0
"${as[@]}" ./broxc fmt own/ugly.brx >said 2>&1 || code=$?
cksum own/ugly.brx >after
expect 'a program whose folder nobody may write: exit code 4' [ "$code" -eq 4 ]
expect 'it stays as it was' cmp before after
finish 'rights'
