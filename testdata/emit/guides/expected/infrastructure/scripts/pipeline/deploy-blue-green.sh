#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/colour.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/colour.sh"
# shellcheck source=../lib/candidate.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/candidate.sh"
# needs: lib/log.sh lib/rollout.sh lib/colour.sh lib/candidate.sh
# shellcheck shell=bash
# Puts the release on the idle colour of each service and waits until it could
# take all traffic: as many pods as the live colour has now. Traffic is not
# touched; switch-traffic.sh does that.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_RENDERED  the file of render.sh
#      BRX_COLORS    lines `SERVICE LIVE IDLE` (colours.sh)
#      BRX_COUNTS    lines `SERVICE COUNT`, what it starts with at least
#      BRX_IMAGES    lines `SERVICE IMAGE@sha256:...`
#      BRX_VERSION   BRX_TIMEOUT, for each Deployment, e.g. 300s
#      BRX_LATER     optional, names of what comes in with the traffic
# out  deployments   names, one a line
set -euo pipefail

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_RENDERED BRX_COLORS BRX_COUNTS \
    BRX_IMAGES BRX_VERSION
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
brx_put_on_idle ""
brx_summary "\`$BRX_VERSION\` stands ready in \`$BRX_NAMESPACE\`."
