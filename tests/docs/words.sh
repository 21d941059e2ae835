#!/usr/bin/env bash
# docs/words.md is what `broxc explain --reference` prints; `--bless` renews it.
#
#   tests/docs/words.sh BROXC [--bless]
set -euo pipefail

broxc=$1
if [ "${2:-}" = --bless ]; then
    "$broxc" explain --reference >docs/words.md
    exit 0
fi
"$broxc" explain --reference | diff -u docs/words.md - || {
    echo "docs/words.md is old; tests/docs/words.sh BROXC --bless renews it"
    exit 1
}
