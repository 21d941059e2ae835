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
# Puts the release on the idle colour of each service, with as many pods as its
# first share needs, and waits until they are ready. Traffic is not touched;
# share-traffic.sh lets it in. A canary that an earlier run left behind loses
# its traffic before it is overwritten. Where nothing is live yet, there is
# nothing to share with: then it gets all the pods that are declared.
#
# in   BRX_NAMESPACE, BRX_COLOR_LABEL
#      BRX_RENDERED  the file of render.sh
#      BRX_COLORS    lines `SERVICE LIVE IDLE` (colours.sh)
#      BRX_COUNTS    lines `SERVICE COUNT`, what it starts with at least
#      BRX_IMAGES    lines `SERVICE IMAGE@sha256:...`
#      BRX_VERSION   BRX_TIMEOUT, for each Deployment, e.g. 300s
#      BRX_LATER     optional, names of what comes in with the traffic
#      BRX_SHARE     the first share, in percent, e.g. 10 or 2.5
# out  deployments   names, one a line
set -euo pipefail

brx_need BRX_NAMESPACE BRX_COLOR_LABEL BRX_RENDERED BRX_COLORS BRX_COUNTS \
    BRX_IMAGES BRX_VERSION
brx_shape BRX_SHARE '[0-9]{1,2}(\.[0-9]{1,3})?'
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
brx_put_on_idle "$BRX_SHARE"
brx_summary "\`$BRX_VERSION\` is a canary in \`$BRX_NAMESPACE\`."
