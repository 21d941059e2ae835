#!/usr/bin/env bash
# What pull requests run by themselves: each job of preview.yml runs its steps in
# order, as written, among fake tools. One is opened, gets a commit, is closed;
# others are past their time, from a fork, of a robot, not well; and a namespace
# that only looks like one stays.
#
#     previews.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

broxc=$1
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
export ROOT
root=$ROOT
program=$root/testdata/emit/preview/main.brx
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"
export FAKE_KUSTOMIZE="${render[*]}" FAKE=$work/world FAKE_FROM=kiosk-dev
export GIT_CONFIG_GLOBAL=$work/gitconfig GITHUB_REPOSITORY=acme/kiosk
fakes=$root/tests/e2e/previews:$root/tests/e2e/rounds:$root/tests/e2e/world
fakes=$fakes:$root/tests/runtime/fakes
digest=sha256:$(printf '%064d' 7)
runs=0

# namespace NAME HOURS LABELS: made so long ago.
namespace() {
    mkdir -p "$FAKE/namespaces"
    jq -n --arg name "$1" --argjson time "$(($(date +%s) - $2 * 3600))" \
        --argjson labels "$3" '{metadata: {name: $name, labels: $labels,
            creationTimestamp: ($time | todate)}, status: {phase: "Active"}}' \
        >"$FAKE/namespaces/$1"
}

# preview NUMBER HOURS [HOURS]: made, and deployed to, so long ago.
preview() {
    namespace "kiosk-dev-pr-$1" "$2" \
        "{\"broxc/preview\": \"$1\", \"broxc/preview-of\": \"kiosk-dev\"}"
    [[ -n ${3:-} ]] || return 0
    touch "$FAKE/bound.kiosk-dev-pr-$1"
    jq -n --arg time "$(($(date +%s) - $3 * 3600))" '{data: {time: $time}}' \
        >"$FAKE/time.kiosk-dev-pr-$1"
}

world() {
    rm -rf "$FAKE"
    mkdir -p "$FAKE/temp"
    touch "$FAKE/calls" "$FAKE/issues" "$FAKE/comments"
    echo kiosk-dev >"$FAKE/context"
    echo "$digest" >"$FAKE/built"
    echo '{"items": [{"metadata": {"name": "kiosk"}, "status": {"conditions":
        [{"type": "Ready", "status": "True"}]}}]}' >"$FAKE/certificates"
    namespace kiosk-dev 900 '{}'
    namespace kube-system 900 '{}'
}

# starts EVENT CONTEXT
starts() {
    (cd "$work/repo" &&
        RUN_CONTEXT=$(jq -cn --arg event "$1" --argjson more "$2" \
            --arg sha "$commit" '{
            github: {event_name: $event, token: "t", event: {}, sha: $sha,
                repository: "acme/kiosk", server_url: "https://github.com",
                run_id: "9", actor: "ann"},
            inputs: {}, secrets: {}, vars: {}} * $more') \
            GITHUB_RUN_ID=$((++runs)) PATH=$fakes:$PATH \
            FAKE_ROLE=$work/role.yaml \
            node "$root/tests/tools/run_jobs.mjs" .github/workflows/preview.yml) \
        >"$work/ran"
}

asks() { # ACTION NUMBER [REPOSITORY [ACTOR]]
    starts pull_request "$(jq -cn --arg action "$1" --argjson number "$2" \
        --arg from "${3:-acme/kiosk}" --arg actor "${4:-ann}" \
        --arg sha "$commit" '{github: {actor: $actor, event: {action: $action,
            pull_request: {number: $number, head: {sha: $sha,
                repo: {full_name: $from}}}}}}')"
}

