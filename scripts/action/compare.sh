# needs: lib/log.sh
# shellcheck shell=bash
# Is the tree exactly what the program says? Each difference, and each fault of
# the program, is a note at its line of the pull request. Whether that fails the
# job is decided last, when everything has been said.
#
# in   BRX_BROXC BRX_SOURCE BRX_OUTPUT BRX_PROFILE
# out  status  clean, stale or errors
set -euo pipefail

brx_need BRX_BROXC BRX_SOURCE BRX_OUTPUT BRX_PROFILE
code=0
"$BRX_BROXC" verify "$BRX_SOURCE" -o "$BRX_OUTPUT" --profile "$BRX_PROFILE" \
    --format github || code=$?
case $code in
    0) brx_output status clean ;;
    1) brx_output status errors ;;
    3) brx_output status stale ;;
    *) brx_fail "broxc verify ended with $code; above it says why" ;;
esac
