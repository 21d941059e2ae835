# needs: lib/log.sh
# shellcheck shell=bash
# All that an approval's job does: the waiting is GitHub's, which starts the
# job only when the environment's reviewers have let it.
#
# in   BRX_GATE  the GitHub environment that guards the job
set -euo pipefail

brx_need BRX_GATE
brx_log "$BRX_GATE let the release pass"
brx_summary "- \`$BRX_GATE\` let the release pass"
