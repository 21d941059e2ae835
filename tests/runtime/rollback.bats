# rollback-release.sh, among fake tools and with real git.
load helper
load person

facts() {
    cat <<FACTS
readonly BRX_PROJECT='shop' BRX_REPOSITORY='acme/shop' BRX_REGISTRY='shopfloor.azurecr.io'
readonly BRX_KEEP='10' BRX_VERIFY='yes' BRX_REPORT='yes' BRX_TIMEOUT='60s'
readonly BRX_DENIED='${DENIED:-}'
readonly BRX_INCIDENT='$(<"$ROOT/runtime/templates/incident.md")'
readonly BRX_FACTS='production BRX_SHORT prod
production BRX_TIER ${TIER:-production}
production BRX_CLUSTER shop-production
production BRX_RESOURCE_GROUP shop-rg
production BRX_NAMESPACE shop-production
production BRX_WAY ${WAY:-rolling}
production BRX_COLOR_LABEL broxc/colour
production BRX_SERVICES api
production BRX_REPOSITORIES api shopfloor.azurecr.io/api
production BRX_BRANCH main
production BRX_WORKFLOW cd-prod.yml
production BRX_GITHUB production
production BRX_OVERLAY overlays/production
production BRX_COUNTS api 2
${SYNCER:+production BRX_SYNCER $SYNCER
}production BRX_MIGRATIONS api one-way
production BRX_CHECKS errors|errors_percent|<|1
production BRX_TYPED ROLLBACK PRODUCTION'
FACTS
}

setup_file() {
    people rollback.sh brx_roll_back
}

# Release 3 runs, made from COMMIT; 2 is from the commit before, and 1, too.
setup() {
    export FAKE_CLUSTER=shop-production
    person_setup
    export BRX_PROMETHEUS_URL=https://prometheus.example BRX_WATCH_SECONDS=1
    export FAKE_KUSTOMIZE="$FAKE/render"
    person rollback.sh
}

begun() {
    a_project
    EARLIER=$(git rev-parse HEAD)
    kept+=(EARLIER)
    render_as 2
    answer 0.1
    deployment api api "$(image 3)"
    remember "$(record 1 1)" "$(record 2 2)" "$(record 3 3 "$COMMIT")"
}

# record NUMBER IMAGE [COMMIT]
record() {
    printf '{number: %s, version: "1.0.%s", commit: "%s", source: "s", by: "bob",
        time: "2026-01-0%sT00:00:00Z", run: "7%s", images: {api: "%s"}}' \
        "$1" "$1" "${3:-$EARLIER}" "$1" "$1" "$(image "$2")"
}

# render_as IMAGE [DEPLOYMENT]: what kustomize gives for the earlier release,
# and what the cluster takes it for.
render_as() {
    local name=${2:-api}
    cat >"$FAKE/render" <<RENDER
#!/bin/sh
cat <<YAML
kind: Deployment
metadata:
  name: $name
  namespace: shop-production
spec:
  template:
    spec:
      containers:
        - name: api
          image: $(image "$1")
YAML
RENDER
    chmod +x "$FAKE/render"
    jq -n --arg name "$name" --arg image "$(image "$1")" '{kind: "Deployment",
        metadata: {name: $name}, spec: {template: {spec: {containers:
            [{name: "api", image: $image}]}}}}' >"$FAKE/meant"
}

# What Prometheus says of the errors.
answer() {
    jq -cn --arg value "$1" '{status: "success", data: {resultType: "vector",
        result: [{value: [0, $value]}]}}' >"$FAKE/curl.answer"
}

back() {
    run typed "${WORD:-ROLLBACK PRODUCTION}" run_as_person rollback.sh "$@"
    [ -z "${SHOW:-}" ] || printf '%s\n' "$output" >&3
}

memory() {
    jq -c "[.data | to_entries[] | select(.key | startswith(\"release-\"))
        | .value | fromjson] | sort_by(.number) | $1" "$FAKE/configmap.broxc-releases"
}

serves() {
    [ "$(see Deployment api '.spec.template.spec.containers[0].image')" = "$(image "$1")" ]
}

