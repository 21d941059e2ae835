#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/job.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/job.sh"
# needs: lib/log.sh lib/rollout.sh lib/job.sh
# shellcheck shell=bash
# Runs a task of the program once, as a Job made from the CronJob that holds its
# template and never starts by itself. Before the deploy that template comes
# from the rendered overlay, with what it stands on; after it, it lies in the
# cluster. A task that fails stops the release, with its output shown.
#
# in   BRX_NAMESPACE
#      BRX_TASK      its name
#      BRX_SECONDS   the most it may take
#      BRX_RENDERED  optional, the file of render.sh
#      GITHUB_RUN_ID GITHUB_RUN_ATTEMPT
set -euo pipefail

template() {
    jq --arg task "$BRX_TASK" '{apiVersion: "v1", kind: "List",
        items: (map(select(.kind == "CronJob" and .metadata.name == $task))
            | if length == 1 then . else error("\(length) templates") end)}' \
        <<<"$objects"
}

brx_need BRX_NAMESPACE
brx_shape BRX_TASK '[a-z]([a-z0-9-]{0,50}[a-z0-9])?'
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
name=${BRX_TASK:0:37}-${GITHUB_RUN_ID:-0}-${GITHUB_RUN_ATTEMPT:-1}
if [[ -n ${BRX_RENDERED:-} ]]; then
    objects=$(brx_objects "$BRX_RENDERED")
    made=$(template) || brx_fail "no task $BRX_TASK in the overlay"
    brx_apply_text "$(brx_supports "$objects")"
    brx_apply_text "$made"
fi
brx_kubectl create job "$name" --from "cronjob/$BRX_TASK"
brx_job_finish "$name" "$BRX_SECONDS" "the task"
brx_summary "Ran \`$BRX_TASK\` (\`$name\`)."
