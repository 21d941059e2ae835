#!/usr/bin/env bash
# A release of the example goes from development to production on this machine:
# every job of every workflow runs its steps in order, as written, among fake
# tools; between them the scripts for people move it on, as written, too. At the
# end one of them says how it would go back.
#
#     release_night.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

broxc=$1
program=$2
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
export ROOT
root=$ROOT
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
# shellcheck source=tests/e2e/lib/kustomize.sh
. "$root/tests/e2e/lib/kustomize.sh"
export BRX_HOME=$work/home FAKE_REMOTE=$work/remote/broxiva/platform.git
export FAKE_KUSTOMIZE="${render[*]}" GITHUB_REPOSITORY=broxiva/platform
export GIT_CONFIG_GLOBAL=$work/gitconfig BRX_PROMETHEUS_URL=https://p.example
fakes=$root/tests/e2e/world:$root/tests/runtime/hub:$root/tests/runtime/fakes
digest=sha256:$(printf '%064d' 7)

# world ENVIRONMENT CLUSTER: its cluster; registry and hub are everybody's.
world() {
    local fake=$work/world/$1
    mkdir -p "$fake/temp" "$work/registry" "$work/hub"
    ln -s "$work/registry" "$fake/registry"
    ln -s "$work/hub" "$fake/hub"
    touch "$fake/calls"
    echo "$2" >"$fake/context"
    echo Active >"$fake/phase"
    echo ok >"$fake/raw"
    echo "$digest" >"$fake/built"
    echo 2026-01-01T00:00:00Z >"$fake/az.answer"
    echo '{"status": {"conditions": [{"type": "Complete", "status": "True"}]}}' \
        >"$fake/verdict"
}

# said PATTERN WHAT: by the script that ran last.
said() {
    checked=$((checked + 1))
    grep -qE -e "$1" "$work/said" || {
        cat "$work/said"
        fail "$2: nothing like \`$1\` was said"
    }
}

# in_world ENVIRONMENT COMMAND...
in_world() {
    local environment=$1
    shift
    FAKE=$work/world/$environment FAKE_NAMESPACE=broxiva-$environment \
        PATH=$fakes:$PATH "$@"
}

# pipeline ENVIRONMENT SHORT BRANCH: what a push to the branch starts.
pipeline() {
    rm -rf "$work/runner"
    git clone --quiet --branch "$3" "$FAKE_REMOTE" "$work/runner"
    (cd "$work/runner" &&
        RUN_CONTEXT=$(jq -cn '{
            github: {server_url: "https://github.com", token: "t",
                repository: "broxiva/platform"},
            inputs: {}, secrets: {SLACK_WEBHOOK_DEPLOYMENTS: "https://h.example",
                SLACK_WEBHOOK_INCIDENTS: "https://h.example"},
            vars: {AZURE_CLIENT_ID: "c", BRX_PROMETHEUS_URL: "https://p.example",
                BRX_SCANNER_IMAGE: "s@sha256:\("0" * 64)"}}') \
            GITHUB_REF=refs/heads/$3 GITHUB_RUN_ID=$((++runs)) \
            GITHUB_RUN_ATTEMPT=1 GITHUB_ACTOR=alice \
            GITHUB_TRIGGERING_ACTOR=alice in_world "$1" \
            node "$root/tests/tools/run_jobs.mjs" ".github/workflows/cd-$2.yml") \
        >"$work/$1.ran"
}
runs=$RANDOM

# ran ENVIRONMENT SCRIPT...: these, in this order, and no others.
ran() {
    local environment=$1
    shift
    checked=$((checked + 1))
    diff <(printf '%s\n' "$@") \
        <(sed -n 's/^[a-z0-9-]*: \([a-z-]*\)\.sh$/\1/p' "$work/$environment.ran") ||
        fail "$environment: other scripts than these, or in another order"
}

# asked ENVIRONMENT WORDS: one of its tools was called so.
asked() {
    checked=$((checked + 1))
    grep -qF -- "$2" "$work/world/$1/calls" ||
        fail "$1: nobody asked: $2"
}

promote() {
    (cd "$work/repo" && in_world "$1" infrastructure/scripts/promote-release.sh \
        "${@:2}") >"$work/said" 2>&1
}

typed() {
    local lines=$1 command
    shift
    printf -v command '%q ' "$@"
    export -f promote in_world
    export work fakes root
    SHELL=$BASH script --quiet --return --command "bash -c '${command}'" /dev/null \
        <<<"$lines" >"$work/terminal"
}

# starts ENVIRONMENT SHORT BRANCH: the pipeline of a push that is waited for.
starts() {
    export -f pipeline in_world
    export work fakes root runs
    printf '#!/usr/bin/env bash\nset -euo pipefail\npipeline %s\n' "$*" \
        >"$work/hub/on-watch"
    chmod +x "$work/hub/on-watch"
    jq -n --arg name "$1" '[("bob", "carol") as $who | {state: "approved",
        user: {login: $who, type: "User"}, environments:
            [{name: "\($name)-approval-1"}, {name: "\($name)-switch"}]}]' \
        >"$work/hub/approvals"
    rm -f "$work"/hub/status.*
}

