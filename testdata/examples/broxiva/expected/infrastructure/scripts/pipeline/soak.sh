#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/image.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/image.sh"
# shellcheck source=../lib/each.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/each.sh"
# needs: lib/log.sh lib/retry.sh lib/image.sh lib/each.sh
# shellcheck shell=bash
# Has an image been in the earlier environment for long enough? Asks an Azure
# registry since when its `passed` tag stands for it (a tag that is moved
# starts again).
#
# in   BRX_REPOSITORY    broxiva.azurecr.io/api
#      BRX_FROM          the environment that it soaks in
#      BRX_SOAKS         instead of both, lines `REPOSITORY ENVIRONMENT`
#      BRX_SOAK_SECONDS  how long, at least
set -euo pipefail

soak_one() {
    local tag since age
    brx_shape BRX_REPOSITORY \
        '[a-zA-Z0-9]{5,50}\.azurecr\.(io|cn|us)/[a-z0-9._/-]+'
    brx_shape BRX_FROM '[a-z0-9][a-z0-9-]{0,62}'
    tag=passed-$BRX_FROM-$(brx_source)
    since=$(brx_retry 3 3 az acr repository show --only-show-errors \
        --name "${BRX_REPOSITORY%%.*}" --image "${BRX_REPOSITORY#*/}:$tag" \
        --query lastUpdateTime --output tsv) ||
        brx_fail "$BRX_FROM has not passed this source of $BRX_REPOSITORY"
    [[ $since =~ ^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$ ]] ||
        brx_fail "no time in the registry's answer: $since"

    age=$(($(date +%s) - $(date --date "$since" +%s)))
    ((age >= BRX_SOAK_SECONDS)) ||
        brx_fail "in $BRX_FROM for $((age / 60)) of $((BRX_SOAK_SECONDS / 60)) \
    minutes: release again in $(((BRX_SOAK_SECONDS - age + 59) / 60)) minutes"
    brx_log "in $BRX_FROM since $since"
}

brx_shape BRX_SOAK_SECONDS '[1-9][0-9]{0,6}'
brx_each BRX_SOAKS soak_one BRX_REPOSITORY BRX_FROM
