#!/usr/bin/env bash
# Does every #include keep to the room table? layers.sh [PROJECT]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}"

mapfile -t sources < <(find compiler include -name '*.[ch]' -o -name '*.def' |
    LC_ALL=C sort)
awk -f "$here/layers.awk" "$here/rooms.table" "$here/libc.table" \
    docs/internals.md "${sources[@]}"
