# health.sh and watch.sh.
load helper
setup() {
    common_setup
    export BRX_DEPLOYMENTS=api-green BRX_IMAGES
    BRX_IMAGES="api shop.example/api@$(digest 1)"
    well
}

well() {
    object Deployment api-green ".spec = {replicas: 3, template: {spec:
        {containers: [{image: \"${BRX_IMAGES#* }\"}]}}}
        | .metadata.generation = 4 | .status = {observedGeneration: 4,
            replicas: 3, updatedReplicas: 3, readyReplicas: 3}"
}

but() {
    well
    jq "$1" "$FAKE/deployment.api-green" >"$FAKE/x"
    mv "$FAKE/x" "$FAKE/deployment.api-green"
}

@test "a well release with addresses passes" {
    echo -n 204 >"$FAKE/curl.answer"
    echo ok >"$FAKE/raw"
    export BRX_URLS=$'https://api.example.org/health\nhttps://example.org/'
    BRX_PROBES='api-preview 3000 /health/ready' run pipeline health.sh
    [ "$status" -eq 0 ]
    called '--proto =https'
    called 'services/http:api-preview:3000/proxy/health/ready'
}

@test "each way of being unwell is named" {
    but '.status.readyReplicas = 2' && run pipeline health.sh
    [ "$status" -eq 1 ] && has 'has 2 of 3 ready'
    but 'del(.status)' && run pipeline health.sh
    [ "$status" -eq 1 ] && has 'was not noticed yet'
    but '.spec.replicas = 0' && run pipeline health.sh
    [ "$status" -eq 1 ] && has 'has no pods'
    but '.status.replicas = 4' && run pipeline health.sh
    [ "$status" -eq 1 ]
    but '.spec.template.spec.containers[0].image = "old"' && run pipeline health.sh
    [ "$status" -eq 1 ] && has 'runs another image'
    rm "$FAKE/deployment.api-green" && run pipeline health.sh
    [ "$status" -eq 1 ] && has 'does not exist'
}

@test "addresses that redirect, fail or are no https are not well" {
    for code in 301 404 503 000; do
        echo -n $code >"$FAKE/curl.answer"
        BRX_URLS=https://example.org/ run pipeline health.sh
        [ "$status" -eq 1 ]
        has 'does not answer well'
    done
    echo -n 200 >"$FAKE/curl.answer"
    echo 6 >"$FAKE/curl.code"
    BRX_URLS=https://example.org/ run pipeline health.sh
    [ "$status" -eq 1 ]
    for url in http://example.org file:///etc/passwd '-K/etc/passwd'; do
        BRX_URLS=$url run pipeline health.sh
        [ "$status" -eq 1 ]
        has 'not an https address'
    done
}

@test "a probe inside the cluster must answer" {
    BRX_PROBES='api-preview 3000 /health' run pipeline health.sh
    [ "$status" -eq 1 ]
    has 'does not answer at /health'
}

watch() {
    export BRX_PROMETHEUS_URL=https://metrics.example.org BRX_SECONDS=60
    export BRX_CHECKS='errors|sum(rate(x{code=~"4..|5.."}[5m]))|<|0.01'
}

answer() { # FILE VALUE...
    local file=$1
    shift
    jq -n --args '{status: "success", data: {resultType: "vector",
        result: [$ARGS.positional[] | {value: [1, .]}]}}' "$@" >"$FAKE/$file"
}

@test "a promise that holds lets the release live" {
    watch
    export BRX_PROMETHEUS_TOKEN='to"ken'
    answer curl.answer 0.005 0
    run pipeline watch.sh
    [ "$status" -eq 0 ]
    [ "$(grep -c '^curl' "$FAKE/calls")" -eq 3 ]
    never_called 'ken'
    grep -qF 'Bearer to\"ken' "$FAKE/curl.stdin"
    grep -qF 'code%3D~%224..%7C5..%22' "$FAKE/curl.stdin"
}

@test "a broken promise fails at the second answer" {
    watch
    answer curl.answer 0.02
    run pipeline watch.sh
    [ "$status" -eq 1 ]
    has 'broke a promise: errors < 0.01, broken: 0.02'
    [ "$(grep -c '^curl' "$FAKE/calls")" -eq 2 ]
}

@test "one of many series is enough to break it" {
    watch
    answer curl.answer 0.001 0.5
    run pipeline watch.sh
    [ "$status" -eq 1 ]
}

@test "one bad answer is forgiven, but not at the end" {
    watch
    answer curl.answer 0 && answer curl.2 0.5
    run pipeline watch.sh
    [ "$status" -eq 0 ]
    rm "$FAKE/curl.count" "$FAKE/curl.2"
    answer curl.3 0.5
    run pipeline watch.sh
    [ "$status" -eq 1 ]
    has 'ended on a broken errors'
}

@test "no data, NaN, infinity, nonsense and silence are broken" {
    watch
    answer curl.answer
    run pipeline watch.sh
    [ "$status" -eq 1 ] && has 'no data'
    for value in NaN +Inf '' '1;2'; do
        answer curl.answer "$value"
        run pipeline watch.sh
        [ "$status" -eq 1 ]
    done
    for text in '{"status": "error", "error": "bad query"}' 'not json' ''; do
        printf '%s' "$text" >"$FAKE/curl.answer"
        run pipeline watch.sh
        [ "$status" -eq 1 ]
    done
    answer curl.answer 0
    echo 7 >"$FAKE/curl.code"
    run pipeline watch.sh
    [ "$status" -eq 1 ]
}

@test "metrics can be asked through the cluster" {
    watch
    export BRX_PROMETHEUS_URL=cluster:monitoring/prometheus:9090
    jq -n '{status: "success", data: {resultType: "scalar", result: [1, "0"]}}' >"$FAKE/raw"
    run pipeline watch.sh
    [ "$status" -eq 0 ]
    called '/api/v1/namespaces/monitoring/services/http:prometheus:9090/proxy/api/v1/query\?query='
}

@test "a check that is not one is refused before anything is watched" {
    watch
    for BRX_CHECKS in 'errors|up|<' 'errors|up|~|1' 'errors|up|<|x' 'a b|up|<|1' \
        'x[$(touch pwned)]|up|<|1' 'errors||<|1' 'errors' \
        $'errors|up|<|1\nbad'; do
        export BRX_CHECKS
        run pipeline watch.sh
        [ "$status" -eq 1 ]
        has 'not a check'
    done
    never_called curl
    [ ! -e pwned ]
}
