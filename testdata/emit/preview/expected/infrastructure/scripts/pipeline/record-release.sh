#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/releases.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/releases.sh"
# needs: lib/log.sh lib/rollout.sh lib/releases.sh
# shellcheck shell=bash
# Writes down, in the environment's own cluster, that this release passed there:
# its commit and its images. Promoting and going back start from that record.
# Running it again does no harm.
#
# in   BRX_NAMESPACE
#      BRX_IMAGES   lines `SERVICE IMAGE@sha256:...`
#      BRX_VERSION  BRX_SHA, the commit
#      BRX_KEEP     how many releases are kept
#      BRX_APPROVERS  optional, who let it pass, one a line
#      GITHUB_RUN_ID GITHUB_ACTOR
# out  release      its number
set -euo pipefail

brx_need BRX_NAMESPACE BRX_IMAGES BRX_VERSION
brx_shape BRX_SHA '[0-9a-f]{40}'
brx_shape BRX_KEEP '[1-9][0-9]{0,3}'
source=$(git rev-parse --verify "$BRX_SHA^{tree}")
images=$(brx_lines BRX_IMAGES 2)
images=$(brx_images_json <<<"$images")
record=$(jq -cn --arg version "$BRX_VERSION" --arg commit "$BRX_SHA" \
    --arg source "$source" --arg run "${GITHUB_RUN_ID:-}" \
    --arg by "${GITHUB_ACTOR:-}" --arg approvers "${BRX_APPROVERS:-}" \
    --arg time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --argjson images "$images" '
    {version: $version, commit: $commit, source: $source, time: $time,
     by: $by, run: $run, images: $images,
     approvers: ($approvers | split("\n") | map(select(. != "")))}')
memory=$(brx_memory)
memory=$(brx_memory_add "$memory" "$record")
brx_memory_put "$memory"
number=$(jq '.releases | last | .number' <<<"$memory")
brx_log "$BRX_VERSION is release $number of $BRX_NAMESPACE"
brx_output release "$number"
brx_summary "Release $number of \`$BRX_NAMESPACE\`: \`$BRX_VERSION\`"
