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
# Builds the image of one service, once for each source. If the registry has
# it already (a second run, a revert), that image is used and nothing is built:
# what was tested is what runs. Build arguments end up in the provenance, so
# none is passed. The caller has signed in to the registry (sign-in.sh).
#
# in   BRX_REPOSITORY  registry.example/api; or BRX_REPOSITORIES, lines
#                      `SERVICE REPOSITORY CONTEXT DOCKERFILE`
#      BRX_SHA         the commit, for the labels
#      BRX_VERSION     the release's version, for the labels
#      BRX_CONTEXT     folder with the sources, default `.`
#      BRX_DOCKERFILE  default: Dockerfile in the context
#      BRX_SOURCE_URL  optional, the repository's address, for the labels
#      BRX_REBUILD     `yes` builds again, e.g. for a patched base image
#      BRX_BUILDKIT_IMAGE  BRX_SBOM_GENERATOR   optional pins, NAME@sha256:...
# out  image (BRX_REPOSITORY@digest), images (lines `SERVICE IMAGE`)
set -euo pipefail

# Attestations need a builder of its own, the default one cannot store them.
build() {
    local metadata
    metadata=$(mktemp)
    docker buildx inspect broxc >/dev/null 2>&1 ||
        docker buildx create --name broxc --driver docker-container \
            ${BRX_BUILDKIT_IMAGE:+--driver-opt "image=$BRX_BUILDKIT_IMAGE"}
    docker buildx build --builder broxc --push --pull \
        --provenance=mode=max \
        --sbom="${BRX_SBOM_GENERATOR:+generator=}${BRX_SBOM_GENERATOR:-true}" \
        --label "org.opencontainers.image.revision=$BRX_SHA" \
        --label "org.opencontainers.image.version=$BRX_VERSION" \
        ${BRX_SOURCE_URL:+--label
            "org.opencontainers.image.source=$BRX_SOURCE_URL"} \
        --metadata-file "$metadata" \
        --tag "$source" \
        --file "$dockerfile" -- "$context"
    digest=$(jq -r '."containerimage.digest" // ""' "$metadata")
    rm -f -- "$metadata"
}

images=
build_one() {
    local context=${BRX_CONTEXT:-.} dockerfile source digest=
    brx_repository BRX_REPOSITORY
    dockerfile=${BRX_DOCKERFILE:-$context/Dockerfile}
    [[ -f $dockerfile ]] || brx_fail "no such file: $dockerfile"
    source=$BRX_REPOSITORY:source-$(brx_source)
    if [[ ${BRX_REBUILD:-} != yes ]]; then
        digest=$(brx_digest "$source")
    fi
    if [[ -n $digest ]]; then
        brx_log "this source was built before: $digest"
    else
        build
    fi
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] ||
        brx_fail "the build of $BRX_REPOSITORY gave no digest"
    images+="${BRX_SERVICE:-} $BRX_REPOSITORY@$digest"$'\n'
    brx_output image "$BRX_REPOSITORY@$digest"
    brx_summary "Built \`$BRX_REPOSITORY@$digest\`"
}

brx_need BRX_VERSION
brx_shape BRX_SHA '[0-9a-f]{40}'
brx_each BRX_REPOSITORIES build_one \
    BRX_SERVICE BRX_REPOSITORY BRX_CONTEXT BRX_DOCKERFILE
brx_output images "${images%$'\n'}"
