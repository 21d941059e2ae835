#!/usr/bin/env bash
# Does shellcheck accept every shell file of ours?
set -euo pipefail

cd "$(dirname "$0")/../.."
{
    find scripts tests .ci -name node_modules -prune -o \
        -type f -name '*.sh' -print0
    find scripts tests .ci -name node_modules -prune -o \
        -type f -not -name '*.*' -print0 |
        xargs -0 grep -lZ -m 1 '^#!.*sh$'
} | xargs -0 shellcheck --external-sources
