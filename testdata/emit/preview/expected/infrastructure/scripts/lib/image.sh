# Made by broxc from its own runtime. Scripts beside this folder read it.
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
