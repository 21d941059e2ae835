# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# The component `release` of an overlay: what the pipeline decides, as patches.
# The facts are those of render.sh.

# brx_component IMAGES COLORS SELECTORS: as kustomize takes it.
brx_component() {
    jq -n --arg images "$1" --arg colors "$2" --arg selectors "$3" \
        --arg prometheus "$(brx_prometheus)" \
        --arg key "${BRX_COLOR_LABEL:-}" --arg folder "${BRX_IMAGE_FOLDER:-}" '
    def rows: split("\n") | map(select(. != "") | split(" "));
    def patch($kind; $name; $api; $body): {
        target: {kind: $kind, name: $name},
        patch: ({apiVersion: $api, kind: $kind, metadata: {name: $name}}
            + $body | tojson)};
    def selects($name; $key; $value):
        patch("Service"; $name; "v1"; {spec: {selector: {($key): $value}}});
    def drop($kind; $name; $api):
        patch($kind; $name; $api; {"$patch": "delete"});
    {
        apiVersion: "kustomize.config.k8s.io/v1alpha1", kind: "Component",
        images: ([$images | rows[] | .[1] | split("@")
            | {name: .[0], digest: .[1]}
            | if $folder == "" then .
              else .newName = .name | .name |= sub("/" + $folder + "/"; "/")
              end] | unique),
        patches: ([$colors | rows[] | . as [$service, $live, $idle]
            | selects($service; $key; $live),
            selects($service + "-preview"; $key; $idle),
            ("\($service)-\({blue: "green", green: "blue"}[$idle])" as $other
                | drop("Deployment"; $other; "apps/v1"),
                drop("HorizontalPodAutoscaler"; $other; "autoscaling/v2"))]
            + [$selectors | rows[] | . as [$name, $key, $value]
                | selects($name; $key; $value)]
            + (if $prometheus == "" then [] else [{
                target: {kind: "AnalysisTemplate", name: "watch|share-[0-9-]+"},
                patch: ([{op: "add", path: "/spec/args/0/value",
                    value: $prometheus}] | tojson)}] end))
    }'
}

# As the controller in the cluster reaches it.
brx_prometheus() {
    local url=${BRX_PROMETHEUS_URL:-}
    if [[ $url =~ ^cluster:([a-z0-9-]+)/([a-z0-9-]+):([0-9]+)$ ]]; then
        url=http://${BASH_REMATCH[2]}.${BASH_REMATCH[1]}.svc:${BASH_REMATCH[3]}
    fi
    printf '%s' "$url"
}
