#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# needs: lib/log.sh
# shellcheck shell=bash
# Writes what comment.sh says in the pull request: where its preview is, or that
# it is gone.
#
# in   BRX_DEPLOYED  how the deployment ended: success, failure, cancelled,
#                    skipped
#      BRX_REMOVED   the same of removing
#      BRX_HOSTS     its hosts, one a line
#      BRX_SHA       the commit
#      BRX_TTL       seconds that it stands after this
#      BRX_RUN_URL   the run
# out  report        the file
set -euo pipefail

say() {
    if [[ $BRX_REMOVED == success ]]; then
        printf '%s\n' 'The preview is gone.'
    elif [[ $BRX_REMOVED != skipped ]]; then
        printf 'The preview could not be removed: %s, or %s.\n' \
            "[the run]($BRX_RUN_URL) says why" 'it goes when its time is over'
    elif [[ $BRX_DEPLOYED == success ]]; then
        printf 'The preview of %s:\n\n' "${BRX_SHA:0:12}"
        while IFS= read -r host; do
            printf -- '- <https://%s>\n' "$host"
        done <<<"$BRX_HOSTS"
        printf '\nIt goes with the pull request, or %d hours after %s.\n' \
            "$((BRX_TTL / 3600))" 'its last commit'
    else
        printf 'The preview of %s is not well: [the run](%s) says why.\n' \
            "${BRX_SHA:0:12}" "$BRX_RUN_URL"
    fi
}

brx_need BRX_RUN_URL
brx_shape BRX_SHA '[0-9a-f]{40}'
brx_shape BRX_TTL '[1-9][0-9]{0,8}'
brx_shape BRX_DEPLOYED '[a-z]+'
brx_shape BRX_REMOVED '[a-z]+'
[[ $BRX_DEPLOYED != success ]] || brx_need BRX_HOSTS
report=$(mktemp "${RUNNER_TEMP:-/tmp}/preview.XXXXXX")
say >"$report"
brx_output report "$report"
