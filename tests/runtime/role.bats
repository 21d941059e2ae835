#!/usr/bin/env bats
# The Role `deployer` against what the pipeline's scripts ask of the API server:
# nothing is missing, and nothing is there that nobody asks for. That no call is
# missing from the list here is held by the fake kubectl, which refuses, in every
# suite, what the Role does not give.

load helper

GATEWAY_API=gateway.networking.k8s.io

setup() {
    common_setup
    # shellcheck source=tests/runtime/fakes/permissions.sh
    source "$ROOT/tests/runtime/fakes/permissions.sh"
}

# SCRIPT | what stands in it | the call that comes of it
calls() {
    cat <<'TABLE'
connect.sh | kubectl get namespace "$BRX_NAMESPACE" | get namespace shop
deploy-rolling.sh | brx_get "$(brx_kind "$1")" | get deployment api
deploy-rolling.sh | brx_get "$(brx_kind "$1")" | get statefulset db
deploy-rolling.sh | brx_kubectl rollout status "$(brx_kind "$2")/${2##*/}" | rollout status deployment/api
deploy-rolling.sh | brx_kubectl rollout status "$(brx_kind "$2")/${2##*/}" | rollout status statefulset/db
deploy-rolling.sh | brx_kubectl get pods --output wide | get pods --output wide
deploy-rolling.sh | brx_kubectl get events | get events
deploy-rolling.sh | brx_kubectl scale "$(brx_kind "$1")" | scale deployment api
deploy-stateful.sh | brx_kubectl scale "$(brx_kind "$1")" | scale statefulset db
deploy-blue-green.sh | brx_get service "$1" | get service api
deploy-blue-green.sh | brx_get configmap "broxc-release-$1" | get configmap broxc-release-api
switch-traffic.sh | brx_kubectl patch service "$1" | patch service api
switch-traffic.sh | brx_get horizontalpodautoscaler "$1" | get horizontalpodautoscaler api
switch-traffic.sh | brx_kubectl patch horizontalpodautoscaler "$1" | patch horizontalpodautoscaler api
roll-back-rolling.sh | brx_kubectl rollout undo "$(brx_kind "$service")/${service##*/}" | rollout undo deployment/api
roll-back-rolling.sh | brx_kubectl rollout undo "$(brx_kind "$service")/${service##*/}" | rollout undo statefulset/db
roll-back-rolling.sh | /pods/$pod/eviction | create --filename - --raw /api/v1/namespaces/shop/pods/db-0/eviction
deploy-rolling.sh | brx_get controllerrevision "$name" | get controllerrevision db-7
run-task.sh | brx_kubectl create job "$name" --from | create job seed-1 --from cronjob/seed
deploy-argo.sh | brx_get rollout "$1" | get rollout api
deploy-argo.sh | brx_kubectl scale rollout "$service" | scale rollout api
deploy-argo.sh | brx_kubectl patch rollout "$1" | patch rollout api --subresource status
deploy-argo.sh | brx_kubectl get analysisruns | get analysisruns
rollouts.sh | brx_kubectl get rollouts.argoproj.io | get rollouts.argoproj.io
migrate.sh | brx_get job "$1" | get job api-migrate
migrate.sh | brx_kubectl create --filename - | create --filename -
migrate.sh | brx_kubectl logs "job/$1" | logs job/api-migrate
health.sh | brx_kubectl get --raw | get --raw /api/v1/namespaces/shop/services/api:80/proxy/health
test.sh | port-forward "service/$2" | port-forward service/api
TABLE
}

# What is applied: every kind of object of every tree in testdata/emit but what
# an administrator applies.
applied() {
    find "$ROOT"/testdata/emit/*/expected -path '*/kubernetes/*' \
        -name '*.yaml' -not -path '*/flat/*' -not -path '*/manifests/*' \
        -not -path '*/cluster/*' -not -path '*/patches/*' \
        -not -name kustomization.yaml -print0 |
        xargs -0 awk '
        FNR == 1 || /^---/ { kind = "" }
        /^apiVersion:/ { api = $2 }
        /^kind:/ { kind = $2; seen[api " " kind] = kind }
        /broxc\/applied-by: administrator/ { admin[kind] = 1 }
        END { for (i in seen) if (!(seen[i] in admin)) print i }' |
        grep -v "^$GATEWAY_API/" | sort -u
}

applied_permissions() {
    local api kind
    while read -r api kind; do
        printf '{"apiVersion": "%s", "kind": "%s"}\n' "$api" "$kind"
    done < <(applied) >"$FAKE/object"
    permissions "$FAKE/object" apply
}

asked() {
    local script text words asked=()
    echo '{"apiVersion":"batch/v1","kind":"Job"}' >"$FAKE/job"
    while IFS='|' read -r script text words; do
        read -ra words <<<"$words"
        permissions "$FAKE/job" "${words[@]}"
    done < <(calls)
    applied_permissions
    printf '%s\n' "${asked[@]}"
}

@test "the calls of the list stand in the scripts" {
    local script text words
    while IFS='|' read -r script text words; do
        read -r script <<<"$script"
        text=${text# }
        [[ $(assemble "$script") == *"${text% }"* ]] || {
            printf '%s does not say: %s\n' "$script" "$text" >&2
            return 1
        }
    done < <(calls)
}

@test "the Role has each verb that the scripts ask for, and no other" {
    diff -u <(asked | sort -u) <(role_rules "$ROLE")
}

@test "a gateway adds its own kinds to the Role, and nothing else" {
    local base=infrastructure/kubernetes/base/rbac.yaml emitted=$ROOT/testdata/emit
    diff <(role_rules "$emitted/workload-words/expected/$base") \
        <(role_rules "$emitted/gateway/expected/$base") >"$FAKE/added" && return 1
    diff - "$FAKE/added" --ignore-matching-lines '^[0-9,ad]*$' <<DIFFERENCE
> create $GATEWAY_API/gateways
> create $GATEWAY_API/httproutes
> patch $GATEWAY_API/gateways
> patch $GATEWAY_API/httproutes
DIFFERENCE
}

@test "the Role has no wildcard and no secrets" {
    run role_rules "$ROLE"
    [ "${#lines[@]}" -gt 20 ]
    [[ $output != *'*'* ]]
    [[ $output != *core/secrets* ]]
}

@test "a call that the Role does not give is refused" {
    export FAKE_ROLE=$ROLE
    object Deployment api '.spec.replicas = 1'
    run env PATH="$ROOT/tests/runtime/fakes:$PATH" kubectl patch serviceaccount api
    [ "$status" -ne 0 ]
    has 'the Role lacks get core/serviceaccounts'
    run env PATH="$ROOT/tests/runtime/fakes:$PATH" kubectl get deployment api
    [ "$status" -eq 0 ]
}
