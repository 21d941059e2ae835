#!/usr/bin/env bash
# A disk that is full: exit code 4, a message that says so, and an output
# folder that is as it was, to the byte.
#
#     tree_full_disk.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
program=$2

# A small tmpfs needs a mount, which needs root, or a user namespace; in a bare
# chroot, whose root is no mount point, propagation must stay as it is.
if [ -z "${FULL_DISK_INSIDE:-}" ]; then
    export FULL_DISK_INSIDE=1
    for way in 'unshare --mount' 'unshare --mount --propagation unchanged' \
        'unshare --user --map-root-user --mount'; do
        # shellcheck disable=SC2086 # words of a command
        if $way true 2>/dev/null; then
            exec $way "$BASH" "$0" "$@"
        fi
    done
    echo "skipped: this machine lets us mount nothing, not even in a namespace"
    exit 77
fi

disk=$(mktemp -d)
messages=$(mktemp)
trap 'umount "$disk" 2>/dev/null || true; rm -rf "$disk" "$messages"' EXIT

fail() { # WHAT
    echo "failed: $1" >&2
    cat "$messages" >&2
    exit 1
}

picture() { # of all that is on the disk
    (cd "$disk" && find . -printf '%y %m %p %i %T@\n' | grep -v '^d' |
        LC_ALL=C sort)
    (cd "$disk" && find . -type d | LC_ALL=C sort)
    (cd "$disk" && find . -type f -exec cksum {} + | LC_ALL=C sort)
}

expect_exit() { # CODE WHAT
    local code=0
    "$broxc" build "$program" -o "$disk/out" >"$messages" 2>&1 || code=$?
    [ "$code" -eq "$1" ] || fail "$2: expected exit code $1, found $code"
}

expect_refused() { # WHAT
    local before
    before=$(picture)
    expect_exit 4 "$1"
    grep -q 'the disk is full' "$messages" || fail "$1: no word of the disk"
    [ "$(picture)" = "$before" ] || fail "$1: the folder has changed"
}

mount -t tmpfs -o size=4k tmpfs "$disk"
expect_refused "a first build on a disk that is too small"
[ ! -e "$disk/out" ] || fail "a first build left its folder"
umount "$disk"

mount -t tmpfs -o size=64m,nr_inodes=4 tmpfs "$disk"
expect_refused "a first build on a disk that is short of inodes"
umount "$disk"

mount -t tmpfs -o size=64m tmpfs "$disk"
expect_exit 0 "a build with room"
find "$disk/out" -type f ! -name broxc.lock -delete
echo "# by hand" >"$disk/mine"
head -c 100m /dev/zero >"$disk/filler" 2>/dev/null || true
expect_refused "a later build on a full disk"
rm "$disk/filler"
expect_exit 0 "a build when there is room again"
[ ! -e "$disk/out/.broxc-staging" ] || fail "the staging folder was left"
echo "a full disk changes nothing"
