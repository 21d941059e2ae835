# version.sh and tag-release.sh.
load helper
setup() {
    common_setup
    a_commit
    export BRX_TAG='v{version}' BRX_VERSION_FROM=tag
}

@test "a sha needs no version and no history" {
    export BRX_TAG='dev-{sha}' BRX_VERSION_FROM=none
    run pipeline version.sh
    [ "$status" -eq 0 ]
    [ "$(output tag)" = "dev-$(git rev-parse HEAD)" ]
    [ "$(output source)" = "$(git rev-parse 'HEAD^{tree}')" ]
}

@test "a push without a tag fails and says what to do" {
    run pipeline version.sh
    [ "$status" -eq 1 ]
    has 'has no version'
    has 'input `version`'
    [ -z "$(output tag)" ]
}

@test "the highest tag at HEAD is the version" {
    git tag v1.9.0 && git tag v1.10.0 && git tag v1.10.0-rc.1 && git tag vnext
    git tag v01.99.0
    run pipeline version.sh
    [ "$status" -eq 0 ]
    [ "$(output tag)" = v1.10.0 ]
}

@test "the input wins, with or without its v" {
    git tag v1.0.0
    for BRX_VERSION_INPUT in 2.0.0 v2.0.0; do
        export BRX_VERSION_INPUT
        : >"$GITHUB_OUTPUT"
        run pipeline version.sh
        [ "$(output version)" = 2.0.0 ]
    done
}

@test "nasty inputs are no versions" {
    for BRX_VERSION_INPUT in '1.2' '1.2.3 ' '$(id)' '${{ github.token }}' \
        $'1.2.3\n::error::x' '1.2.3"; id' '01.2.3' '1.2.3+build' '-1.2.3'; do
        export BRX_VERSION_INPUT
        run pipeline version.sh
        [ "$status" -eq 1 ]
        has 'not a version'
    done
}

@test "a version that names other content is refused" {
    echo a >a && git add a && git commit --quiet -m a && git tag v1.2.3
    echo b >a && git commit --quiet -am b
    export BRX_VERSION_INPUT=1.2.3
    run pipeline version.sh
    [ "$status" -eq 1 ]
    has 'already the tag of other content'
}

@test "a merge of the same content may carry the version" {
    git tag v1.2.3
    git commit --quiet --allow-empty -m merge
    export BRX_VERSION_INPUT=1.2.3
    run pipeline version.sh
    [ "$status" -eq 0 ]
}

@test "a candidate counts from the newest release, also of another branch" {
    git tag v1.9.0
    git checkout --quiet -b other && git commit --quiet --allow-empty -m o
    git tag v1.10.4 && git tag v2.0.0-rc.1
    git checkout --quiet main
    git commit --quiet --allow-empty -m one
    git commit --quiet --allow-empty -m two
    export BRX_TAG='staging-{version}' BRX_VERSION_FROM=candidate
    run pipeline version.sh
    [ "$status" -eq 0 ]
    [ "$(output tag)" = staging-1.10.5-rc.2 ]
}

@test "without any tag the first versions are 0.0.1" {
    export BRX_VERSION_FROM=patch
    run pipeline version.sh
    [ "$status" -eq 0 ]
    [ "$(output version)" = 0.0.1 ]
}

@test "a shallow checkout is an error" {
    git commit --quiet --allow-empty -m two
    git clone --quiet --depth 1 "file://$PWD" shallow
    cd shallow
    run pipeline version.sh
    [ "$status" -eq 1 ]
    has 'fetch-depth: 0'
}

@test "a tag that no registry takes is refused" {
    export BRX_VERSION_FROM=none
    for BRX_TAG in 'a b' '-x' '$(id)' "$(printf 'x%.0s' {1..129})"; do
        export BRX_TAG
        run pipeline version.sh
        [ "$status" -eq 1 ]
        has 'not a tag for an image'
    done
}

release() {
    export BRX_VERSION=1.2.3 GH_TOKEN=t
    BRX_SHA=$(printf 'a%.0s' {1..40})
    export BRX_SHA
}

@test "a release is written down as a tag, with who approved" {
    release
    export BRX_APPROVERS=$'bob\ncarol'
    echo '{"sha": "cccccccccccccccccccccccccccccccccccccccc"}' >"$FAKE/gh.2"
    echo '[{"ref": "refs/tags/v1.2.34", "object": {"type": "commit", "sha": "b"}}]' >"$FAKE/gh.1"
    run pipeline tag-release.sh
    [ "$status" -eq 0 ]
    called "--raw-field object=$BRX_SHA"
    called 'Approved by bob, carol.'
    called 'ref=refs/tags/v1.2.3 --raw-field sha=cccccccccccccccccccccccccccccccccccccccc'
}

@test "a denied version is refused, and its candidates are" {
    a_commit
    export BRX_TAG='v{version}' BRX_VERSION_FROM=patch BRX_DENIED=$'9.9.9 x\n1.2.3 loses orders'
    BRX_VERSION_INPUT=1.2.3 run pipeline version.sh
    [ "$status" -eq 1 ]
    has '1.2.3 is denied: loses orders'
    BRX_VERSION_INPUT=1.2.3-rc.1 run pipeline version.sh
    [ "$status" -eq 1 ]
    BRX_VERSION_INPUT=1.2.4 run pipeline version.sh
    [ "$status" -eq 0 ]
}

@test "a tag that is there is left alone, annotated or not" {
    release
    echo "[{\"ref\": \"refs/tags/v1.2.3\", \"object\": {\"type\": \"commit\", \"sha\": \"$BRX_SHA\"}}]" >"$FAKE/gh.1"
    run pipeline tag-release.sh
    [ "$status" -eq 0 ]
    echo '[{"ref": "refs/tags/v1.2.3", "object": {"type": "tag", "sha": "b"}}]' >"$FAKE/gh.2"
    echo "{\"object\": {\"type\": \"commit\", \"sha\": \"$BRX_SHA\"}}" >"$FAKE/gh.3"
    run pipeline tag-release.sh
    [ "$status" -eq 0 ]
    never_called --raw-field
}

@test "a tag on another commit is never moved" {
    release
    echo '[{"ref": "refs/tags/v1.2.3", "object": {"type": "commit", "sha": "b"}}]' >"$FAKE/gh.1"
    run pipeline tag-release.sh
    [ "$status" -eq 1 ]
    has 'already stands on another commit'
    never_called --raw-field
}
