#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/deny.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/deny.sh"
# needs: lib/log.sh lib/deny.sh
# shellcheck shell=bash
# Says which release a commit is: its sha, its version, its image tag. A push
# to a branch carries no version, so it is received or worked out here:
#   1. BRX_VERSION_INPUT, the `version` of a dispatched run;
#   2. else the highest tag vX.Y.Z that points at HEAD;
#   3. else what BRX_VERSION_FROM allows:
#        none       nothing: the tag template has no {version}
#        candidate  the next patch as X.Y.Z-rc.N, N commits after the last tag
#        patch      the next patch X.Y.Z; tag-release.sh writes it down later
#        tag        an error: this environment takes tagged releases only
# One of other content, or denied, is an error. It only names the image.
# in   BRX_TAG            template: dev-{sha}, staging-{version}, v{version}
#      BRX_VERSION_FROM   none | candidate | patch | tag
#      BRX_VERSION_INPUT  optional, 1.2.3 or v1.2.3
#      BRX_DENIED         optional, lines `X.Y.Z REASON`
# out  sha version tag source (the git tree, names the content)
# The checkout needs fetch-depth: 0, unless BRX_VERSION_FROM is none.
set -euo pipefail

number='(0|[1-9][0-9]*)'
semver="$number\.$number\.$number(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?"

# The tags of versions among the names on standard input, lowest first.
only_versions() {
    grep -E "^v$semver\$" | sed 's/-/~/' | sort -V | sed 's/~/-/' || true
}

next_patch() {
    local last major minor patch
    last=$(git tag --list 'v*' | only_versions | sed '/-/d' | tail -n 1)
    IFS=. read -r major minor patch <<<"${last#v}"
    base=${major:-0}.${minor:-0}.$((${patch:-0} + 1))
    distance=$(git rev-list --count HEAD ${last:+"^$last"})
}

received_version() {
    version=${BRX_VERSION_INPUT:-}
    version=${version#v}
    if [[ -n $version ]]; then
        [[ $version =~ ^$semver$ ]] || brx_fail "not a version: $version"
        return
    fi
    version=$(git tag --points-at HEAD | only_versions | tail -n 1)
    version=${version#v}
}

found_version() {
    received_version
    [[ -z $version ]] || return 0
    case $BRX_VERSION_FROM in
        candidate)
            next_patch
            version=$base-rc.$distance
            ;;
        patch)
            next_patch
            version=$base
            ;;
        *) brx_fail "commit $sha has no version: run this workflow by hand \
with the input \`version\`, or push a tag vX.Y.Z at it and run again" ;;
    esac
}

brx_need BRX_TAG
brx_shape BRX_VERSION_FROM 'none|candidate|patch|tag'
sha=$(git rev-parse --verify 'HEAD^{commit}')
source=$(git rev-parse --verify 'HEAD^{tree}')
version=
if [[ $BRX_VERSION_FROM != none ]]; then
    [[ $(git rev-parse --is-shallow-repository) == false ]] ||
        brx_fail "the checkout is shallow, its tags are unknown: fetch-depth: 0"
    found_version
    tagged=$(git rev-parse --verify --quiet \
        "refs/tags/v$version^{tree}" || true)
    [[ -z $tagged || $tagged == "$source" ]] ||
        brx_fail "v$version is already the tag of other content"
    denied=$(brx_denied "$version")
    [[ -z $denied ]] || brx_fail "$version is denied: $denied"
fi
tag=${BRX_TAG//'{sha}'/"$sha"}
tag=${tag//'{version}'/"$version"}
[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]] ||
    brx_fail "not a tag for an image: $tag"

brx_log "commit $sha is $tag"
brx_output sha "$sha"
brx_output source "$source"
brx_output version "${version:-${sha:0:12}}"
brx_output tag "$tag"
