# deploy-stateful.sh and run-task.sh, and what rolls back a stateful set.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_TIMEOUT=300s BRX_SECONDS=30
    export BRX_COUNTS='statefulset/cache 3' BRX_SERVICES=statefulset/cache
    export BRX_TASK=seed
    labels='{labels: {"app.kubernetes.io/name": "cache"}}'
    jq -n "{kind: \"List\", items: [
        {kind: \"ConfigMap\", metadata: {name: \"cache-files-abc\"}},
        {kind: \"Service\", metadata: ({name: \"cache-peers\"} + $labels)},
        {kind: \"Service\", metadata: {name: \"api\",
            labels: {\"app.kubernetes.io/name\": \"api\"}}},
        {kind: \"StatefulSet\", metadata: ({name: \"cache\"} + $labels), spec: {}},
        {kind: \"CronJob\", metadata: {name: \"seed\"}, spec: {suspend: true}},
        {kind: \"CronJob\", metadata: {name: \"other\"}, spec: {}},
        {kind: \"Deployment\", metadata: {name: \"api\"}, spec: {}}]}" \
        >"$BRX_RENDERED"
    verdict Complete
}

verdict() {
    jq -n --arg t "$1" '{status: {conditions:
        [{type: $t, status: "True", reason: "BackoffLimitExceeded"}]}}' \
        >"$FAKE/verdict"
}

rolled() { # REVISION-NAME REVISION
    object StatefulSet cache ".spec.replicas = 3 | .status.updateRevision = \"$1\""
    object ControllerRevision "$1" ".revision = $2"
}

@test "the sets come first, with what they stand on and nothing that serves" {
    run pipeline deploy-stateful.sh
    [ "$status" -eq 0 ]
    [ "$(see StatefulSet cache .spec.replicas)" = 3 ]
    [ -e "$FAKE/configmap.cache-files-abc" ]
    [ -e "$FAKE/service.cache-peers" ]
    [ ! -e "$FAKE/service.api" ]
    [ ! -e "$FAKE/deployment.api" ]
    [ ! -e "$FAKE/cronjob.seed" ]
    called 'rollout status statefulset/cache --timeout 300s'
}

@test "what an autoscaler has decided since is not touched" {
    rolled cache-7 7
    run pipeline deploy-stateful.sh
    [ "$status" -eq 0 ]
    never_called 'scale statefulset cache'
}

@test "a set that does not come up stops the release" {
    touch "$FAKE/broken.cache"
    echo '::error::from a pod' >"$FAKE/text"
    run pipeline deploy-stateful.sh
    [ "$status" -eq 1 ]
    has 'statefulset/cache did not become healthy in 300s'
    has '::stop-commands::'
}

@test "a set goes back to its revision, and a pod that hangs is evicted" {
    rolled cache-7 7
    run pipeline revisions.sh
    [ "$status" -eq 0 ]
    [ "$(output revisions)" = 'statefulset/cache 7' ]
    rolled cache-8 8
    jq -n '{items: [{metadata: {name: "cache-2"}, status: {conditions:
            [{type: "Ready", status: "False"}]}},
        {metadata: {name: "cache-1"}, status: {conditions:
            [{type: "Ready", status: "True"}]}}]}' >"$FAKE/pods"
    BRX_REVISIONS='statefulset/cache 7' run pipeline roll-back-rolling.sh
    [ "$status" -eq 0 ]
    called 'rollout undo statefulset/cache --to-revision 7'
    called 'controller-revision-hash=cache-8'
    [ "$(jq -r .metadata.name "$FAKE/evicted")" = cache-2 ]
    never_called 'pods/cache-1/eviction'
}

@test "a set that was not there before cannot go back" {
    run pipeline revisions.sh
    [ "$(output revisions)" = 'statefulset/cache 0' ]
    rolled cache-1 1
    BRX_REVISIONS='statefulset/cache 0' run pipeline roll-back-rolling.sh
    [ "$status" -eq 1 ]
    has 'new in this release'
}

@test "a task runs from the rendered template, before anything is deployed" {
    run pipeline run-task.sh
    [ "$status" -eq 0 ]
    [ "$(see CronJob seed .spec.suspend)" = true ]
    [ ! -e "$FAKE/cronjob.other" ]
    [ ! -e "$FAKE/deployment.api" ]
    [ -e "$FAKE/configmap.cache-files-abc" ]
    called 'create job seed-77-1 --from cronjob/seed'
}

@test "after the deploy a task runs from what lies in the cluster" {
    BRX_RENDERED='' run pipeline run-task.sh
    [ "$status" -eq 0 ]
    never_called apply
    called 'create job seed-77-1 --from cronjob/seed'
}

@test "a task that fails stops the release and shows its output" {
    verdict Failed
    echo '::error::from the task' >"$FAKE/text"
    run pipeline run-task.sh
    [ "$status" -eq 1 ]
    has "the task seed-77-1 ended with 'Failed BackoffLimitExceeded'"
    has '::stop-commands::'
    has 'from the task'
}

@test "a task that the overlay lacks, or with a nasty name, is refused" {
    BRX_TASK=nothing run pipeline run-task.sh
    [ "$status" -eq 1 ]
    has 'no task nothing in the overlay'
    BRX_TASK='a;touch pwned' run pipeline run-task.sh
    [ "$status" -eq 1 ]
    [ ! -e pwned ]
    never_called 'create job'
}
