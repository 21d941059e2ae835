# What goes round by the clock: start-round.sh, drift.sh, rotation.sh,
# settings-drift.sh, and issue.sh, which tells.
load helper

ROLE=$ROOT/testdata/emit/hosting/expected/infrastructure/kubernetes/base/rbac.yaml

setup() {
    common_setup
    export GH_TOKEN=t BRX_WORKFLOW=cd-prod.yml BRX_OVERLAY=overlays/production
    export BRX_VAULT=shop-kv BRX_PERIOD=2592000
    export BRX_SECRETS=$'database-url\njwt-key\nmail-key'
    export BRX_LABEL=drift BRX_SUBJECT=production BRX_VERDICT=found
    export BRX_TITLE='production differs' BRX_ADVICE='Look.' BRX_FINDINGS='- `x`'
}

# A release of the newest commit, which an overlay of JSON stands in.
released() {
    a_commit
    mkdir -p overlays/production
    touch overlays/production/kustomization.yaml
    git add . && git commit --quiet --message overlay
    object ConfigMap broxc-releases "{data: {\"release-3\":
        ({number: 3, version: \"1.2.3\", commit: \"$(git rev-parse HEAD)\",
          time: \"2027-01-01T00:00:00Z\", images: {api: \"r.example/api@$(digest 3)\"}}
        | tojson)}}"
    echo '[]' >"$FAKE/gh.answer"
    printf '%s\n' '#!/usr/bin/env bash' 'cp -r "$1" "$FAKE/overlay"' \
        'cat "$FAKE/objects"' >"$FAKE/kustomize"
    chmod +x "$FAKE/kustomize"
    export FAKE_KUSTOMIZE=$FAKE/kustomize
    jq -n '("api-blue", "api-green") as $name | {kind: "Deployment",
        apiVersion: "apps/v1", metadata: {$name}}' >"$FAKE/objects"
    jq -n '{kind: "Ingress", apiVersion: "networking.k8s.io/v1",
        metadata: {name: "api"}}, {kind: "Role", metadata: {name: "deployer",
            labels: {"broxc/applied-by": "administrator"}}}' >>"$FAKE/objects"
}

differs() {
    cat >"$FAKE/diff" <<'DIFF'
diff -U0 -N /tmp/LIVE-1/apps.v1.Deployment.shop-production.api /tmp/MERGED-2/apps.v1.Deployment.shop-production.api
--- /tmp/LIVE-1/apps.v1.Deployment.shop-production.api	2027-01-01
+++ /tmp/MERGED-2/apps.v1.Deployment.shop-production.api	2027-01-01
@@ -6 +6 @@
-  generation: 5
+  generation: 6
@@ -40,2 +40,2 @@
-          image: r.example/api:typed-by-hand
+          image: r.example/api@sha256:3
-        - name: PASSWORD
-          value: hunter2
@@ -60 +60,0 @@
-        - --verbose
diff -U0 -N /tmp/LIVE-1/v1.Service.shop-production.api.v2 /tmp/MERGED-2/v1.Service.shop-production.api.v2
--- /tmp/LIVE-1/v1.Service.shop-production.api.v2	1970-01-01
+++ /tmp/MERGED-2/v1.Service.shop-production.api.v2	2027-01-01
@@ -0,0 +1,9 @@
+apiVersion: v1
+kind: Service
diff -U0 -N /tmp/LIVE-1/apps.v1.Deployment.shop-production.web /tmp/MERGED-2/apps.v1.Deployment.shop-production.web
--- /tmp/LIVE-1/apps.v1.Deployment.shop-production.web	2027-01-01
+++ /tmp/MERGED-2/apps.v1.Deployment.shop-production.web	2027-01-01
@@ -6 +6 @@
-  generation: 5
+  generation: 6
DIFF
}

