#!/usr/bin/env bash
# What goes round by the clock, and what every pull request starts: each job of
# drift.yml, rotation.yml and verify.yml runs its steps in order, as written,
# among fake tools; clean, and with something to find.
#
#     rounds.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

broxc=$1
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
export ROOT
root=$ROOT
program=$root/testdata/emit/hosting/main.brx
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"
export FAKE_KUSTOMIZE="${render[*]}" FAKE_BROXC=$broxc FAKE=$work/world
export GIT_CONFIG_GLOBAL=$work/gitconfig GITHUB_REPOSITORY=acme/kiosk
fakes=$root/tests/e2e/rounds:$root/tests/e2e/world:$root/tests/runtime/fakes
runs=0

# world ENVIRONMENT CLUSTER: nothing was asked of it yet.
world() {
    rm -rf "$FAKE"
    mkdir -p "$FAKE/temp"
    touch "$FAKE/calls" "$FAKE/issues" "$FAKE/comments"
    echo "$2" >"$FAKE/context"
    echo Active >"$FAKE/phase"
    echo '[]' >"$FAKE/az.answer"
    export FAKE_NAMESPACE=kiosk-$1
}

# starts FILE EVENT CONTEXT [FILTER]: what the event starts; FILTER changes what
# the runner knows.
starts() {
    (cd "$work/repo" &&
        RUN_CONTEXT=$(jq -cn --arg event "$2" --argjson more "$3" '{
            github: {event_name: $event, token: "t", event: {}},
            inputs: {}, secrets: {}, vars: {}} * $more') \
            GITHUB_RUN_ID=$((++runs)) PATH=$fakes:$PATH \
            node "$root/tests/tools/run_jobs.mjs" ".github/workflows/$1") \
        >"$work/ran"
}

looks() { # FILE ENVIRONMENT
    starts "$1" workflow_dispatch "{\"inputs\": {\"environment\": \"$2\"}}"
}

# ran LINE...: `JOB SCRIPT`, or `JOB skipped`; these, in this order, and no
# others.
ran() {
    checked=$((checked + 1))
    diff <(printf '%s\n' "$@") <(sed -nE \
        's/^([a-z-]+): (skipped|[a-z-]+\.sh)$/\1 \2/p' "$work/ran" |
        sed 's/\.sh$//') || fail "other steps than these, or in another order"
}

asked() { # WORDS: one of the tools was called so
    checked=$((checked + 1))
    grep -qF -- "$1" "$FAKE/calls" || fail "nobody asked: $1"
}

never_asked() {
    checked=$((checked + 1))
    ! grep -F -- "$1" "$FAKE/calls" || fail "somebody asked: $1"
}

# kept FILE FILTER WANTED: of what GitHub keeps there now, as one array.
kept() {
    checked=$((checked + 1))
    local found
    found=$(jq -cs "$2" "$FAKE/$1")
    [ "$found" = "$3" ] || fail "$1: $2 is $found, not $3"
}

# The newest commit was released to the environment.
released() {
    jq -n --arg commit "$commit" --arg digest "sha256:$(printf '%064d' 7)" '{
        kind: "ConfigMap", metadata: {name: "broxc-releases"},
        data: {"release-3": ({number: 3, version: "1.2.3", commit: $commit,
            time: "2026-01-01T00:00:00Z",
            images: {api: "kiosk.azurecr.io/api@\($digest)"}} | tojson)}}' \
        >"$FAKE/configmap.broxc-releases"
}

differs() {
    local object=apps.v1.Deployment.$FAKE_NAMESPACE.api
    printf '%s\n' "diff -U0 -N /tmp/LIVE-1/$object /tmp/MERGED-2/$object" \
        "--- /tmp/LIVE-1/$object" "+++ /tmp/MERGED-2/$object" '@@ -40 +40 @@' \
        '-          image: typed-by-hand' '+          image: released' \
        >"$FAKE/diff"
}

