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
# Finds the image that an earlier environment has tested, for this very
# source. Never builds. Source is the git tree of HEAD, so a merge or a squash
# finds what was tested, and a change that went around the earlier environment
# finds nothing and stops here.
#
# in   BRX_REPOSITORY  registry.example/api; or BRX_REPOSITORIES, lines
#                      `SERVICE REPOSITORY`
#      BRX_FROM        the environments of which one must have passed, one a
#                      line; the first one that has is believed
# out  digest (of the last one), images (lines `SERVICE IMAGE`),
#      froms (lines `REPOSITORY ENVIRONMENT`)
set -euo pipefail

images='' froms=''
resolve_one() {
    local from digest=
    brx_repository BRX_REPOSITORY
    for from in $BRX_FROM; do
        digest=$(brx_digest "$BRX_REPOSITORY:passed-$from-$source")
        [[ -z $digest ]] || break
    done
    if [[ -z $digest ]]; then
        brx_fail "${BRX_FROM//$'\n'/, } has not passed this source ($source) \
of $BRX_REPOSITORY: release it there first, and merge without changing files"
    fi
    brx_log "passed $from: $BRX_REPOSITORY@$digest"
    images+="${BRX_SERVICE:-} $BRX_REPOSITORY@$digest"$'\n'
    froms+="$BRX_REPOSITORY $from"$'\n'
    brx_output digest "$digest"
}

brx_shape BRX_FROM $'[a-z0-9][a-z0-9-]{0,62}(\n[a-z0-9][a-z0-9-]{0,62})*'
source=$(brx_source)
brx_each BRX_REPOSITORIES resolve_one BRX_SERVICE BRX_REPOSITORY
brx_output images "${images%$'\n'}"
brx_output froms "${froms%$'\n'}"
