# The whole life of a canary, on the fake cluster.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_TIMEOUT=300s BRX_SERVICES=api
    export BRX_COUNTS='api 5' BRX_KEEP_SECONDS=0 BRX_COLORS BRX_IMAGES
    export BRX_SHARE=10
}

# release VERSION DIGEST: colours, render (as the real one would) and deploy.
release() {
    : >"$GITHUB_OUTPUT"
    run pipeline colours.sh
    [ "$status" -eq 0 ] || return 1
    BRX_COLORS=$(output colors)
    BRX_IMAGES="api shop.example/api@$(digest "$2")"
    local service live idle
    read -r service live idle <<<"$BRX_COLORS"
    jq -n --arg live "$live" --arg idle "$idle" --arg image "${BRX_IMAGES#* }" '
        {kind: "Service", metadata: {name: "api"}, spec: {selector:
            {app: "api", "acme.example/color": $live}}},
        {kind: "HorizontalPodAutoscaler", metadata: {name: "api-\($idle)"},
            spec: {minReplicas: 5, maxReplicas: 20}},
        {kind: "Deployment", metadata: {name: "api-\($idle)"},
            spec: {template: {spec: {containers: [{name: "api", image: $image}]}}}}
        ' >"$BRX_RENDERED"
    BRX_VERSION=$1 run pipeline deploy-canary.sh
}

# stands: release 1.0.0 is live on blue, and 1.1.0 a canary on green.
stands() { once stands second_release; }

second_release() {
    kept=(BRX_COLORS BRX_IMAGES)
    object Service api '.spec.selector = {app: "api", "acme.example/color": "blue"}'
    object ConfigMap broxc-release-api ".data = {active: \"blue\",
        version: \"1.0.0\", digest: \"$(digest 1)\"}"
    object Deployment api-blue '.spec.replicas = 8'
    object HorizontalPodAutoscaler api-blue \
        '.spec = {minReplicas: 5, maxReplicas: 20}'
    release 1.1.0 2
}

share() {
    : >"$GITHUB_OUTPUT"
    BRX_SHARE=$1 run pipeline share-traffic.sh
}

live() { see Service api '.spec.selector["acme.example/color"] // "both"'; }
memory() { see ConfigMap broxc-release-api ".data[\"$1\"] // \"\""; }
pods() { see Deployment "api-$1" .spec.replicas; }
least() { see HorizontalPodAutoscaler "api-$1" .spec.minReplicas; }

@test "a canary starts as small as its first share, without traffic" {
    stands
    [ "$status" -eq 0 ]
    [ "$(live)" = blue ]
    [ "$(pods green) $(least green)" = '1 1' ]
    [ "$(memory candidate) $(memory candidate-digest)" = "green $(digest 2)" ]
    [ "$(memory active) $(memory share) $(memory floor)" = 'blue  5' ]
}

@test "each share gets pods first, then traffic, then stands in the memory" {
    stands
    share 10
    [ "$status" -eq 0 ]
    [ "$(live) $(pods blue) $(pods green) $(memory share)" = 'both 8 1 10' ]
    [ "$(output pods)" = 'api-green-.*' ]
    has '1 pods beside 8 are 11% of the traffic for 10%'
    share 50
    [ "$status" -eq 0 ]
    [ "$(live) $(pods blue) $(pods green) $(memory share)" = 'both 8 8 50' ]
    awk '/rollout status/ { w = NR } /apply/ { m = NR } /patch service/ { p = NR }
        END { exit !(w < m && m < p) }' "$FAKE/calls"
}

@test "the live colour keeps its pods while it shares" {
    stands
    share 25
    [ "$(least blue) $(least green)" = '8 3' ]
    [ "$(memory live-floor)" = 5 ]
    share 50
    [ "$(memory live-floor)" = 5 ]
}

@test "a share without an autoscaler has nothing to hold" {
    stands
    rm "$FAKE/horizontalpodautoscaler.api-blue" "$FAKE/horizontalpodautoscaler.api-green"
    share 10
    [ "$status" -eq 0 ]
    [ "$(live) $(memory live-floor)" = 'both ' ]
}

@test "sizes are rounded up, and never below one pod" {
    stands
    share 2.5
    [ "$(pods green)" = 1 ]
    share 20
    [ "$(pods green)" = 2 ]
    share 33
    [ "$(pods green)" = 4 ]
}

@test "a canary that does not get healthy gets no traffic" {
    stands
    touch "$FAKE/broken.api-green"
    share 10
    [ "$status" -eq 1 ]
    [ "$(live) $(memory share)" = 'blue ' ]
}

