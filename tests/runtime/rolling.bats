# deploy-rolling.sh, revisions.sh, roll-back-rolling.sh.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_TIMEOUT=300s
    export BRX_COUNTS=$'api 5\nweb 2' BRX_SERVICES=$'api\nweb'
    for name in api web; do
        jq -n --arg n $name '{kind: "Deployment", metadata: {name: $n}, spec: {}}'
    done >"$BRX_RENDERED"
}

deployed() { # NAME REPLICAS REVISION
    object Deployment "$1" ".spec.replicas = $2
        | .metadata.annotations[\"deployment.kubernetes.io/revision\"] = \"$3\""
}

@test "a first deploy starts with the declared counts" {
    run pipeline deploy-rolling.sh
    [ "$status" -eq 0 ]
    [ "$(see Deployment api .spec.replicas)" = 5 ]
    [ "$(see Deployment web .spec.replicas)" = 2 ]
    [ "$(output deployments)" = $'api\nweb' ]
}

@test "what an administrator applies is left to the administrator" {
    touch "$FAKE/conflict"
    run pipeline deploy-rolling.sh
    [ "$status" -eq 0 ]
    run grep -c -- '--server-side.*--selector .*applied-by.*administrator' \
        "$FAKE/calls"
    [ "$output" = 2 ]
}

@test "what an autoscaler has decided since is not touched" {
    deployed api 9 3
    run pipeline deploy-rolling.sh
    [ "$status" -eq 0 ]
    [ "$(see Deployment api .spec.replicas)" = 9 ]
    never_called 'scale deployment api'
}

@test "what was changed by hand is named and put back" {
    touch "$FAKE/conflict"
    run pipeline deploy-rolling.sh
    [ "$status" -eq 0 ]
    has '::warning::changed outside of git'
    has 'kubectl-edit'
    called '--force-conflicts'
}

@test "another failure of apply is not forced" {
    echo 'apply' >"$FAKE/fail"
    run pipeline deploy-rolling.sh
    [ "$status" -eq 1 ]
    never_called '--force-conflicts'
}

@test "a rollout that hangs shows why and fails" {
    touch "$FAKE/broken.web"
    echo '::error::from a pod' >"$FAKE/text"
    run pipeline deploy-rolling.sh
    [ "$status" -eq 1 ]
    has 'web did not become healthy in 300s'
    has '::stop-commands::'
    [ -z "$(output deployments)" ]
}

@test "nasty counts and an empty rendering are refused" {
    for BRX_COUNTS in 'api 0' 'api a[$(touch${IFS}pwned)]' 'api -1' 'api'; do
        export BRX_COUNTS
        run pipeline deploy-rolling.sh
        [ "$status" -eq 1 ]
    done
    [ ! -e pwned ]
    : >"$BRX_RENDERED"
    BRX_COUNTS='api 1' run pipeline deploy-rolling.sh
    [ "$status" -eq 1 ]
    never_called apply
}

@test "a rollback undoes what this release changed, and only that" {
    deployed api 5 8
    deployed web 2 4
    run pipeline revisions.sh
    [ "$status" -eq 0 ]
    BRX_REVISIONS=$(output revisions)
    export BRX_REVISIONS
    deployed api 5 9
    run pipeline roll-back-rolling.sh
    [ "$status" -eq 0 ]
    called 'rollout undo deployment/api --to-revision 8'
    never_called 'undo deployment/web'
}

@test "the first release has nothing to roll back to" {
    run pipeline revisions.sh
    [ "$(output revisions)" = $'api 0\nweb 0' ]
    deployed api 5 1
    BRX_REVISIONS=$'api 0\nweb 0' run pipeline roll-back-rolling.sh
    [ "$status" -eq 1 ]
    has 'api is new in this release'
    has 'web is still at revision 0'
}

@test "one failed rollback does not keep the others back" {
    deployed api 5 9
    deployed web 2 5
    touch "$FAKE/broken.api"
    BRX_REVISIONS=$'api 8\nweb 4' run pipeline roll-back-rolling.sh
    [ "$status" -eq 1 ]
    called 'undo deployment/web --to-revision 4'
    has 'web is back'
}

@test "a revision is a number" {
    BRX_REVISIONS='api a[$(touch${IFS}pwned)]' run pipeline roll-back-rolling.sh
    [ "$status" -eq 1 ]
    [ ! -e pwned ]
}

@test "a cluster that does not answer stops a deploy before it applies" {
    echo 'get deployment' >"$FAKE/fail"
    run pipeline deploy-rolling.sh
    [ "$status" -ne 0 ]
    never_called apply
    never_called scale
    run pipeline revisions.sh
    [ "$status" -ne 0 ]
    [ -z "$(output revisions)" ]
}

@test "pods of a colour stop a rolling release before it begins" {
    object Deployment api-green '.spec.replicas = 2'
    BRX_SERVICES=api run pipeline revisions.sh
    [ "$status" -eq 1 ]
    has 'api-green still has 2 pods'
    object Deployment api-green '.spec.replicas = 0'
    BRX_SERVICES=api run pipeline revisions.sh
    [ "$status" -eq 0 ]
}
