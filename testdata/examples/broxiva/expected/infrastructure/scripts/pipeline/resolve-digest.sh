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
# Finds the image that an earlier environment has tested, for this very
# source. Never builds. Source is the git tree of HEAD, so a merge or a squash
# finds what was tested, and a change that went around the earlier environment
# finds nothing and stops here.
#
# in   BRX_REPOSITORY  registry.example/api; or BRX_REPOSITORIES, lines
#                      `SERVICE REPOSITORY`
#      BRX_FROM        the environments of which one must have passed, one a
#                      line; the first one that has is believed
# out  digest (of the last one), images (lines `SERVICE IMAGE`),
#      froms (lines `REPOSITORY ENVIRONMENT`)
set -euo pipefail

images='' froms=''
resolve_one() {
    local from digest=
    brx_repository BRX_REPOSITORY
    for from in $BRX_FROM; do
        digest=$(brx_digest "$BRX_REPOSITORY:passed-$from-$source")
        [[ -z $digest ]] || break
    done
    if [[ -z $digest ]]; then
        brx_fail "${BRX_FROM//$'\n'/, } has not passed this source ($source) \
of $BRX_REPOSITORY: release it there first, and merge without changing files"
    fi
    brx_log "passed $from: $BRX_REPOSITORY@$digest"
    images+="${BRX_SERVICE:-} $BRX_REPOSITORY@$digest"$'\n'
    froms+="$BRX_REPOSITORY $from"$'\n'
    brx_output digest "$digest"
}

brx_shape BRX_FROM $'[a-z0-9][a-z0-9-]{0,62}(\n[a-z0-9][a-z0-9-]{0,62})*'
source=$(brx_source)
brx_each BRX_REPOSITORIES resolve_one BRX_SERVICE BRX_REPOSITORY
brx_output images "${images%$'\n'}"
brx_output froms "${froms%$'\n'}"