# secrets DAYS NAME...: which the vault has, changed so long ago.
secrets() {
    local days=$1
    shift
    jq -n --argjson time "$(($(date +%s) - days * 86400))" '[$ARGS.positional[]
        | {name: ., attributes: {enabled: true,
            updated: ($time | todate)}}]' --args "$@" >"$FAKE/az.answer"
}

git config --global user.email robot@example.org
git config --global user.name robot
git config --global advice.detachedHead false
mkdir -p "$work/repo"
cd "$work/repo"
git init --quiet
cp "$program" envs.brx
git add . && git commit --quiet --message 'the program'
"$broxc" build envs.brx -o . >"$work/said" 2>&1
git add . && git commit --quiet --message 'what it makes'
commit=$(git rev-parse HEAD)

# ---- drift: by the clock, on each branch ----
world staging kiosk-stage
expect "the clock starts a round" starts drift.yml schedule \
    '{"github": {"event": {"schedule": "0 5 * * *"}}}'
ran 'start start-round' 'look-stage skipped' 'tell-stage skipped' \
    'look-prod skipped' 'tell-prod skipped' 'look-at-settings settings-drift' \
    'tell-of-settings skipped'
asked 'gh workflow run drift.yml --repo acme/kiosk --ref release/next --raw-field environment=staging'
never_asked environment=production
expect "a clock that nobody has" test "$(starts drift.yml schedule \
    '{"github": {"event": {"schedule": "1 1 1 1 1"}}}'; echo $?)" = 1

world staging kiosk-stage
expect "before the first release" looks drift.yml staging
ran 'start skipped' 'look-stage connect' 'look-stage colours' \
    'look-stage drift' 'tell-stage skipped' 'look-prod skipped' \
    'tell-prod skipped' 'look-at-settings skipped' 'tell-of-settings skipped'
never_asked 'kubectl --namespace kiosk-staging diff'
released
expect "a cluster as it was released" looks drift.yml staging
ran 'start skipped' 'look-stage connect' 'look-stage colours' \
    'look-stage drift' 'tell-stage issue' 'look-prod skipped' \
    'tell-prod skipped' 'look-at-settings skipped' 'tell-of-settings skipped'
asked 'az aks get-credentials --only-show-errors --overwrite-existing --resource-group kiosk-stage-rg --name kiosk-stage'
asked 'gh run list --repo acme/kiosk --workflow cd-stage.yml'
asked 'kubectl --namespace kiosk-staging diff --server-side --force-conflicts --field-manager=broxc'
expect "what is compared is the release's overlay" test "$(jq -r '[.items[]
    | select(.kind == "Deployment") | .spec.template.spec.containers[].image]
    | unique[]' "$FAKE/compared")" = "kiosk.azurecr.io/api@sha256:$(printf '%064d' 7)"
expect "what an administrator applies is not" test "$(jq '[.items[] | select(
    .metadata.labels["broxc/applied-by"] == "administrator")] | length' \
    "$FAKE/compared")" = 0
never_asked '--method'

world production kiosk-prod
released
differs
expect "a cluster that was changed" looks drift.yml production
ran 'start skipped' 'look-stage skipped' 'tell-stage skipped' \
    'look-prod connect' 'look-prod colours' 'look-prod drift' \
    'tell-prod issue' 'look-at-settings skipped' 'tell-of-settings skipped'
kept issues 'map([.title, .labels])' \
    '[["production is not what was released",["drift","env: production"]]]'
kept issues 'map(.body | test("Deployment api.: .image"))' '[true]'
kept issues 'map(.body | contains("typed-by-hand"))' '[false]'
expect "it is found once more" looks drift.yml production
kept issues 'map(.state)' '[null]'
rm "$FAKE/diff"
expect "it is put right" looks drift.yml production
kept issues 'map(.state)' '["closed"]'
for verb in apply patch delete scale; do
    never_asked "kubectl --namespace kiosk-production $verb"
done