ran() { # LINE...: `JOB SCRIPT`, or `JOB skipped`; these, and no others
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

comments() { # FILTER WANTED
    checked=$((checked + 1))
    local found
    found=$(jq -cs "$1" "$FAKE/comments")
    [ "$found" = "$2" ] || fail "$1 of the comments is $found, not $2"
}

object() { # FILE FILTER WANTED
    checked=$((checked + 1))
    local found
    found=$(jq -cS "$2" "$FAKE/$1" 2>&1) || true
    [ "$found" = "$3" ] || fail "$1: $2 is $found, not $3"
}

stands() { # NAME...: these namespaces, and no others
    checked=$((checked + 1))
    diff <(printf '%s\n' "$@" | sort) <(ls "$FAKE/namespaces") ||
        fail "other namespaces than these"
}

git config --global user.email robot@example.org
git config --global user.name robot
mkdir -p "$work/repo/api" "$work/repo/web" "$work/repo/tidy"
cd "$work/repo"
git init --quiet
cp "$program" envs.brx
touch api/Dockerfile web/Dockerfile tidy/Dockerfile
"$broxc" build envs.brx -o . >"$work/said" 2>&1
git add . && git commit --quiet --message 'what it makes'
commit=$(git rev-parse HEAD)
# What is bound in a preview's namespace, as the fake reads a Role.
sed '/^---/,$d; s/^kind: ClusterRole$/kind: Role/' \
    infrastructure/kubernetes/previews/rights.yaml >"$work/role.yaml"
expect "the first of the rights is the role of releases" \
    grep -q '^kind: Role$' "$work/role.yaml"

deployed=('deploy sign-in' 'deploy build-image' 'deploy connect' 'deploy render'
    'deploy preview-render' 'deploy preview-open' 'deploy deploy-rolling'
    'deploy preview-certificates' 'deploy health')
told=('tell preview-report' 'tell comment')

# ---- opened, once more, closed ----
world
expect "a pull request is opened" asks opened 12
ran "${deployed[@]}" 'remove skipped' "${told[@]}"
stands kiosk-dev kube-system kiosk-dev-pr-12
object namespaces/kiosk-dev-pr-12 .metadata.labels '{"app.kubernetes.io/managed-by":"broxc","app.kubernetes.io/part-of":"kiosk","broxc/preview":"12","broxc/preview-of":"kiosk-dev","pod-security.kubernetes.io/audit":"restricted","pod-security.kubernetes.io/audit-version":"v1.33","pod-security.kubernetes.io/enforce":"restricted","pod-security.kubernetes.io/enforce-version":"v1.33","pod-security.kubernetes.io/warn":"restricted","pod-security.kubernetes.io/warn-version":"v1.33"}'
object deployment.api '[.metadata.namespace, .spec.replicas,
    .spec.template.spec.containers[0].image]' \
    "[\"kiosk-dev-pr-12\",1,\"kiosk.azurecr.io/previews/api@$digest\"]"
object ingress.web '[.spec.rules[].host]' \
    '["pr-12.dev.kiosk.example","pr-12.shop.dev.kiosk.example"]'
object ingress.web '[.spec.tls[].hosts[]]' \
    '["pr-12.dev.kiosk.example","pr-12.shop.dev.kiosk.example"]'
object certificate.kiosk .spec.dnsNames \
    '["pr-12.api.dev.kiosk.example","pr-12.dev.kiosk.example","pr-12.shop.dev.kiosk.example"]'
object cronjob.tidy .spec.suspend true
expect "what it is told of its host is its own" grep -qrF \
    '"https://pr-12.dev.kiosk.example"' "$FAKE" --include='configmap.api-config*'
expect "secrets come through the store of previews" test "$(jq -c \
    .spec.secretStoreRef "$FAKE"/externalsecret.*)" \
    = '{"kind":"ClusterSecretStore","name":"kiosk-dev-previews"}'
for kind in horizontalpodautoscaler. poddisruptionbudget. secretstore. role. \
    ingress.redirect namespace. serviceaccount.vault; do
    expect "there is no $kind" test -z "$(find "$FAKE" -maxdepth 1 -name "$kind*")"
done
object resourcequota.total '[.metadata.namespace,
    .metadata.labels["broxc/applied-by"], .spec.hard.pods]' \
    '["kiosk-dev-pr-12",null,"12"]'