@test "each environment whose time it is is started, on its branch" {
    export BRX_WORKFLOW=drift.yml BRX_SCHEDULE='0 5 * * *'
    export BRX_ROUNDS=$'dev develop 0 5 * * *\nprod main 0 */6 * * *\nstaging release/next 0 5 * * *'
    run pipeline start-round.sh
    [ "$status" -eq 0 ]
    called 'gh workflow run drift.yml --repo acme/shop --ref develop --raw-field environment=dev'
    called '--ref release/next --raw-field environment=staging'
    never_called environment=prod
    echo 'environment=dev' >"$FAKE/fail"
    run pipeline start-round.sh
    [ "$status" -eq 1 ]
    has 'not started: dev; does each'
    BRX_SCHEDULE='1 1 1 1 1' run pipeline start-round.sh
    [ "$status" -eq 1 ]
    has 'no environment has'
}

@test "a cluster that holds what was released is clean" {
    released
    run pipeline drift.sh
    [ "$status" -eq 0 ]
    [ "$(output verdict)" = clean ]
    [ -z "$(output findings)" ]
    called 'diff --server-side --force-conflicts --field-manager=broxc'
    [ "$(jq -c '[.items[] | .metadata.name]' "$FAKE/compared")" = '["api-blue","api-green","api"]' ]
    jq -e '.images[0].digest | endswith("3")' "$FAKE/overlay/release/kustomization.yaml"
    [ "$(git worktree list | wc -l)" -eq 1 ]
    [ -z "$(git status --porcelain --untracked-files=no)" ]
}

@test "what differs is told by names, never by values" {
    released
    differs
    run pipeline drift.sh
    [ "$status" -eq 0 ]
    [ "$(output verdict)" = found ]
    [ "$(output findings)" = '- `Deployment api`: `image`, `name`, `value`, an entry of a list
- `Service api.v2`: is not there' ]
    [[ $output != *hunter2* ]]
}

@test "the colour without traffic is left out, the selectors are the traffic's" {
    released
    BRX_COLORS='api green blue' run pipeline drift.sh
    [ "$status" -eq 0 ]
    [ "$(jq -c '[.items[] | .metadata.name]' "$FAKE/compared")" = '["api-green","api"]' ]
    jq -r '.patches[].patch' "$FAKE/overlay/release/kustomization.yaml" |
        grep -qF '"name":"api"},"spec":{"selector":{"acme.example/color":"green"}}'
}

@test "during a release, and before the first, nothing is compared" {
    released
    echo '[{"databaseId": 5, "status": "in_progress", "url": "u"}]' >"$FAKE/gh.answer"
    run pipeline drift.sh
    [ "$status" -eq 0 ]
    has 'a release is under way'
    echo '[]' >"$FAKE/gh.answer"
    object ConfigMap broxc-releases '{data: {going: "{\"to\": 2}"}}'
    run pipeline drift.sh
    [ "$status" -eq 0 ]
    has 'somebody is going back'
    rm "$FAKE/configmap.broxc-releases"
    run pipeline drift.sh
    [ "$status" -eq 0 ]
    has 'no release yet'
    never_called 'kubectl diff'
    [ -z "$(output verdict)" ]
}

@test "a cluster that cannot be compared fails, and is not clean" {
    released
    echo 2 >"$FAKE/diff.code"
    run pipeline drift.sh
    [ "$status" -eq 1 ]
    has 'cannot be compared with release 3 (1.2.3'
    [ -z "$(output verdict)" ]
    echo 1 >"$FAKE/gh.code"
    run pipeline drift.sh
    [ "$status" -eq 1 ]
    has 'does not say what is running'
}

@test "secrets that are old, missing or off are told" {
    jq -n --arg new "$(date -u +%Y-%m-%dT%H:%M:%S+00:00)" '[
        {name: "database-url", attributes: {enabled: true, updated: $new}},
        {name: "jwt-key", attributes: {enabled: true, updated: "2025-01-02T03:04:05+00:00"}},
        {name: "other", attributes: {enabled: true, updated: "2001-01-02T03:04:05+00:00"}}]' \
        >"$FAKE/az.answer"
    run pipeline rotation.sh
    [ "$status" -eq 0 ]
    [ "$(output verdict)" = found ]
    output findings | grep -qxE -- '- `jwt-key` is [0-9]{3,} days old, of 30; changed last on 2025-01-02'
    output findings | grep -qxF -- '- `mail-key` is not in the vault'
    [ "$(output findings | wc -l)" -eq 2 ]
    called 'az keyvault secret list --vault-name shop-kv'
    BRX_SECRETS=database-url run pipeline rotation.sh
    [ "$status" -eq 0 ]
    [[ $output == *'is young enough'* ]]
}

