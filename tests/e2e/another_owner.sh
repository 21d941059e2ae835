#!/usr/bin/env bash
# An output folder, or a part of it, that is somebody else's: what the rights
# allow is done, what they don't is refused, and then nothing has changed.
#
#     another_owner.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/rights.sh
. "$root/tests/e2e/lib/rights.sh"
if [ "${#as[@]}" -eq 0 ]; then
    echo "skipped: only root can give a file to somebody else"
    exit 77
fi
cd "$work"
make_programs
tree=out/infrastructure/kubernetes

theirs() { # PATH...
    chown -R 1:1 "$@"
}

fresh
theirs out
expect_refused 'a folder of somebody else' out

fresh
theirs out
chmod -R a+rwX out
expect_built 'a folder of somebody else that all may write'

fresh
theirs out
find out -type d -exec chmod 777 {} +
expect_built 'files of somebody else in folders that all may write'

# Where the sticky bit is set, as on /tmp, who does not own a file cannot
# replace it, though it can add others: the fault comes late.
fresh
theirs out
chmod -R a+rwX out
find out -type d -exec chmod +t {} +
expect_refused 'a sticky folder of somebody else' "$tree/.*"

fresh
theirs $tree/overlays/dev
chmod 1777 $tree/overlays/dev
expect_refused 'one sticky folder of somebody else' "$tree/overlays/dev.*"

fresh
chown 1:1 out out/broxc.lock
chmod 1777 out
expect_refused 'a lock of somebody else, the last to be replaced' out/broxc.lock

fresh
chown 1:1 $tree/base/namespace.yaml
chmod 600 $tree/base/namespace.yaml
expect_refused 'one file that only somebody else may read' \
    $tree/base/namespace.yaml

# The next build needs no help.
fresh
chown 1:1 out out/broxc.lock
chmod 1777 out
rebuild
chown 65534 out out/broxc.lock
expect_built 'a folder that was given back'
finish 'folders of somebody else'
