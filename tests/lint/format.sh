#!/usr/bin/env bash
# Is every C file as clang-format lays it out? The formatter of Debian 12 is
# the last word: another version may differ in what it calls the same style.
set -euo pipefail

cd "$(dirname "$0")/../.."
find compiler include tests -name '*.[ch]' -not -path '*/node_modules/*' \
    -print0 | xargs -0 clang-format --dry-run -Werror