@test "the switch grows the canary before it takes all" {
    stands
    share 10
    run pipeline switch-traffic.sh
    [ "$status" -eq 0 ]
    has 'api-green grows from 1 to 8 pods'
    [ "$(live) $(pods green) $(least green)" = 'green 8 8' ]
    [ "$(memory active) $(memory previous) $(memory share)" = 'green blue ' ]
    [ "$(memory previous-floor)" = 5 ]
    BRX_SWITCHED=$(output switched) run pipeline retire.sh
    [ "$status" -eq 0 ]
    [ "$(pods blue) $(least green)" = '0 5' ]
}

@test "on failure traffic goes back at once, and the canary to zero" {
    stands
    share 50
    : >"$FAKE/calls"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(pods blue) $(pods green)" = 'blue 8 0' ]
    [ "$(memory candidate)$(memory share)$(memory live-floor)" = '' ]
    [ "$(memory active) $(memory version) $(least blue)" = 'blue 1.0.0 5' ]
    awk '/patch service/ { p = NR } /scale|patch horizontal/ { s = s ? s : NR }
        END { exit !(p < s) }' "$FAKE/calls"
}

@test "after the switch it goes back as from any colour" {
    stands
    share 50
    run pipeline switch-traffic.sh
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory active) $(memory version)" = 'blue blue 1.0.0' ]
    [ "$(least blue)" = 5 ]
}

@test "a run that died at a share is understood by the next one" {
    stands
    share 10
    release 1.2.0 3
    [ "$status" -eq 0 ]
    has "the canary's share of 10% ends, all traffic is on blue"
    [ "$(live) $(memory share)" = 'blue ' ]
    [ "$(memory candidate-version) $(memory live-floor)" = '1.2.0 5' ]
    share 10
    [ "$(live) $(memory live-floor)" = 'both 5' ]
    run pipeline roll-back-blue-green.sh
    [ "$(live) $(least blue) $(memory version)" = 'blue 5 1.0.0' ]
}

@test "killed between the memory and the traffic, it gets there or back" {
    stands
    echo 'patch service' >"$FAKE/fail"
    share 10
    [ "$status" -eq 1 ]
    [ "$(live) $(memory share)" = 'blue 10' ]
    : >"$FAKE/fail"
    cp -a "$FAKE" "$FAKE.saved"
    share 10
    [ "$status" -eq 0 ]
    [ "$(live)" = both ]
    back_to "$FAKE.saved"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(pods green) $(memory share)" = 'blue 0 ' ]
}

@test "whatever fails while sharing, the live colour keeps all its pods" {
    stands
    cp -a "$FAKE" "$FAKE.saved"
    for call in 'get configmap' 'get service' 'get deployment' \
        'get horizontalpodautoscaler' 'patch horizontalpodautoscaler' \
        'scale deployment' 'rollout status' 'apply' 'patch service'; do
        back_to "$FAKE.saved"
        echo "$call" >"$FAKE/fail"
        share 10
        [ "$status" -eq 1 ]
        [ "$(live) $(pods blue)" = 'blue 8' ]
        [ -z "$(output pods)" ]
    done
}

@test "whatever failed while sharing, the rollback puts all back" {
    stands
    cp -a "$FAKE" "$FAKE.saved"
    for call in 'scale deployment' 'patch service'; do
        back_to "$FAKE.saved"
        echo "$call" >"$FAKE/fail"
        share 10
        : >"$FAKE/fail"
        run pipeline roll-back-blue-green.sh
        [ "$status" -eq 0 ]
        [ "$(live) $(pods green) $(least blue)" = 'blue 0 5' ]
    done
}

@test "a cluster that talks nonsense changes nothing" {
    stands
    echo '<html>504</html>' >"$FAKE/configmap.broxc-release-api"
    share 10
    [ "$status" -ne 0 ]
    [ "$(live)" = blue ]
    object ConfigMap broxc-release-api '.data = {active: "blue", candidate: "blue"}'
    share 10
    [ "$status" -eq 1 ]
    has 'has no canary: deploy it first'
    BRX_SHARE='50; id' run pipeline share-traffic.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = blue ]
}

@test "the first release has nobody to share with" {
    release 1.0.0 1
    [ "$status" -eq 0 ]
    [ "$(pods blue)" = 5 ]
    share 10
    [ "$status" -eq 0 ]
    has 'nothing is live yet'
    [ "$(live)" = none ]
    [ -z "$(output pods)" ]
    run pipeline switch-traffic.sh
    [ "$(live)" = blue ]
}

@test "a Service without a colour and without a share stops everything" {
    stands
    object Service api '.spec.selector = {app: "api"}'
    share 10
    [ "$status" -eq 1 ]
    has "has the colour ''"
}

@test "what comes in later is left out, and alone when its time comes" {
    BRX_LATER=$'mailer\nreport' second_release
    called 'app.kubernetes.io/name\ notin\ \(mailer\,report\)'
    BRX_ONLY=mailer BRX_COUNTS='mailer 2' run pipeline deploy-rolling.sh
    called 'app.kubernetes.io/name\ in\ \(mailer\)'
}
