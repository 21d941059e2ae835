#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/image.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/image.sh"
# shellcheck source=../lib/each.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/each.sh"
# needs: lib/log.sh lib/image.sh lib/each.sh
# shellcheck shell=bash
# Gives an image a further name. The digest stays: nothing is built or pushed
# but the name. A release tag is never moved to another digest.
#
# in   BRX_IMAGE   registry.example/api@sha256:...
#      BRX_IMAGES  instead, lines `SERVICE IMAGE@sha256:...`
#      BRX_TAG     the name, e.g. v1.2.3
#      BRX_LOCK    optional, `yes`: the registry shall refuse to move it
#      BRX_PASSED  optional, an environment: instead of BRX_TAG, writes down
#                  that this source passed there, for resolve-digest.sh
set -euo pipefail

# An Azure registry moves no tag that is locked. That takes a right of its own,
# and a release without the lock is as good as one with it.
lock_tag() {
    local registry=${1%%.azurecr.*}
    [[ ${BRX_LOCK:-} == yes && $registry != "$1" ]] || return 0
    az acr repository update --only-show-errors --name "$registry" \
        --image "${1#*/}" --write-enabled false --output none ||
        brx_warn "$1 is not locked: whoever may push can move it"
}

tag_one() {
    local name digest before after
    brx_image BRX_IMAGE
    name=${BRX_IMAGE%@*}:$BRX_TAG
    digest=${BRX_IMAGE#*@}

    before=$(brx_digest "$name")
    if [[ $before == "$digest" ]]; then
        brx_log "$name is there already"
        lock_tag "$name"
        return
    fi
    if [[ -n $before && -z ${BRX_PASSED:-} ]]; then
        brx_fail "$name already names another image, $before; a release tag \
    is never moved: choose a new version"
    fi

    docker buildx imagetools create --prefer-index=false \
        --tag "$name" "$BRX_IMAGE"
    after=$(brx_digest "$name")
    [[ $after == "$digest" ]] ||
        brx_fail "$name came out as '$after' instead of $digest"
    brx_log "$BRX_IMAGE is now $name"
    lock_tag "$name"
    brx_summary "\`$name\` is \`$digest\`"
}

if [[ -n ${BRX_PASSED:-} ]]; then
    brx_shape BRX_PASSED '[a-z0-9][a-z0-9-]{0,62}'
    BRX_TAG=passed-$BRX_PASSED-$(brx_source)
fi
brx_tag BRX_TAG
brx_each BRX_IMAGES tag_one BRX_SERVICE BRX_IMAGE
