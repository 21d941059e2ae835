#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck shell=bash
# What a script says, and where: the log, a failure, outputs, the summary.
# Every pipeline script stands on this file.

# Without this, `set -e` is off inside $(...), and a cluster that does not
# answer would look like an empty one. For the same reason no question to a
# cluster or a registry stands inside a [[ ]]: it is asked first.
shopt -s inherit_errexit

brx_log() {
    printf '%s\n' "$*"
}

# The text of a workflow command: what would end it is escaped.
brx_command() {
    local text=$2
    text=${text//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    text=${text//$'\n'/'%0A'}
    printf '::%s::%s\n' "$1" "$text"
}

brx_warn() {
    brx_command warning "$*" >&2
}

brx_fail() {
    brx_command error "$*" >&2
    exit 1
}

# brx_need NAME...: the facts without which nothing is started.
brx_need() {
    local name
    for name in "$@"; do
        [[ ${!name:-} == *[![:space:]]* ]] ||
            brx_fail "the fact $name is missing or empty"
    done
}

# brx_shape NAME PATTERN: the whole value of the fact NAME fits PATTERN.
brx_shape() {
    brx_need "$1"
    [[ ${!1} =~ ^($2)$ ]] || brx_fail "the fact $1 is not well formed: ${!1}"
}

brx_token() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints text of others (standard input) with workflow commands switched off.
brx_foreign() {
    local token
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines.
brx_output() {
    local mark
    mark=brx-$(brx_token)
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# shellcheck shell=bash
# Images in a registry: their digests and their tags. Nothing is built here.

# The fact NAME is REGISTRY/REPOSITORY.
brx_repository() {
    brx_shape "$1" '[a-z0-9][a-z0-9.:-]*(/[a-z0-9][a-z0-9._-]*)+'
}

# The fact NAME is REGISTRY/REPOSITORY@sha256:..., the only form deployed.
brx_image() {
    brx_shape "$1" \
        '[a-z0-9][a-z0-9.:-]*(/[a-z0-9][a-z0-9._-]*)+@sha256:[0-9a-f]{64}'
}

brx_tag() {
    brx_shape "$1" '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}'
}

# The digest that a reference stands for; nothing when there is no such tag.
# Any other failure of the registry ends the script: "absent" is an answer
# that decides what is built, and a time-out must not look like it.
brx_digest() {
    local answer errors try
    errors=$(mktemp)
    for try in 1 2 3; do
        if answer=$(docker buildx imagetools inspect \
            --format '{{json .Manifest}}' "$1" 2>"$errors"); then
            answer=$(jq -r '.digest // ""' <<<"$answer")
            [[ $answer =~ ^sha256:[0-9a-f]{64}$ ]] ||
                brx_fail "the registry gave no digest for $1: '$answer'"
            printf '%s\n' "$answer"
            return
        fi
        if grep -qF -e "$1: not found" -e 'manifest unknown' \
            -e MANIFEST_UNKNOWN -e NAME_UNKNOWN "$errors"; then
            return
        fi
        sleep $((try * 5))
    done
    brx_fail "the registry did not answer for $1: $(<"$errors")"
}

# The source of HEAD as a word for tags. It names the content, not the commit,
# so that a merge, a squash or a rebase of the same files finds the same image.
brx_source() {
    git rev-parse --verify 'HEAD^{tree}'
}

# shellcheck shell=bash
# One script for many services: a fact with a line for each of them.

# brx_each FACT CALL NAME...: for each line of FACT, its words become the facts
# NAME..., and CALL is called. Without FACT it is called once, with the facts
# as they are.
brx_each() {
    local fact=$1 call=$2 line index names words
    shift 2
    names=("$@")
    [[ -n ${!fact:-} ]] || {
        "$call"
        return
    }
    while IFS= read -r line <&3; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        ((${#words[@]} == ${#names[@]})) ||
            brx_fail "a line of $fact is not well formed: $line"
        for index in "${!names[@]}"; do
            printf -v "${names[index]}" '%s' "${words[index]}"
        done
        "$call"
    done 3<<<"${!fact}"
}

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
