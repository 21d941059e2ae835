# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Builds the compiler from the action's own checkout, as one file that needs no
# library: it is kept for the runs to come. No binary is fetched.
#
# in   BRX_BROXC  where it goes
set -euo pipefail

home=${GITHUB_ACTION_PATH:?}
# shellcheck source=scripts/packages.sh
. "$home/scripts/packages.sh"

brx_need BRX_BROXC
brx_retry 3 5 install_packages "$home/scripts/packages/build"
build=$(mktemp -d "${RUNNER_TEMP:-/tmp}/broxc.XXXXXX")
(cd "$home" && cmake --preset static -B "$build")
cmake --build "$build" --target broxc --parallel "$(nproc)"
mkdir -p "$(dirname "$BRX_BROXC")"
strip -o "$BRX_BROXC" "$build/broxc"
"$BRX_BROXC" --version
