# verify.sh and build-broxc.sh.
load helper
setup() {
    common_setup
    a_commit
    mkdir out && echo old >out/made.yml && echo 'out/*.log' >.gitignore
    echo source >envs.brx
    git add --all && git commit --quiet -m tree
    export BRX_SOURCE=envs.brx BRX_OUTPUT=out BRX_BROXC=$FAKE/broxc
    compiler 'true'
}

compiler() { # what `broxc build` does in the output folder
    printf '#!/usr/bin/env bash\nset -e\n[[ $1 != check ]] || exit 0\ncd "$4"\n%s\n' \
        "$1" >"$BRX_BROXC"
    chmod +x "$BRX_BROXC"
}

@test "a tree that is what its source says passes" {
    run pipeline verify.sh
    [ "$status" -eq 0 ]
    [ "$(git worktree list | wc -l)" -eq 1 ]
}

@test "a changed, a new, a removed and an ignored file are each seen" {
    for change in 'echo new >made.yml' 'echo x >another.yml' 'rm made.yml' \
        'echo x >x.log'; do
        compiler "$change"
        run pipeline verify.sh
        [ "$status" -eq 1 ]
        has 'is not what envs.brx says'
        [ -z "$(git status --porcelain)" ]
        [ "$(git worktree list | wc -l)" -eq 1 ]
    done
}

@test "a source with errors or that cannot be built fails" {
    compiler 'exit 1'
    run pipeline verify.sh
    [ "$status" -eq 1 ]
    has 'cannot be built'
    printf '#!/bin/sh\nexit 1\n' >"$BRX_BROXC"
    run pipeline verify.sh
    [ "$status" -eq 1 ]
    has 'has errors'
}

@test "paths outside of the repository are refused" {
    for BRX_OUTPUT in ../x /tmp a/../../b ..; do
        export BRX_OUTPUT
        run pipeline verify.sh
        [ "$status" -eq 1 ]
        has 'must lie inside'
    done
}

@test "the compiler is built from the pinned commit only" {
    export BRX_TOOL_SOURCE=$PWD BRX_TOOL_COMMIT
    BRX_TOOL_COMMIT=$(printf 'a%.0s' {1..40})
    run pipeline build-broxc.sh
    [ "$status" -eq 1 ]
    has 'is not at'
    never_called cmake
    BRX_TOOL_COMMIT=$(git rev-parse HEAD)
    BRX_TOOL_PACKAGES=$'cmake\n-oEvil=1' run pipeline build-broxc.sh
    [ "$status" -eq 1 ]
    has 'not a package'
    never_called sudo
}
