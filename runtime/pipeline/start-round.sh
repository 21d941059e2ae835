# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Starts the round of each environment whose time it is, on the environment's
# own branch. What a schedule starts is always of the default branch, and from
# there GitHub lets nobody into an environment that another branch deploys to.
#
# in   BRX_WORKFLOW  the file that is started, e.g. drift.yml
#      BRX_ROUNDS    lines `ENVIRONMENT BRANCH CRON`
#      BRX_SCHEDULE  the cron that started this run
#      GH_TOKEN with actions: write, GITHUB_REPOSITORY
set -euo pipefail

brx_need BRX_WORKFLOW BRX_ROUNDS BRX_SCHEDULE GH_TOKEN GITHUB_REPOSITORY
started=0 failed=
while read -r environment branch cron; do
    [[ $cron == "$BRX_SCHEDULE" ]] || continue
    if brx_retry 3 5 gh workflow run "$BRX_WORKFLOW" \
        --repo "$GITHUB_REPOSITORY" --ref "$branch" \
        --raw-field "environment=$environment"; then
        brx_log "$environment: started on $branch"
        started=$((started + 1))
    else
        failed+=" $environment"
    fi
done <<<"$BRX_ROUNDS"
[[ -z $failed ]] || brx_fail "not started:$failed; does each of their" \
    "branches have $BRX_WORKFLOW?"
((started > 0)) || brx_fail "no environment has the schedule $BRX_SCHEDULE"
