# build-image.sh, resolve-digest.sh, tag-image.sh, soak.sh, scan-image.sh.
load helper
setup() {
    common_setup
    a_commit
    TREE=$(git rev-parse 'HEAD^{tree}')
    export BRX_REPOSITORY=shop.azurecr.io/api BRX_SHA BRX_VERSION=dev
    BRX_SHA=$(git rev-parse HEAD)
    mkdir -p "$FAKE/registry"
    digest 1 >"$FAKE/built"
    touch Dockerfile
}

registered() { # TAG DIGEST
    digest "$2" >"$FAKE/registry/shop.azurecr.io+api:$1"
}

@test "an image is built once for each source" {
    run pipeline build-image.sh
    [ "$status" -eq 0 ]
    [ "$(output image)" = "shop.azurecr.io/api@$(digest 1)" ]
    called '--provenance=mode=max --sbom=true'
    called "revision=$BRX_SHA"
    : >"$FAKE/calls"
    run pipeline build-image.sh
    [ "$status" -eq 0 ]
    has 'built before'
    never_called 'buildx build'
    BRX_REBUILD=yes run pipeline build-image.sh
    called 'buildx build'
}

@test "pins and nasty folders reach docker as single words" {
    mkdir 'a $(touch pwned) "b"' && touch 'a $(touch pwned) "b"/Dockerfile'
    export BRX_CONTEXT='a $(touch pwned) "b"' BRX_SBOM_GENERATOR=syft@x
    export BRX_SOURCE_URL='https://example.org/a b' BRX_BUILDKIT_IMAGE=kit@x
    run pipeline build-image.sh
    [ "$status" -eq 0 ]
    called '-- a\ \$\(touch\ pwned\)\ \"b\"'
    called '--driver-opt image=kit@x'
    called '--sbom=generator=syft@x'
    called 'source=https://example.org/a\ b'
    [ ! -e pwned ]
}

@test "a build without a digest is a failure" {
    echo null >"$FAKE/built"
    run pipeline build-image.sh
    [ "$status" -eq 1 ]
    has 'gave no digest'
    [ -z "$(output image)" ]
}

@test "a registry that is down does not look like an absent image" {
    echo 'imagetools inspect' >"$FAKE/fail"
    run pipeline build-image.sh
    [ "$status" -eq 1 ]
    has 'the registry did not answer'
    never_called 'buildx build'
}

@test "nor does a registry whose name does not resolve" {
    cat >"$FAKE/fail" <<<'imagetools inspect'
    export BRX_FROM=staging
    run pipeline resolve-digest.sh
    [ "$status" -eq 1 ]
    has 'the registry did not answer'
    : >"$FAKE/fail"
    echo 'lookup shop: host not found' >"$FAKE/down"
    run pipeline resolve-digest.sh
    [ "$status" -eq 1 ]
    has 'host not found'
    echo not-a-digest >"$FAKE/registry/shop.azurecr.io+api:passed-staging-$TREE"
    rm "$FAKE/down"
    run pipeline resolve-digest.sh
    [ "$status" -eq 1 ]
    has 'gave no digest'
}

@test "a later environment takes what passed, also after a merge" {
    registered "passed-staging-$TREE" 7
    git commit --quiet --allow-empty -m 'merge staging'
    export BRX_FROM=staging
    run pipeline resolve-digest.sh
    [ "$status" -eq 0 ]
    [ "$(output digest)" = "$(digest 7)" ]
    never_called 'buildx build'
}

@test "one run builds, finds, scans and names the images of many services" {
    mkdir api 'web' && touch api/Dockerfile web/Other
    local both=$'api shop.azurecr.io/api api api/Dockerfile\nweb shop.azurecr.io/web web web/Other'
    BRX_REPOSITORIES=$both run pipeline build-image.sh
    [ "$status" -eq 0 ]
    local images="api shop.azurecr.io/api@$(digest 1)
web shop.azurecr.io/web@$(digest 1)"
    [ "$(output images)" = "$images" ]
    called '--file web/Other -- web'
    BRX_IMAGES=$images BRX_PASSED=staging run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    : >"$GITHUB_OUTPUT"
    BRX_FROM=$'dev\nstaging' BRX_REPOSITORIES=$'api shop.azurecr.io/api\nweb shop.azurecr.io/web' \
        run pipeline resolve-digest.sh
    [ "$status" -eq 0 ]
    [ "$(output images)" = "$images" ]
    [ "$(output froms)" = $'shop.azurecr.io/api staging\nshop.azurecr.io/web staging' ]
    BRX_IMAGES=$images BRX_SCANNER_IMAGE=trivy@$(digest 2) run pipeline scan-image.sh
    [ "$status" -eq 0 ]
    called "pull --quiet shop.azurecr.io/web@$(digest 1)"
    BRX_REPOSITORIES='api shop.azurecr.io/api x' run pipeline build-image.sh
    [ "$status" -eq 1 ]
    has 'BRX_REPOSITORIES is not well formed'
}

