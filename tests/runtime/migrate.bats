# migrate.sh: the Job that stands in for a Deployment's container.
load helper
setup() {
    common_setup
    export BRX_RENDERED=$FAKE/rendered BRX_SERVICE=api BRX_SECONDS=30
    export BRX_COMMAND='npm run db:migrate'
    jq -n '{kind: "List", items: [
        {kind: "ConfigMap", metadata: {name: "api-config-abc"}},
        {kind: "Service", metadata: {name: "api"}},
        {kind: "Deployment", metadata: {name: "api-green"}, spec: {replicas: 3,
            template: {metadata: {labels: {"app.kubernetes.io/name": "api",
                "app.kubernetes.io/instance": "shop-production",
                "acme.example/color": "green"}},
            spec: {serviceAccountName: "api", affinity: {x: 1},
                securityContext: {runAsNonRoot: true}, containers: [
                {name: "sidecar", image: "s"},
                {name: "api", image: "api@sha256:1", args: ["serve"],
                 ports: [{containerPort: 3000}], readinessProbe: {},
                 envFrom: [{configMapRef: {name: "api-config-abc"}}],
                 securityContext: {readOnlyRootFilesystem: true}}]}}}}]}' \
        >"$BRX_RENDERED"
    verdict Complete
}

verdict() {
    jq -n --arg t "$1" '{status: {conditions:
        [{type: $t, status: "True", reason: "BackoffLimitExceeded"}]}}' >"$FAKE/verdict"
}

@test "the Job is the Deployment's container with the command" {
    run pipeline migrate.sh
    [ "$status" -eq 0 ]
    jq -e '.spec.backoffLimit == 0 and .spec.activeDeadlineSeconds == 30
        and (.spec.template.spec | .restartPolicy == "Never"
            and .securityContext.runAsNonRoot and .serviceAccountName == "api"
            and (has("affinity") | not) and (.containers | length == 1))
        and (.spec.template.spec.containers[0]
            | .command == ["/bin/sh", "-c", "npm run db:migrate"]
            and .image == "api@sha256:1" and .securityContext.readOnlyRootFilesystem
            and .envFrom[0].configMapRef.name == "api-config-abc"
            and (has("args") or has("ports") or has("readinessProbe") | not))
        and .metadata.name == "api-migrate-77-1"' "$FAKE/made"
}

@test "no Service and no budget selects its pods" {
    run pipeline migrate.sh
    jq -e '.spec.template.metadata.labels == {
        "app.kubernetes.io/name": "api-migrate",
        "app.kubernetes.io/component": "migration",
        "app.kubernetes.io/instance": "shop-production"}' "$FAKE/made"
}

@test "only what it stands on is applied before it" {
    run pipeline migrate.sh
    [ -e "$FAKE/configmap.api-config-abc" ]
    [ ! -e "$FAKE/deployment.api-green" ]
    [ ! -e "$FAKE/service.api" ]
}

@test "a migration that fails stops the release and shows its output" {
    verdict Failed
    echo '::error::from the app' >"$FAKE/text"
    run pipeline migrate.sh
    [ "$status" -eq 1 ]
    has "ended with 'Failed BackoffLimitExceeded'"
    has '::stop-commands::'
    has 'from the app'
}

@test "a migration that never ends fails" {
    echo '{"status": {}}' >"$FAKE/verdict"
    run pipeline migrate.sh
    [ "$status" -eq 1 ]
    has "'no answer'"
    [ "$(grep -c '^sleep' "$FAKE/calls")" -eq 18 ]
}

@test "a nasty command stays one argument" {
    export BRX_COMMAND=$'a "b" \'c\' $(touch pwned) `id` ${{ x }}\nsecond'
    run pipeline migrate.sh
    [ "$status" -eq 0 ]
    # Kubernetes takes `$$(` for `$(`, and would expand the other.
    want=${BRX_COMMAND//\$\(/\$\$\(}
    [ "$(jq -r '.spec.template.spec.containers[0].command[2]' "$FAKE/made")" = "$want" ]
    [ ! -e pwned ]
}

@test "a service that the overlay lacks is an error" {
    BRX_SERVICE=web run pipeline migrate.sh
    [ "$status" -eq 1 ]
    has 'no Deployment of web'
    [ ! -e "$FAKE/made" ]
}