@test "a vault that gives no answer fails" {
    echo '<html>' >"$FAKE/az.answer"
    run pipeline rotation.sh
    [ "$status" -eq 1 ]
    has 'which secrets shop-kv has is not known'
    echo '[{"name": "jwt-key", "attributes": {"updated": "soon"}}]' >"$FAKE/az.answer"
    run pipeline rotation.sh
    [ "$status" -eq 1 ]
    has 'cannot be read'
}

@test "settings: the same, another, no token, a failure" {
    export BRX_APPLY=$FAKE/apply
    for code in 0 3 1; do
        printf 'echo "ruleset differs, %s"\nexit %s\n' "$code" "$code" >"$BRX_APPLY"
        run pipeline settings-drift.sh
        [ "$status" -eq $((code == 1)) ]
    done
    [ "$(grep -cE '^(clean|found)$' "$FAKE/output")" -eq 2 ]
    grep -qxF '    ruleset differs, 3' "$FAKE/output"
    : >"$FAKE/output"
    GH_TOKEN='' run pipeline settings-drift.sh
    [ "$status" -eq 0 ]
    has 'BRX_SETTINGS_TOKEN is missing'
    [ ! -s "$FAKE/output" ]
}

# issues JSON...: those that are open.
issues() {
    printf '%s\n' "$@" | jq -cs '[.]' >"$FAKE/gh.1"
    echo '{"html_url": "https://hub.example/9"}' >"$FAKE/gh.2"
    rm -f "$FAKE/gh.count"
}

issue() { # NUMBER AUTHOR BODY
    jq -cn --arg body "$3" --arg login "$2" \
        "{number: $1, user: {login: \$login}, body: \$body}"
}

@test "an issue is opened, then rewritten, then closed" {
    local mark='<!-- broxc: drift/production -->'
    issues
    BRX_LABELS='env: production' run pipeline issue.sh
    [ "$status" -eq 0 ]
    called 'repos/acme/shop/issues\?state=open\&labels=drift\&per_page=100'
    called '--method POST repos/acme/shop/issues --input -'
    [ "$(jq -c '[.title, .labels]' "$FAKE/gh.stdin")" = '["production differs",["drift","env: production"]]' ]
    [ "$(jq -r .body "$FAKE/gh.stdin" | head -n 4)" = "$mark"$'\n- `x`\n\nLook.' ]
    issues "$(issue 8 'github-actions[bot]' "$mark")" "$(issue 5 eve "$mark")" \
        "$(issue 6 'github-actions[bot]' "$mark old")" \
        "$(issue 4 'github-actions[bot]' '<!-- broxc: drift/staging -->')"
    run pipeline issue.sh
    [ "$status" -eq 0 ]
    called '--method PATCH repos/acme/shop/issues/6 --input -'
    rm "$FAKE/gh.count"
    BRX_VERDICT=clean BRX_FINDINGS='' run pipeline issue.sh
    [ "$status" -eq 0 ]
    [ "$(jq -r .state "$FAKE/gh.stdin")" = closed ]
}

@test "a clean round without an issue changes nothing, a refusal fails" {
    issues
    BRX_VERDICT=clean BRX_FINDINGS='' run pipeline issue.sh
    [ "$status" -eq 0 ]
    never_called --method
    issues
    echo 1 >"$FAKE/gh.code.2"
    echo 'gh: Issues are disabled (HTTP 410)' >"$FAKE/gh.error"
    run pipeline issue.sh
    [ "$status" -eq 1 ]
    has 'refused to open an issue (HTTP 410)'
    BRX_SUBJECT='x -->' run pipeline issue.sh
    [ "$status" -eq 1 ]
}