@test "what went around the earlier environment is refused" {
    registered "passed-development-$TREE" 7
    registered "source-$TREE" 7
    export BRX_FROM=staging
    run pipeline resolve-digest.sh
    [ "$status" -eq 1 ]
    has 'staging has not passed this source'
}

@test "a release tag is locked where the registry can, and a lock is no condition" {
    export BRX_IMAGE BRX_TAG=v1.2.3 BRX_LOCK=yes
    BRX_IMAGE=shopfloor.azurecr.io/api@$(digest 7)
    run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    called 'az acr repository update --only-show-errors --name shopfloor --image api:v1.2.3 --write-enabled false'
    echo 'acr repository update' >"$FAKE/fail"
    run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    has 'is not locked: whoever may push can move it'
    : >"$FAKE/calls"
    BRX_IMAGE=ghcr.io/shop/api@$(digest 7) run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    never_called 'az acr'
}

@test "a release tag is set once and never moved" {
    export BRX_IMAGE BRX_TAG=v1.2.3
    BRX_IMAGE=shop.azurecr.io/api@$(digest 7)
    run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    called '--prefer-index=false --tag shop.azurecr.io/api:v1.2.3'
    run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    has 'is there already'
    BRX_IMAGE=shop.azurecr.io/api@$(digest 8)
    run pipeline tag-image.sh
    [ "$status" -eq 1 ]
    has 'never moved'
    [ "$(cat "$FAKE/registry/shop.azurecr.io+api:v1.2.3")" = "$(digest 7)" ]
}

@test "passing an environment is written down and may be moved" {
    export BRX_IMAGE BRX_PASSED=staging
    registered "passed-staging-$TREE" 3
    BRX_IMAGE=shop.azurecr.io/api@$(digest 7)
    run pipeline tag-image.sh
    [ "$status" -eq 0 ]
    [ "$(cat "$FAKE/registry/shop.azurecr.io+api:passed-staging-$TREE")" = "$(digest 7)" ]
}

@test "a registry that changes the digest is caught" {
    export BRX_IMAGE BRX_TAG=v1.2.3
    BRX_IMAGE=shop.azurecr.io/api@$(digest 7)
    digest 9 >"$FAKE/retagged"
    run pipeline tag-image.sh
    [ "$status" -eq 1 ]
    has 'came out as'
}

@test "an image without a digest is refused" {
    export BRX_IMAGE BRX_TAG=v1.2.3
    for BRX_IMAGE in shop.azurecr.io/api:v1 'x@sha256:12' \
        "a b@$(digest 1)" "--help@$(digest 1)"; do
        run pipeline tag-image.sh
        [ "$status" -eq 1 ]
        has 'BRX_IMAGE is not well formed'
    done
}

@test "soaking is measured from the tag's time" {
    export BRX_FROM=staging BRX_SOAK_SECONDS=86400
    export BRX_REPOSITORY=shopreg.azurecr.io/api
    date -u -d '25 hours ago' +%Y-%m-%dT%H:%M:%S.1234567Z >"$FAKE/az.1"
    run pipeline soak.sh
    [ "$status" -eq 0 ]
    date -u -d '23 hours ago' +%Y-%m-%dT%H:%M:%SZ >"$FAKE/az.2"
    run pipeline soak.sh
    [ "$status" -eq 1 ]
    has 'release again in 60 minutes'
    echo None >"$FAKE/az.3"
    run pipeline soak.sh
    [ "$status" -eq 1 ]
    echo 'repository show' >"$FAKE/fail"
    run pipeline soak.sh
    [ "$status" -eq 1 ]
    has 'has not passed'
}

@test "a scan tells faults from a broken scanner" {
    export BRX_IMAGE BRX_SCANNER_IMAGE
    BRX_IMAGE=shop.azurecr.io/api@$(digest 7)
    BRX_SCANNER_IMAGE=trivy@$(digest 2)
    run pipeline scan-image.sh
    [ "$status" -eq 0 ]
    called '--cap-drop ALL'
    never_called docker.sock
    echo 10 >"$FAKE/scanner.code" && echo '::error::CVE' >"$FAKE/scanner"
    run pipeline scan-image.sh
    [ "$status" -eq 1 ]
    has 'have a fix'
    has '::stop-commands::'
    echo 1 >"$FAKE/scanner.code"
    run pipeline scan-image.sh
    [ "$status" -eq 1 ]
    has 'the scanner itself failed'
}

@test "a scan without a pinned scanner fails" {
    export BRX_IMAGE BRX_SCANNER_IMAGE
    BRX_IMAGE=shop.azurecr.io/api@$(digest 7)
    run pipeline scan-image.sh
    [ "$status" -eq 1 ]
    has 'there is no scanner'
    BRX_SCANNER_IMAGE=aquasec/trivy:latest run pipeline scan-image.sh
    [ "$status" -eq 1 ]
}
