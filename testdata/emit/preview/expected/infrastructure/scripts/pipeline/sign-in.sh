#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Signs docker in to an Azure registry with the identity that azure/login got
# by OIDC. The token goes to docker by az itself, never by a command line.
#
# in   BRX_REGISTRY  broxiva.azurecr.io
set -euo pipefail

brx_shape BRX_REGISTRY '[a-zA-Z0-9]{5,50}\.azurecr\.(io|cn|us)'

brx_retry 4 3 az acr login --name "${BRX_REGISTRY%%.*}" --only-show-errors
