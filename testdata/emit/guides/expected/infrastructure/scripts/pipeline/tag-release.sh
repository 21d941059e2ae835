#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# Writes a finished release down as the annotated git tag vX.Y.Z of its commit,
# through the API, so that the checkout keeps no credentials. Running it again
# does no harm; a tag that stands on another commit is an error and is never
# moved.
#
# in   BRX_VERSION  X.Y.Z      BRX_SHA  the commit
#      BRX_APPROVERS  optional, who let it pass, one a line
#      GH_TOKEN with contents: write, GITHUB_REPOSITORY, GITHUB_ACTOR
set -euo pipefail

brx_shape BRX_VERSION '[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?'
brx_shape BRX_SHA '[0-9a-f]{40}'
brx_need GH_TOKEN GITHUB_REPOSITORY

# Ref lookup by prefix: an absent tag gives an empty list, not an error.
found=$(brx_retry 3 2 gh api \
    "repos/$GITHUB_REPOSITORY/git/matching-refs/tags/v$BRX_VERSION")
found=$(jq -c --arg ref "refs/tags/v$BRX_VERSION" \
    'map(select(.ref == $ref)) | first // {} | .object // {}' <<<"$found")
case $(jq -r '.type // "absent"' <<<"$found") in
    absent) ;;
    tag) # annotated: the commit is one step further
        found=$(jq -r .sha <<<"$found")
        found=$(gh api "repos/$GITHUB_REPOSITORY/git/tags/$found" |
            jq -c .object)
        ;;&
    *)
        [[ $(jq -r .sha <<<"$found") == "$BRX_SHA" ]] ||
            brx_fail "v$BRX_VERSION already stands on another commit"
        brx_log "v$BRX_VERSION is there already"
        exit 0
        ;;
esac

# The tag tells for good who released it, and who approved: runs are forgotten.
message="Released by ${GITHUB_ACTOR:-somebody}."
[[ -z ${BRX_APPROVERS:-} ]] ||
    message+=$'\n'"Approved by ${BRX_APPROVERS//$'\n'/, }."
tag=$(brx_retry 3 2 gh api "repos/$GITHUB_REPOSITORY/git/tags" \
    --raw-field "tag=v$BRX_VERSION" --raw-field "message=$message" \
    --raw-field "object=$BRX_SHA" --raw-field type=commit)
tag=$(jq -r '.sha // ""' <<<"$tag")
[[ $tag =~ ^[0-9a-f]{40}$ ]] || brx_fail "GitHub made no tag: '$tag'"
brx_retry 3 2 gh api "repos/$GITHUB_REPOSITORY/git/refs" \
    --raw-field "ref=refs/tags/v$BRX_VERSION" \
    --raw-field "sha=$tag" --silent
brx_log "$BRX_SHA is now v$BRX_VERSION"
brx_summary "Tagged \`v$BRX_VERSION\`."
