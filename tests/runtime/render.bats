# render.sh, with the real kustomize where this machine has one.
load helper

setup() {
    common_setup
    export BRX_OVERLAY=over/production BRX_IMAGES
    BRX_IMAGES="api shop.example/api@$(digest 1)
web shop.example/web@$(digest 2)"
    find_kustomize
    mkdir -p over/base "$BRX_OVERLAY"
    deployment() {
        printf -- '---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: %s\nspec:\n  template:\n    spec:\n      containers:\n      - name: %s\n        image: shop.example/%s\n' "$1" "$2" "$2"
    }
    service() {
        printf -- '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: %s\nspec:\n  selector:\n    app: %s\n    acme.example/color: blue\n' "$1" "$1"
    }
    {
        deployment api-blue api
        deployment api-green api
        deployment web web
        service api
        service api-preview
        printf -- '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: api-blue\nspec:\n  maxReplicas: 3\n'
        printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: text\ndata:\n  a: |\n    metadata:\n      namespace: evil\n'
    } >over/base/all.yaml
    echo 'resources: [all.yaml]' >over/base/kustomization.yaml
    cat >"$BRX_OVERLAY/kustomization.yaml" <<'Y'
namespace: shop-production
resources: [../../base]
components: [release]
Y
    sed -i 's|../../base|../base|' "$BRX_OVERLAY/kustomization.yaml"
}

# Components came with kustomize 3.7; kubectl carries that since 1.21.
find_kustomize() {
    local tool
    mkdir -p probe/part
    printf 'configMapGenerator: [{name: a}]\ncomponents: [part]\n' \
        >probe/kustomization.yaml
    printf 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: a-\n' \
        >probe/part/kustomization.yaml
    for tool in 'kustomize build' 'kubectl kustomize'; do
        if $tool probe >/dev/null 2>&1; then
            export FAKE_KUSTOMIZE=$tool
            return
        fi
    done
}

need_kustomize() {
    [[ -n ${FAKE_KUSTOMIZE:-} ]] ||
        skip "neither kustomize nor a kubectl that knows components is here"
}

@test "each service gets its digest" {
    need_kustomize
    run pipeline render.sh
    [ "$status" -eq 0 ]
    rendered=$(output rendered)
    grep -qF "image: shop.example/api@$(digest 1)" "$rendered"
    grep -qF "image: shop.example/web@$(digest 2)" "$rendered"
    [ "$(grep -c 'kind: Deployment' "$rendered")" -eq 3 ]
}

@test "the live colour is left out and the selectors stay" {
    need_kustomize
    BRX_COLORS='api blue green' run pipeline render.sh
    [ "$status" -eq 0 ]
    rendered=$(output rendered)
    grep -q 'name: api-green' "$rendered"
    run grep -c 'name: api-blue' "$rendered"
    [ "$output" = 0 ]
    selects() { awk -v name="$1" '/^  name: / { now = $2 }
        /acme.example/ { colour[now] = $2; last = $2 }
        /^---/ { if (now == name) print last; last = "" }
        END { if (now == name) print last }' "$rendered"; }
    [ "$(selects api)" = blue ]
    [ "$(selects api-preview)" = green ]
}

@test "the first release makes one colour alone and has no traffic yet" {
    need_kustomize
    BRX_COLORS='api none blue' run pipeline render.sh
    [ "$status" -eq 0 ]
    rendered=$(output rendered)
    grep -q 'acme.example/color: none' "$rendered"
    grep -q 'name: api-blue' "$rendered"
    run grep -c 'name: api-green' "$rendered"
    [ "$output" = 0 ]
}

@test "an overlay without the component does not pass" {
    need_kustomize
    sed -i '/components/d' "$BRX_OVERLAY/kustomization.yaml"
    run pipeline render.sh
    [ "$status" -eq 1 ]
    has 'list the component'
    [ -z "$(output rendered)" ]
}

@test "an overlay of another namespace does not pass" {
    need_kustomize
    sed -i 's/shop-production/shop-staging/' "$BRX_OVERLAY/kustomization.yaml"
    run pipeline render.sh
    [ "$status" -eq 1 ]
    has "is for 'shop-staging'"
}

@test "images without a digest never get that far" {
    for line in 'api shop.example/api:v1' 'api shop.example/api@sha256:1' \
        'api $(id)@sha256:x' 'api'; do
        BRX_IMAGES=$line run pipeline render.sh
        [ "$status" -eq 1 ]
        [ ! -e "$BRX_OVERLAY/release" ]
    done
    never_called kustomize
}

@test "an overlay that cannot be rendered is a failure" {
    echo kustomize >"$FAKE/fail"
    run pipeline render.sh
    [ "$status" -eq 1 ]
    [ -z "$(output rendered)" ]
}

@test "what Argo added to a selector stays, and its analyses get an address" {
    need_kustomize
    {
        printf -- '---\napiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata:\n  name: share-2-5\nspec:\n  args:\n  - name: prometheus\n  - name: hash\n'
        printf -- '---\napiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata:\n  name: own\nspec:\n  args:\n  - name: prometheus\n'
    } >>over/base/all.yaml
    BRX_SELECTORS='api rollouts-pod-template-hash 5d8f' \
        BRX_PROMETHEUS_URL=cluster:monitoring/prometheus:9090 \
        run pipeline render.sh
    [ "$status" -eq 0 ]
    rendered=$(output rendered)
    [ "$(grep -c 'rollouts-pod-template-hash: 5d8f' "$rendered")" -eq 1 ]
    [ "$(grep -c 'value: http://prometheus.monitoring.svc:9090' "$rendered")" -eq 1 ]
    [ "$(grep -c 'kind: Deployment' "$rendered")" -eq 3 ]
}
