# The whole life of a blue-green release, on the fake cluster.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_TIMEOUT=300s BRX_SERVICES=api
    export BRX_COUNTS='api 3' BRX_KEEP_SECONDS=0 BRX_COLORS BRX_IMAGES
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
            spec: {minReplicas: 3, maxReplicas: 10}},
        {kind: "Deployment", metadata: {name: "api-\($idle)"},
            spec: {template: {spec: {containers: [{name: "api", image: $image}]}}}}
        ' >"$BRX_RENDERED"
    BRX_VERSION=$1 run pipeline deploy-blue-green.sh
}

switch() {
    run pipeline switch-traffic.sh
    BRX_SWITCHED=$(output switched)
    export BRX_SWITCHED
}

# one: 1.0.0 is live on blue; second: 1.1.0 stands on green; two: it is live.
one() { once one first_release; }
second() { once second second_release; }
two() { once two second_switch; }

first_release() {
    kept=(BRX_COLORS BRX_IMAGES BRX_SWITCHED)
    release 1.0.0 1 && switch
}

second_release() {
    kept=(BRX_COLORS BRX_IMAGES BRX_SWITCHED)
    one && release 1.1.0 2
}

second_switch() {
    kept=(BRX_COLORS BRX_IMAGES BRX_SWITCHED)
    second && switch
}

live() { see Service api '.spec.selector["acme.example/color"]'; }
memory() { see ConfigMap broxc-release-api ".data[\"$1\"] // \"\""; }

@test "the first release goes to blue, without traffic until the switch" {
    release 1.0.0 1
    [ "$status" -eq 0 ]
    [ "$(output colors)" = 'api none blue' ]
    [ "$(output deployments)" = api-blue ]
    [ "$(live)" = none ]
    [ "$(memory active)" = '' ]
    [ "$(see Deployment api-blue .spec.replicas)" = 3 ]
    switch
    [ "$status" -eq 0 ]
    [ "$(live)" = blue ]
    [ "$(memory active) $(memory version) $(memory digest)" = "blue 1.0.0 $(digest 1)" ]
    run pipeline retire.sh
    [ "$status" -eq 0 ]
    has 'no old colour'
    [ "$(see Deployment api-blue .spec.replicas)" = 3 ]
}

@test "the first release has nothing to go back to, and says so" {
    one
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    has 'no earlier colour to go back to'
    [ "$(live)" = blue ]
}

@test "a second release goes to green with as many pods as blue has" {
    one
    jq '.spec.replicas = 8' "$FAKE/deployment.api-blue" >"$FAKE/x"
    mv "$FAKE/x" "$FAKE/deployment.api-blue"
    release 1.1.0 2
    [ "$status" -eq 0 ]
    [ "$(live)" = blue ]
    [ "$(see Deployment api-green .spec.replicas)" = 8 ]
    [ "$(see HorizontalPodAutoscaler api-green .spec.minReplicas)" = 8 ]
    switch
    [ "$(live)" = green ]
    [ "$(memory previous) $(memory previous-version)" = 'blue 1.0.0' ]
    run pipeline retire.sh
    [ "$status" -eq 0 ]
    [ "$(see Deployment api-blue .spec.replicas)" = 0 ]
    [ "$(see HorizontalPodAutoscaler api-green .spec.minReplicas)" = 3 ]
}

@test "the autoscaler's maximum holds" {
    one
    jq '.spec.replicas = 12' "$FAKE/deployment.api-blue" >"$FAKE/x"
    mv "$FAKE/x" "$FAKE/deployment.api-blue"
    release 1.1.0 2
    [ "$(see HorizontalPodAutoscaler api-green .spec.minReplicas)" = 10 ]
}

@test "a rollback after the switch goes back at once" {
    two
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live)" = blue ]
    [ "$(memory active) $(memory version) $(memory digest)" = "blue 1.0.0 $(digest 1)" ]
}

@test "a second rollback does not bring the bad release back" {
    two
    run pipeline roll-back-blue-green.sh
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = blue ]
}

@test "a retired colour is woken before traffic goes back" {
    two
    run pipeline retire.sh
    [ "$(see Deployment api-blue .spec.replicas)" = 0 ]
    : >"$FAKE/calls"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live)" = blue ]
    [ "$(see Deployment api-blue .spec.replicas)" = 3 ]
    awk '/rollout status/ { w = NR } /patch service/ { p = NR } END { exit !(w < p) }' "$FAKE/calls"
}

@test "an old colour that does not wake gets no traffic" {
    two
    run pipeline retire.sh
    touch "$FAKE/broken.api-blue"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = green ]
    [ "$(memory previous)" = blue ]
}

@test "an old colour that is gone is said to be gone" {
    two
    rm "$FAKE/deployment.api-blue"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    has 'api-blue is gone'
    [ "$(live)" = green ]
}

@test "before the switch a rollback only takes the new pods away" {
    second
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    has 'all traffic is on blue; the new pods are gone'
    [ "$(live)" = blue ]
    [ "$(see Deployment api-green .spec.replicas)" = 0 ]
    [ "$(memory candidate)" = '' ]
    [ "$(memory version)" = 1.0.0 ]
}

