# needs: lib/log.sh lib/image.sh
# shellcheck shell=bash
# Finds the image that an earlier environment has tested, for this very
# source. Never builds. Source is the git tree of HEAD, so a merge or a squash
# finds what was tested, and a change that went around the earlier environment
# finds nothing and stops here.
#
# in   BRX_REPOSITORY  registry.example/api
#      BRX_FROM        the environment that must have passed, e.g. staging
# out  digest, image (BRX_REPOSITORY@digest)
set -euo pipefail

brx_repository BRX_REPOSITORY
brx_shape BRX_FROM '[a-z0-9][a-z0-9-]{0,62}'

source=$(brx_source)
digest=$(brx_digest "$BRX_REPOSITORY:passed-$BRX_FROM-$source")
if [[ -z $digest ]]; then
    brx_fail "$BRX_FROM has not passed this source ($source) of \
$BRX_REPOSITORY: release it there first, and merge without changing files"
fi

brx_log "passed $BRX_FROM: $BRX_REPOSITORY@$digest"
brx_output digest "$digest"
brx_output image "$BRX_REPOSITORY@$digest"
