# record-release.sh: what promoting and going back start from.
load helper
setup() {
    common_setup
    a_commit
    BRX_SHA=$(git rev-parse HEAD)
    export BRX_SHA BRX_VERSION=1.0.0 BRX_KEEP=3
    BRX_IMAGES="api shopfloor.azurecr.io/api@$(digest 1)"$'\n'"job shopfloor.azurecr.io/job@$(digest 1)"
    export BRX_IMAGES
}

memory() {
    jq -c ".data | map_values(fromjson) | $1" "$FAKE/configmap.broxc-releases"
}

@test "a release is remembered with its commit, images and approvers" {
    BRX_APPROVERS=$'bob\ncarol' run pipeline record-release.sh
    [ "$status" -eq 0 ]
    [ "$(output release)" = 1 ]
    [ "$(memory '.["release-1"] | [.version, .by, .run, .approvers]')" = \
        '["1.0.0","alice","77",["bob","carol"]]' ]
    [ "$(memory '.["release-1"].commit')" = "\"$BRX_SHA\"" ]
    [ "$(memory '.["release-1"].images.job')" = "\"shopfloor.azurecr.io/job@$(digest 1)\"" ]
}

@test "the same run, run again, is one release; the next run is the next one" {
    run pipeline record-release.sh
    run pipeline record-release.sh
    [ "$status" -eq 0 ]
    [ "$(memory length)" = 1 ]
    for GITHUB_RUN_ID in 78 79 80; do
        run pipeline record-release.sh
        [ "$status" -eq 0 ]
    done
    [ "$(memory keys)" = '["release-2","release-3","release-4"]' ]
}

@test "somebody's way back stays written down" {
    object ConfigMap broxc-releases '.data = {going: "{\"to\":1,\"from\":\"2\"}"}'
    run pipeline record-release.sh
    [ "$status" -eq 0 ]
    [ "$(memory '.going.to')" = 1 ]
}

@test "a memory that cannot be read is not written over" {
    object ConfigMap broxc-releases '.data = {"release-1": "{broken"}'
    run pipeline record-release.sh
    [ "$status" -eq 1 ]
    has 'the ConfigMap broxc-releases cannot be read'
    never_called 'apply'
}
