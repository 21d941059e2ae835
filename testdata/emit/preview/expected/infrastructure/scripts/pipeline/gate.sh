#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# needs: lib/log.sh
# shellcheck shell=bash
# The one required check. Its job runs always; it fails unless every job that
# it needs succeeded, or was skipped and may be. A skipped job counts as
# success for GitHub, and a job that never ran blocks for ever: hence this.
#
# in   NEEDS         the needs context as JSON
#      BRX_MAY_SKIP  optional, ids of jobs that may be skipped, one a line
set -euo pipefail

brx_need NEEDS
verdict=$(jq -r --arg may "${BRX_MAY_SKIP:-}" '
    ($may | split("\n")) as $may
    | if type != "object" or length == 0 then error("no jobs") else . end
    | to_entries[] | .key as $job | .value.result as $result
    | if $result == "success" then "ok"
      elif $result == "skipped" and ($may | index([$job])) then "ok"
      else "bad" end
    | "\(.) \($job) \($result)"' <<<"$NEEDS") ||
    brx_fail "the gate cannot read the results of the jobs that it needs"

bad=
while read -r kind job result; do
    brx_log "$job: $result"
    if [[ $kind != ok ]]; then
        bad="$bad $job ($result)"
    fi
done <<<"$verdict"
[[ -z $bad ]] || brx_fail "not passed:$bad"