report() {
    cat "$BRX_HOME"/shop/backups/*/incident.md
}

@test "back to the release before: saved, deployed by digest, looked at, told" {
    back prod --reason orders-are-lost
    [ "$status" -eq 0 ]
    serves 2
    has 'deployed again from its commit'
    has 'the migration of api goes one way'
    [ "$(memory 'map([.number, .restores, (.withdrawn != null)])')" = \
        '[[1,null,false],[2,null,false],[3,null,true],[4,2,false]]' ]
    [ "$(jq -r '.data.going // "none"' "$FAKE/configmap.broxc-releases")" = none ]
    jq -e '.items[0].spec.template.spec.containers[0].image | endswith("3")' \
        "$BRX_HOME"/shop/backups/*/deployments.json
    jq -e '.items | length == 1' "$BRX_HOME"/shop/backups/*/configmaps.json
    report | grep -F '| reason given | orders-are-lost |'
    report | grep -F '| from | release 3 (1.0.3'
    report | grep -F '| outcome | it is back, and well |'
    report | grep -F 'errors: as promised'
    run grep -c '@[A-Z]*@' <(report)
    [ "$output" = 0 ]
}

@test "going back twice goes further back, and never to the bad one" {
    back prod
    render_as 1
    back prod previous
    [ "$status" -eq 0 ]
    serves 1
    [ "$(memory 'last | [.number, .restores]')" = '[5,1]' ]
    back prod
    [ "$status" -eq 1 ]
    has 'no earlier release is remembered'
}

@test "a release by number, by version, and by a tag that only git knows" {
    render_as 1
    back prod revision-1
    [ "$status" -eq 0 ]
    serves 1
    render_as 2
    back prod v1.0.2
    [ "$status" -eq 0 ]
    serves 2
    git tag v0.9.0 "$EARLIER"
    mkdir -p "$FAKE/registry"
    digest 9 >"$FAKE/registry/shopfloor.azurecr.io+api:passed-production-$(git rev-parse "$EARLIER^{tree}")"
    render_as 9
    back prod v0.9.0
    [ "$status" -eq 0 ]
    serves 9
    back prod revision-77
    [ "$status" -eq 1 ]
    has 'release 77 is not remembered in production; what is:'
    has 'revision-3'
    back prod 7.7.7
    [ "$status" -eq 1 ]
    has 'v7.7.7 is neither remembered'
}

@test "the list says what runs and what was withdrawn" {
    back prod
    back prod --list
    [ "$status" -eq 0 ]
    [[ $output == *revision-4*'brings back 2, runs now'* ]]
    [[ $output == *revision-3*withdrawn* ]]
}

@test "without the words nothing moves; --yes is no way into production" {
    WORD=YES back prod
    [ "$status" -eq 4 ]
    serves 3
    back prod --yes
    [ "$status" -eq 2 ]
    back prod previous revision-1
    [ "$status" -eq 2 ]
    back prod latest
    [ "$status" -eq 2 ]
    back qa
    [ "$status" -eq 2 ]
    serves 3
    [ ! -e "$BRX_HOME/shop/backups" ]
}

@test "a rehearsal says all of it and changes nothing" {
    back prod --dry-run
    [ "$status" -eq 0 ]
    has 'would ask for: ROLLBACK PRODUCTION'
    has "would deploy $EARLIER"
    has 'it does not take back **the database of `api`**'
    serves 3
    [ ! -e "$BRX_HOME/shop/backups" ]
    [ "$(memory length)" = 3 ]
}

@test "a run that is under way, a syncer and a denied release stop it" {
    mkdir -p "$FAKE/hub"
    echo '[{"databaseId": 5, "status": "in_progress", "url": "https://u"}]' >"$FAKE/hub/busy"
    back prod
    [ "$status" -eq 1 ]
    has 'a release is under way'
    rm "$FAKE/hub/busy"
    DENIED='1.0.2 loses orders' person rollback.sh
    back prod
    [ "$status" -eq 1 ]
    has '1.0.2 is denied: loses orders'
    SYNCER=argocd person rollback.sh
    back prod
    [ "$status" -eq 1 ]
    has 'argocd owns what is in production'
    serves 3
}

@test "GitHub is down: --offline goes on" {
    echo '^gh ' >"$FAKE/fail"
    back prod
    [ "$status" -eq 1 ]
    has 'go on with --offline'
    serves 3
    back prod --offline
    [ "$status" -eq 0 ]
    serves 2
}

@test "errors after it are said, and the next run goes further back" {
    answer 7
    back prod
    [ "$status" -eq 1 ]
    has 'it is back, but not as promised'
    report | grep -F "| outcome | stopped in 'is it well', exit code 1 |"
    serves 2
    render_as 1
    answer 0
    back prod
    [ "$status" -eq 0 ]
    serves 1
}

# Two colours: green is live with release 3, blue holds what is given.
two_colours() {
    object Service api '.spec.selector = {"broxc/colour": "green"}'
    deployment api-green api "$(image 3)"
    deployment api-blue api "$(image "$1")"
    rm "$FAKE/deployment.api"
    object ConfigMap broxc-release-api ".data = {active: \"green\",
        version: \"1.0.3\", digest: \"$(digest 3)\", previous: \"blue\",
        \"previous-version\": \"1.0.2\", \"previous-digest\": \"$(digest "$1")\"}"
    WAY=blue-green person rollback.sh
}

@test "while the old colour lives, the traffic is turned back" {
    two_colours 2
    jq '.spec.replicas = 0' "$FAKE/deployment.api-blue" >"$FAKE/x"
    mv "$FAKE/x" "$FAKE/deployment.api-blue"
    back prod
    [ "$status" -eq 0 ]
    has 'the traffic of api is turned back'
    [ "$(see Service api '.spec.selector["broxc/colour"]')" = blue ]
    [ "$(see Deployment api-blue .spec.replicas)" = 2 ]
    never_called 'kubectl kustomize'
    [ "$(memory 'last | [.number, .restores]')" = '[4,2]' ]
}

@test "when another release is there, it is deployed on the idle colour" {
    two_colours 1
    render_as 2 api-blue
    back prod revision-2
    [ "$status" -eq 0 ]
    [ "$(see Service api '.spec.selector["broxc/colour"]')" = blue ]
    [ "$(see Deployment api-blue '.spec.template.spec.containers[0].image')" = "$(image 2)" ]
    [ "$(see Deployment api-green '.spec.template.spec.containers[0].image')" = "$(image 3)" ]
}

whole() {
    back prod
}

over() {
    arrived && [ "$(see ConfigMap broxc-releases '.data.going // "none"')" = none ]
}

arrived() {
    serves 2 && [ "$(memory '[last.restores, (map(select(.restores == 2)) | length)]')" = '[2,1]' ]
}

@test "whichever call goes wrong, the next run arrives at the same release" {
    each_call whole arrived ' apply | scale ' over
}