# Somebody approves the pull request that is open.
review() {
    jq -cn --arg who "$1" --arg commit "$commit" '[{state: "APPROVED",
        commit_id: $commit, user: {login: $who, type: "User"}}]' \
        >>"$work/hub/reviews"
}

# A day goes by in staging; the reviews of before were for staging.
soaked() {
    rm "$work/hub/reviews" "$work/hub/pulls"
    remember staging '.time = "2026-01-01T00:00:00Z"'
}

# remember ENVIRONMENT FILTER: its first release, changed.
remember() {
    local file=$work/world/$1/configmap.broxc-releases
    jq ".data[\"release-1\"] |= (fromjson | $2 | tojson)" "$file" >"$file.new"
    mv "$file.new" "$file"
}

# Release 0 of production, of which nothing stands there any more.
older() {
    local file=$work/world/production/configmap.broxc-releases
    jq '.data["release-0"] = (.data["release-1"] | fromjson | .number = 0
        | .version = "0.0.0" | .images |= map_values(sub("7$"; "6")) | tojson)' \
        "$file" >"$file.new"
    mv "$file.new" "$file"
}

back() {
    (cd "$work/repo" && in_world production \
        infrastructure/scripts/rollback-release.sh "$@") >"$work/said" 2>&1
}

git config --global user.email robot@example.org
git config --global user.name robot
git config --global init.defaultBranch develop
git config --global advice.detachedHead false
world development broxiva-dev-aks
world staging broxiva-staging-aks
world production broxiva-prod-aks
git init --quiet --bare "$FAKE_REMOTE"
git init --quiet "$work/repo"
cd "$work/repo"
"$broxc" build "$program" -o . >"$work/said" 2>&1
mkdir api web
touch api/Dockerfile web/Dockerfile
git add . && git commit --quiet --message 'all of it'
git remote add origin "$FAKE_REMOTE"
git push --quiet origin HEAD:develop
git fetch --quiet
commit=$(git rev-parse HEAD)

# ---- development: built here, once ----
expect "development is released" pipeline development dev develop
ran development preflight version sign-in build-image connect revisions \
    render deploy-rolling health test sign-in tag-image tag-image connect \
    record-release notify-slack
asked development 'az aks get-credentials --only-show-errors --overwrite-existing --resource-group broxiva-dev-rg --name broxiva-dev-aks'
asked development "docker buildx imagetools create --prefer-index=false --tag broxiva.azurecr.io/api:dev-$commit broxiva.azurecr.io/api@$digest"

# ---- staging: promoted once somebody has looked at it ----
expect "nothing goes past staging" test "$(promote development development prod; echo $?)" = 2
expect "it waits for a review" test "$(promote development dev staging; echo $?)" = 3
said 'gate reviews: waiting for reviews: 0 of 1' "the reviews"
review bob
starts staging staging staging
expect "it goes to staging" promote development dev staging
said 'development -> staging: release 1' "the promotion"
ran staging preflight version sign-in resolve-digest connect colours render \
    migrate deploy-blue-green health connect test connect test connect \
    switch-traffic health connect watch sign-in tag-image tag-image connect \
    record-release connect retire notify-slack
asked staging 'kubectl --namespace broxiva-staging patch service api --type merge'
asked staging 'npm run test:integration BRX_URL=http://127.0.0.1:18001'
asked staging 'k6 run tests/load.js'
expect "nothing is built twice" \
    test "$(cat "$work"/world/*/calls | grep -c 'buildx build')" = 2

# ---- production: soaked, reviewed by two, a word typed, approved by two ----
expect "it soaks first" test "$(promote staging staging prod; echo $?)" = 3
said 'gate soak: waiting until 20.*Z: it runs in staging for 0 of 1440 minutes' "the soak"
soaked
expect "it waits for two reviews" test "$(promote staging staging prod; echo $?)" = 3
review bob
review carol
starts production prod main
expect "without the word it stays" test "$(promote staging staging prod; echo $?)" = 4
expect "it goes to production" typed YES promote staging staging prod
said 'gate reviews: passed: by bob, carol' "the reviews"
said 'staging -> production: release 1' "the promotion"
ran production preflight version sign-in resolve-digest soak sign-in \
    scan-image approvers connect colours render migrate deploy-blue-green \
    health connect test approvers connect switch-traffic health connect \
    watch sign-in tag-image tag-image connect record-release tag-release \
    connect retire notify-slack
asked production 'az acr repository update --only-show-errors --name broxiva --image api:v0.0.1 --write-enabled false'
for name in "dev-$commit" v0.0.1 "passed-production-$(git rev-parse 'HEAD^{tree}')"; do
    expect "$name is the image that was built" \
        test "$(<"$work/registry/broxiva.azurecr.io+web:$name")" = "$digest"
done
expect "main stands at the commit" \
    test "$(git --git-dir "$FAKE_REMOTE" rev-parse main 'v0.0.1^{commit}' | sort -u)" = "$commit"

# ---- and back: an older release is remembered, the script says the way ----
older
expect "the way back is told" back prod --dry-run
said 'to   release 0 .0.0.0, commit' "the goal"
# shellcheck disable=SC2016 # a name, no command
said 'it does not take back the database of `api`' "what stays"
said 'would ask for: ROLLBACK PRODUCTION' "the words"
said 'would deploy' "the road"
said 'would look at the pods, the addresses and the errors' "the check"
finish "a release night"
