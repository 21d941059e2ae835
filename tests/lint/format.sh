#!/usr/bin/env bash
# Is every C file as clang-format 14 lays it out?
set -euo pipefail

cd "$(dirname "$0")/../.."
find compiler include tests -name '*.[ch]' -not -path '*/node_modules/*' \
    -print0 | xargs -0 clang-format --dry-run -Werror