object limitrange.defaults '[.metadata.namespace, (.spec.limits | length > 0)]' \
    '["kiosk-dev-pr-12",true]'
expect "it is bounded before anything runs there" test \
    "$(grep -nE 'limits.json' "$FAKE/calls" | head -n 1 | cut -d : -f 1)" -lt \
    "$(grep -nE 'apply .*--server-side' "$FAKE/calls" | tail -n 1 | cut -d : -f 1)"
asked '--tag kiosk.azurecr.io/previews/api:source-'
asked 'https://pr-12.dev.kiosk.example/health'
never_asked 'https://dev.kiosk.example'
never_asked '--namespace kiosk-dev '
comments 'map(.body | startswith("<!-- broxc: preview -->\n")
    and contains("<https://pr-12.dev.kiosk.example>"))' '[true]'
expect "its next commit" asks synchronize 12
ran "${deployed[@]}" 'remove skipped' "${told[@]}"
comments length 1
stands kiosk-dev kube-system kiosk-dev-pr-12
preview 13 1
expect "it is closed" asks closed 12
ran 'deploy skipped' 'remove connect' 'remove preview-remove' "${told[@]}"
stands kiosk-dev kube-system kiosk-dev-pr-13
comments 'map(.body | contains("is gone"))' '[true]'
expect "it is closed twice" asks closed 12
stands kiosk-dev kube-system kiosk-dev-pr-13

# ---- by the clock ----
world
preview 1 100 47
preview 2 100 49
preview 3 50
preview 4 40
namespace kiosk-dev-pr-5 900 '{}'
namespace kiosk-dev-pr-6 900 '{"broxc/preview": "7", "broxc/preview-of": "kiosk-dev"}'
namespace kiosk-dev-x 900 '{"broxc/preview": "x", "broxc/preview-of": "kiosk-dev"}'
namespace other-pr-8 900 '{"broxc/preview": "8", "broxc/preview-of": "other"}'
expect "the clock removes what is over" starts schedule '{}'
ran 'deploy skipped' 'remove connect' 'remove preview-remove' 'tell skipped'
stands kiosk-dev kube-system kiosk-dev-pr-1 kiosk-dev-pr-4 kiosk-dev-pr-5 \
    kiosk-dev-pr-6 kiosk-dev-x other-pr-8

# ---- who starts none ----
world
for who in 'eve/kiosk eve' 'acme/kiosk dependabot[bot]'; do
    for action in opened synchronize closed; do
        # shellcheck disable=SC2086
        expect "$action by $who" asks $action 12 $who
        ran 'deploy skipped' 'remove skipped' 'tell skipped'
    done
done
expect "no tool was called" test ! -s "$FAKE/calls"

# ---- what is not well ----
world
touch "$FAKE/broken.web"
expect "a service that does not come up" test "$(asks opened 12; echo $?)" = 1
ran "${deployed[@]:0:7}" 'remove skipped' "${told[@]}"
comments 'map(.body | contains("is not well: [the run](https://github.com/acme/kiosk/actions/runs/9)"))' '[true]'
rm "$FAKE/broken.web"
expect "its next commit is well" asks synchronize 12
comments 'map(.body | contains("<https://pr-12.api.dev.kiosk.example>"))' '[true]'

world
jq -n '{items: [{metadata: {name: "kiosk"}, status: {conditions: [{type: "Ready",
    status: "False", message: "too many certificates"}]}}]}' \
    >"$FAKE/certificates"
expect "no certificate" test "$(asks opened 12; echo $?)" = 1
ran "${deployed[@]:0:8}" 'remove skipped' "${told[@]}"
expect "it says why" grep -q 'too many certificates' "$work/ran"

world
namespace kiosk-dev-pr-12 1 '{"team": "blue"}'
expect "a namespace of somebody else" test "$(asks opened 12; echo $?)" = 1
expect "it says so" grep -q 'is no preview' "$work/ran"
never_asked '--namespace kiosk-dev-pr-12 apply'
expect "closing leaves it" asks closed 12
stands kiosk-dev kube-system kiosk-dev-pr-12
finish "previews"
