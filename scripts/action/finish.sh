# needs: lib/log.sh
# shellcheck shell=bash
# Fails the job when the tree is not what the program says.
#
# in   BRX_STATUS  clean, stale or errors
#      BRX_SOURCE BRX_OUTPUT
set -euo pipefail

brx_need BRX_STATUS BRX_SOURCE BRX_OUTPUT
case $BRX_STATUS in
    clean) brx_summary "The tree is exactly what \`$BRX_SOURCE\` says." ;;
    errors) brx_fail "$BRX_SOURCE has errors" ;;
    stale) brx_fail "the tree is not what $BRX_SOURCE says: run \
\`broxc build $BRX_SOURCE -o $BRX_OUTPUT\` and commit what it writes" ;;
    *) brx_fail "no such status: $BRX_STATUS" ;;
esac
