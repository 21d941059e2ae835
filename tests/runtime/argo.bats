# Releases that Argo Rollouts lets in, with a fake of its controller.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_SERVICES=api BRX_COUNTS='api 4'
    export BRX_SECONDS=60 BRX_REVISIONS
}

# rendered DIGEST STRATEGY: what an overlay gives.
rendered() {
    jq -n --arg image "shop.example/api@$(digest "$1")" --argjson how "$2" '
        {kind: "Deployment", metadata: {name: "api"},
            spec: {template: {spec: {containers: [{name: "api", image: $image}]}}}},
        {kind: "Rollout", metadata: {name: "api"}, spec: {strategy: $how}}' \
        >"$BRX_RENDERED"
}

canary='{"canary": {"steps": [{"setWeight": 25}, {"pause": {}},
    {"analysis": {}}, {"pause": {}}, {"setWeight": 50}, {"analysis": {}},
    {"pause": {}}, {"setWeight": 100}, {"analysis": {}}]}}'
blue_green='{"blueGreen": {"postPromotionAnalysis": {}}}'

# release DIGEST STRATEGY
release() {
    : >"$GITHUB_OUTPUT"
    run pipeline rollouts.sh
    [ "$status" -eq 0 ] || return 1
    BRX_REVISIONS=$(output revisions)
    rendered "$1" "$2"
    run pipeline deploy-argo.sh
}

# stands STRATEGY: one release is through, and the next one waits.
stands() { once "stands.${1//[!a-zA-Z]/}" two_releases "$1"; }

two_releases() {
    kept=(BRX_REVISIONS)
    release 1 "$1" && release 2 "$1" && [ "$status" -eq 0 ]
}

advance() { # PAUSE GOAL
    BRX_PAUSE=$1 BRX_GOAL=$2 run pipeline advance-rollout.sh
}

status_of() { see Rollout api ".status.$1 // \"\""; }
image() { see Deployment api '.spec.template.spec.containers[0].image'; }
is_new_stable() { [ "$(status_of stableRS)" = "$(status_of currentPodHash)" ]; }

@test "a first release is through at once, with the pods it declares" {
    release 1 "$canary"
    [ "$status" -eq 0 ]
    [ "$(output revisions)" = 'api 0' ]
    called 'scale rollout api --replicas 4'
    [ "$(status_of phase)" = Healthy ]
    advance 1 3
    [ "$status" -eq 0 ]
    never_called 'pauseConditions'
}

@test "a canary goes from pause to pause, and then is through" {
    stands "$canary"
    [ "$status" -eq 0 ]
    [ "$(status_of phase) $(status_of currentStepIndex)" = 'Paused 1' ]
    advance 1 3
    [ "$status" -eq 0 ]
    [ "$(status_of phase) $(status_of currentStepIndex)" = 'Paused 3' ]
    advance 3 6
    [ "$(status_of phase) $(status_of currentStepIndex)" = 'Paused 6' ]
    ! is_new_stable
    advance 6 8
    [ "$status" -eq 0 ]
    [[ $(output switched) =~ ^[0-9]{10}$ ]]
    advance '' through
    [ "$status" -eq 0 ]
    is_new_stable
}

@test "a share that is run again does not go on twice" {
    stands "$canary"
    advance 1 3
    advance 1 3
    [ "$status" -eq 0 ]
    [ "$(status_of currentStepIndex)" = 3 ]
}

@test "a broken promise fails the share, and is told" {
    stands "$canary"
    touch "$FAKE/bad"
    advance 1 3
    [ "$status" -eq 1 ]
    has "api did not get to '3'"
    has "it is 'failed'"
    has '::stop-commands::'
    ! is_new_stable
}

@test "going back aborts, gives the Deployment its revision, and is through" {
    stands "$canary"
    advance 1 3
    : >"$FAKE/calls"
    run pipeline roll-back-argo.sh
    [ "$status" -eq 0 ]
    [ "$(image)" = "shop.example/api@$(digest 1)" ]
    is_new_stable
    [ "$(status_of phase)$(status_of abort)" = Healthy ]
    awk '/abort/ { a = NR } /rollout undo/ { u = NR } END { exit !(a < u) }' "$FAKE/calls"
    never_called promoteFull
}

# through STRATEGY: the second release is the stable one.
through() {
    stands "$1"
    object Rollout api "$(jq -c . "$FAKE/rollout.api") | .status.promoteFull = true"
    PATH=$ROOT/tests/runtime/fakes:$PATH kubectl get service none
    is_new_stable
}

@test "a canary that was through is taken back in full, without pauses" {
    through "$canary"
    run pipeline roll-back-argo.sh
    [ "$status" -eq 0 ]
    [ "$(image)" = "shop.example/api@$(digest 1)" ]
    is_new_stable
    [ "$(status_of phase)" = Healthy ]
    called promoteFull
}