# ---- rotation ----
world staging kiosk-stage
expect "the clock starts the other round" starts rotation.yml schedule \
    '{"github": {"event": {"schedule": "30 6 * * MON-FRI"}}}'
ran 'start start-round' 'look-stage skipped' 'tell-stage skipped' \
    'look-prod skipped' 'tell-prod skipped'
asked 'gh workflow run rotation.yml --repo acme/kiosk --ref main --raw-field environment=production'
secrets 59 database-url
expect "secrets that are young enough" looks rotation.yml staging
ran 'start skipped' 'look-stage rotation' 'tell-stage issue' \
    'look-prod skipped' 'tell-prod skipped'
asked 'az keyvault secret list --vault-name kiosk-stage-kv --only-show-errors --output json'
kept issues length 0
secrets 61 database-url
expect "a secret that is due" looks rotation.yml staging
kept issues 'map([.title, .labels])' \
    '[["Secrets of staging are due",["rotation","env: staging"]]]'
kept issues 'map(.body | test("database-url. is 61 days old, of 60"))' '[true]'
secrets 1
expect "a secret that is gone" looks rotation.yml production
asked 'az keyvault secret list --vault-name kiosk-prod-kv'
kept issues 'map(.body | test("database-url. is not in the vault"))' \
    '[false,true]'
never_asked 'secret show'
echo 'no answer' >"$FAKE/az.answer"
expect "a vault without an answer fails" test "$(looks rotation.yml staging; echo $?)" = 1
ran 'start skipped' 'look-stage rotation' 'tell-stage skipped' \
    'look-prod skipped' 'tell-prod skipped'

# ---- verify: what every pull request starts ----
git init --quiet .broxc
git -C .broxc commit --quiet --allow-empty --message tool
tool=$(git -C .broxc rev-parse HEAD)
echo /.broxc >.git/info/exclude

# asks REPOSITORY: a pull request of a branch that lies there.
asks() {
    starts verify.yml pull_request "{\"github\": {\"event\": {\"pull_request\":
        {\"number\": 7, \"head\": {\"repo\": {\"full_name\": \"$1\"}}}}},
        \"vars\": {\"BROXC_REPOSITORY\": \"acme/broxc\",
            \"BROXC_COMMIT\": \"$tool\"}}"
}
everything=('generated preflight' 'generated build-broxc' 'generated report'
    'generated verify' 'verify gate')

world staging kiosk-stage
expect "a pull request" asks acme/kiosk
ran "${everything[@]}" 'review comment'
asked 'cmake -S .broxc -B'
kept comments 'map(.body | startswith("<!-- broxc: review -->\n"))' '[true]'
expect "its next commit" asks acme/kiosk
kept comments length 1
asked '--method PATCH repos/acme/kiosk/issues/comments/1 --input -'

world staging kiosk-stage
expect "a pull request from a fork" asks eve/kiosk
ran "${everything[@]}" 'review comment'
never_asked 'gh api'
expect "nobody writes for it" grep -q 'review: comment.sh' "$work/ran"

world staging kiosk-stage
expect "a push" starts verify.yml push "{\"vars\": {\"BROXC_REPOSITORY\":
    \"acme/broxc\", \"BROXC_COMMIT\": \"$tool\"}}"
ran "${everything[@]}" 'review skipped'

world staging kiosk-stage
expect "without broxc nothing passes" test "$(starts verify.yml pull_request '{}'; echo $?)" = 1
ran 'generated preflight' 'verify gate' 'scanning skipped' 'review skipped'

world staging kiosk-stage
echo '# by hand' >>infrastructure/kubernetes/base/namespace.yaml
git commit --quiet --all --message 'by hand'
expect "a tree that is not the program's" test "$(asks acme/kiosk; echo $?)" = 1
ran "${everything[@]}" 'review comment'
expect "it says which file" grep -q 'namespace.yaml. was edited by hand' "$work/ran"
expect "the gate says which job" grep -q 'not passed: generated (failure)' "$work/ran"
kept comments length 1
finish "the rounds"