@test "an overwritten colour is no longer a way back" {
    two && release 1.2.0 3
    [ "$(memory previous)" = '' ]
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live)" = green ]
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = green ]
}

@test "unhealthy pods never get traffic" {
    touch "$FAKE/broken.api-blue"
    release 1.0.0 1
    [ "$status" -eq 1 ]
    [ "$(live)" = none ]
    switch
    [ "$status" -eq 1 ]
    [ "$(live)" = none ]
}

@test "a switch that died in the middle gets there, or back" {
    second
    echo 'patch service' >"$FAKE/fail"
    run pipeline switch-traffic.sh
    [ "$status" -eq 1 ]
    [ "$(live) $(memory active)" = 'blue green' ]
    : >"$FAKE/fail"
    cp -a "$FAKE" "$FAKE.saved"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory active) $(memory version)" = 'blue blue 1.0.0' ]
    back_to "$FAKE.saved"
    run pipeline switch-traffic.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory active) $(memory previous)" = 'green green blue' ]
}

@test "a switch run twice does no harm" {
    two
    run pipeline switch-traffic.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory previous)" = 'green blue' ]
}

@test "nothing is switched when nothing was deployed" {
    run pipeline switch-traffic.sh
    [ "$status" -eq 1 ]
    has 'no colour ready'
}

@test "a colour moved by hand since the render stops the deploy" {
    one
    run pipeline colours.sh
    BRX_COLORS='api green blue' BRX_IMAGES="api x@$(digest 1)" BRX_VERSION=2 \
        run pipeline deploy-blue-green.sh
    [ "$status" -eq 1 ]
    has 'the live colour is not green any more'
    never_called 'patch service api --type merge --patch {}'
}

@test "traffic is believed over the memory" {
    one
    object ConfigMap broxc-release-api '.data = {active: "green"}'
    : >"$GITHUB_OUTPUT"
    run pipeline colours.sh
    [ "$status" -eq 0 ]
    has '::warning::api: traffic goes to blue'
    [ "$(output colors)" = 'api blue green' ]
}

@test "a Service without a colour, or with a strange one, stops everything" {
    object Service api '.spec.selector = {app: "api"}'
    run pipeline colours.sh
    [ "$status" -eq 1 ]
    object Service api '.spec.selector = {"acme.example/color": "$(id)"}'
    run pipeline colours.sh
    [ "$status" -eq 1 ]
    [ -z "$(output colors)" ]
}

@test "a rolling Deployment of the same name stops the first release" {
    object Deployment api '.spec.replicas = 3'
    run pipeline colours.sh
    [ "$status" -eq 1 ]
    has 'move it to colours by hand'
}

@test "a cluster that does not answer is not an empty cluster" {
    one
    echo 'get service' >"$FAKE/fail"
    : >"$GITHUB_OUTPUT"
    run pipeline colours.sh
    [ "$status" -eq 1 ]
    [ -z "$(output colors)" ]
    echo 'get configmap' >"$FAKE/fail"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = blue ]
}

@test "retiring waits for the keep time and stops after a rollback" {
    two
    export BRX_KEEP_SECONDS=1200
    BRX_SWITCHED=$(date +%s)
    run pipeline retire.sh
    [ "$status" -eq 0 ]
    grep -qE '^sleep 1(19|20)[0-9]$' "$FAKE/calls"
    release 1.2.0 3 && switch
    object Service api '.spec.selector = {"acme.example/color": "green"}'
    run pipeline retire.sh
    [ "$status" -eq 1 ]
    has 'nothing is retired'
    BRX_SWITCHED='a[$(touch pwned)]' run pipeline retire.sh
    [ "$status" -eq 1 ]
    [ ! -e pwned ]
}

@test "when one of two services fails to go back, the other still does" {
    two
    export BRX_SERVICES=$'web\napi'
    object ConfigMap broxc-release-web '.data = {active: "blue"}'
    object Service web '.spec.selector = {"acme.example/color": "blue"}'
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live)" = blue ]
    has 'web has no earlier colour'
}

@test "only the release that failed is taken back" {
    two
    BRX_VERSION=1.2.0 run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    has 'green stays: 1.2.0 changed nothing here'
    [ "$(live) $(memory version)" = 'green 1.1.0' ]
    BRX_VERSION=1.1.0 run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory version)" = 'blue 1.0.0' ]
}

@test "a candidate of the release that failed is taken back" {
    second
    BRX_VERSION=1.1.0 run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory candidate)" = 'blue ' ]
}

@test "a rollback that died in the middle gets there" {
    two
    echo 'patch service' >"$FAKE/fail"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 1 ]
    [ "$(live) $(memory active)" = 'green blue' ]
    : >"$FAKE/fail"
    run pipeline roll-back-blue-green.sh
    [ "$status" -eq 0 ]
    [ "$(live) $(memory active) $(memory version)" = 'blue blue 1.0.0' ]
}