@test "blue-green that was through is taken back in full, without pauses" {
    through "$blue_green"
    run pipeline roll-back-argo.sh
    [ "$status" -eq 0 ]
    [ "$(image)" = "shop.example/api@$(digest 1)" ]
    is_new_stable
}

@test "a release that changed nothing is left alone" {
    stands "$canary"
    BRX_REVISIONS='api 2' run pipeline roll-back-argo.sh
    [ "$status" -eq 0 ]
    has 'still at revision 2'
    never_called 'rollout undo'
}

@test "what is new has nothing to go back to, and says so" {
    release 1 "$canary"
    run pipeline roll-back-argo.sh
    [ "$status" -eq 1 ]
    has 'nothing to go back to'
}

@test "blue-green waits, switches, and is watched" {
    stands "$blue_green"
    [ "$(status_of phase)" = Paused ]
    active=$(status_of blueGreen.activeSelector)
    advance preview active
    [ "$status" -eq 0 ]
    [ "$(status_of blueGreen.activeSelector)" != "$active" ]
    advance '' through
    [ "$status" -eq 0 ]
    is_new_stable
}

@test "blue-green whose promises break is back by itself, and fails" {
    stands "$blue_green"
    active=$(status_of blueGreen.activeSelector)
    touch "$FAKE/bad"
    advance preview active
    [ "$status" -eq 1 ]
    [ "$(status_of blueGreen.activeSelector)" = "$active" ]
    rm "$FAKE/bad"
    run pipeline roll-back-argo.sh
    [ "$status" -eq 0 ]
    [ "$(image)" = "shop.example/api@$(digest 1)" ]
}

@test "an update that was aborted begins anew with the next run" {
    stands "$canary"
    touch "$FAKE/bad"
    advance 1 3
    rm "$FAKE/bad"
    [ "$(status_of abort)" = true ]
    advance 1 3
    [ "$status" -eq 1 ]
    has 'deploy it first'
    release 2 "$canary"
    [ "$status" -eq 0 ]
    [ "$(status_of phase) $(status_of currentStepIndex)" = 'Paused 1' ]
}

@test "a release over one that waits begins at the first step" {
    stands "$canary"
    advance 1 3
    release 3 "$canary"
    [ "$status" -eq 0 ]
    [ "$(status_of phase) $(status_of currentStepIndex)" = 'Paused 1' ]
    [ "$(image)" = "shop.example/api@$(digest 3)" ]
}

@test "a controller that sees nothing is not taken for one that is done" {
    release 1 "$canary"
    touch "$FAKE/blind"
    release 2 "$canary"
    [ "$status" -eq 1 ]
    has "it is 'unseen'"
    grep -c '^sleep 5$' "$FAKE/calls" | grep -qx 12
}

@test "whatever fails while it goes on, it is not said to be there" {
    stands "$canary"
    cp -a "$FAKE" "$FAKE.saved"
    for call in 'get rollout' 'get deployment' 'patch rollout'; do
        back_to "$FAKE.saved"
        echo "$call" >"$FAKE/fail"
        : >"$GITHUB_OUTPUT"
        advance 1 3
        [ "$status" -ne 0 ]
        [ -z "$(output switched)" ]
    done
    back_to "$FAKE.saved"
    echo '<html>' >"$FAKE/rollout.api"
    advance 1 3
    [ "$status" -ne 0 ]
    BRX_GOAL='3; id' BRX_PAUSE=1 run pipeline advance-rollout.sh
    [ "$status" -eq 1 ]
    has 'not well formed'
}

@test "a cluster without Argo is said to have none" {
    echo 'get rollouts.argoproj.io' >"$FAKE/fail"
    run pipeline rollouts.sh
    [ "$status" -eq 1 ]
    has 'has no Argo Rollouts'
}

@test "what Argo added to selectors is told, and colours are refused" {
    object Service api '.spec.selector = {app: "api", "rollouts-pod-template-hash": "5d8f"}'
    object Service api-preview '.spec.selector = {app: "api"}'
    run pipeline rollouts.sh
    [ "$status" -eq 0 ]
    [ "$(output selectors)" = 'api rollouts-pod-template-hash 5d8f' ]
    object Deployment api-blue '.spec.replicas = 4'
    run pipeline rollouts.sh
    [ "$status" -eq 1 ]
    has 'api-blue still has 4 pods'
}

@test "a Deployment that serves keeps its pods until the Rollout has its own" {
    object Deployment api '.spec.replicas = 7'
    rendered 1 "$canary"
    run pipeline deploy-argo.sh
    [ "$status" -eq 0 ]
    [ "$(see Deployment api .spec.replicas)" = 7 ]
    called 'field-manager=broxc-release'
}

@test "all pauses are left out on the way back" {
    stands "$canary"
    advance all through
    [ "$status" -eq 0 ]
    called promoteFull
    is_new_stable
}
