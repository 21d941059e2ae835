#!/usr/bin/env bash
# The table of roles in docs/traffic.md is that of the compiler.
#
#   tests/docs/access.sh
set -euo pipefail

rows() {
    sed -n 's/^ACCESS(\([A-Z]*\), "\([^"]*\)", "\([^"]*\)", "\([^"]*\)")$/\L\1\E \2 \3 \4/p' \
        compiler/emit/kubernetes/access.def
}

told() {
    # shellcheck disable=SC2016 # Markdown's backticks
    sed -n 's/^| `\(view\|debug\|operate\)` | \([^|]*\) | \([^|]*\) | \([^|]*\) |$/\1 \2 \3 \4/p' \
        docs/traffic.md
}

[ "$(rows | wc -l)" -gt 5 ] || { echo "no rows were found" && exit 1; }
diff -u <(told) <(rows)
! rows | grep -E '[*]| secrets( |$)' || { echo "too much is given" && exit 1; }
