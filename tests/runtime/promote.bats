# promote-release.sh, among fake tools and with real git.
load helper
load person

facts() {
    cat <<FACTS
readonly BRX_PROJECT='shop' BRX_REPOSITORY='acme/shop' BRX_REGISTRY='shopfloor.azurecr.io'
readonly BRX_DENIED='${DENIED:-}'
readonly BRX_EDGES='development staging
staging production'
readonly BRX_NEVER='development production'
readonly BRX_EDGE_FACTS='development staging BRX_TIER staging
staging production BRX_TIER production
staging production BRX_HEALTHY yes
staging production BRX_SOAK_SECONDS 3600
staging production BRX_APPROVALS 2
staging production BRX_TYPED YES
staging production BRX_REVIEWS ${REVIEWS:-0}
${FREEZE:+staging production BRX_FREEZES $FREEZE
}staging production BRX_TAGS yes
staging production BRX_NOTIFY deployments'
readonly BRX_FACTS='development BRX_SHORT dev
staging BRX_SHORT stage
staging BRX_CLUSTER shop-staging
staging BRX_RESOURCE_GROUP shop-rg
staging BRX_NAMESPACE shop-staging
staging BRX_WAY rolling
staging BRX_SERVICES api
staging BRX_REPOSITORIES api shopfloor.azurecr.io/api
staging BRX_BRANCH staging
staging BRX_WORKFLOW cd-staging.yml
production BRX_SHORT prod
production BRX_BRANCH main
production BRX_WORKFLOW cd-prod.yml'
FACTS
}

setup_file() {
    people promote.sh brx_promote
}

setup() {
    export FAKE_CLUSTER=shop-staging
    person_setup
    export FAKE_NAMESPACE=shop-staging
    person promote.sh
}

begun() {
    a_project
    deployment api api "$(image 1)"
    passed 2026-01-01T00:00:00Z
    mkdir "$FAKE/registry"
    digest 1 >"$FAKE/registry/shopfloor.azurecr.io+api:passed-staging-$SOURCE"
}

# passed TIME: the release that runs in staging, as its pipeline wrote it down.
passed() {
    remember "{number: 4, version: \"1.0.0-rc.4\", commit: \"$COMMIT\",
        source: \"$SOURCE\", time: \"$1\", by: \"alice\", run: \"70\",
        images: {api: \"$(image 1)\"}}"
}

promote() {
    local words
    read -ra words <<<"$*"
    run typed "${WORD:-YES}" run_as_person promote.sh "${words[@]}"
    [ -z "${SHOW:-}" ] || printf '%s\n' "$output" >&3
}

# The release is in production, once and not by force.
arrived() {
    [ "$(tip heads/main)" = "$COMMIT" ]
    [ "$(tip 'tags/v0.0.1^{commit}')" = "$COMMIT" ]
    [ "$(events promoted)" -ge 1 ]
    never_called '--force-with-lease'
    never_called 'push --force'
}

events() {
    jq -s --arg event "$1" 'map(select(.event == $event)) | length' \
        "$BRX_HOME/shop/audit.jsonl"
}

# Nothing moved, nothing was tagged.
stayed() {
    [ "$(tip heads/main)" = "$(git rev-parse HEAD)" ]
    [ -z "$(tip tags/v0.0.1)" ]
}

@test "a release goes through every gate, and the run is followed" {
    export SLACK_WEBHOOK_DEPLOYMENTS=https://hooks.example/secret
    promote staging prod
    [ "$status" -eq 0 ]
    has 'gate health: passed'
    has 'gate image: passed: 1 tested and running'
    has 'gate soak: passed: in staging since 2026-01-01T00:00:00Z'
    has 'gate window: passed'
    has 'gate denied: passed'
    has 'gate approvals: asked in the run, of 2 people'
    arrived
    called 'gh run watch'
    called 'curl'
    never_called 'hooks.example/secret'
    jq -es 'map(.event) == ["confirmed", "change", "change", "run", "promoted"]' \
        "$BRX_HOME/shop/audit.jsonl"
}

@test "run again, it finds the branch moved and asks for no word" {
    promote staging prod
    : >"$FAKE/calls"
    WORD=no promote staging prod
    [ "$status" -eq 0 ]
    has 'at this commit already'
    never_called 'git push'
    arrived
}

@test "a rehearsal tells every gate and changes nothing" {
    find "$FAKE_REMOTE/refs" -type f >"$FAKE/before"
    rm "$FAKE/registry/"*
    passed "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    promote staging prod --dry-run
    [ "$status" -eq 1 ]
    has 'gate image: failed because staging has not passed this source'
    has 'gate soak: waiting until 20'
    has 'gate denied: passed'
    digest 1 >"$FAKE/registry/shopfloor.azurecr.io+api:passed-staging-$SOURCE"
    passed 2026-01-01T00:00:00Z
    promote staging prod --dry-run
    [ "$status" -eq 0 ]
    has 'would ask for: YES'
    has 'would move main forward'
    has 'rehearsed: staging -> production'
    find "$FAKE_REMOTE/refs" -type f | diff "$FAKE/before" -
    stayed
    [ ! -e "$BRX_HOME/shop/audit.jsonl" ]
    [ -z "$(git worktree list | sed 1d)" ]
}

@test "forbidden and undeclared ways are refused, with the way to take" {
    promote dev prod
    [ "$status" -eq 2 ]
    has 'development -> production is forbidden; take promote.sh development staging, then promote.sh staging production'
    promote prod dev
    [ "$status" -eq 2 ]
    has 'nothing is promoted from production to development at once; no promotions lead there'
    promote staging staging
    [ "$status" -eq 2 ]
    promote staging qa
    [ "$status" -eq 2 ]
    has "there is no environment 'qa'; there are development (dev), staging (stage), production (prod)"
    [ ! -s "$FAKE/calls" ]
    stayed
}

@test "wrong commands are refused before anything is looked at" {
    for words in '' staging 'a b c' 'staging prod --force' \
        'staging prod --version' 'staging prod --version one' \
        'staging prod --yes'; do
        promote "$words"
        [ "$status" -eq 2 ]
    done
    has '--yes is refused for production'
    promote --help
    [ "$status" -eq 0 ]
    has 'staging production'
    [ ! -s "$FAKE/calls" ]
}

@test "without the word nothing moves" {
    WORD=yes promote staging prod
    [ "$status" -eq 4 ]
    stayed
    run bash -c 'run_as_person promote.sh staging prod </dev/null'
    [ "$status" -eq 4 ]
    stayed
}

@test "a soak that is not over is a time to wait for" {
    passed "$(date -u --date '-20 minutes' +%Y-%m-%dT%H:%M:%SZ)"
    promote staging prod
    [ "$status" -eq 3 ]
    has "gate soak: waiting until $(date -u --date '+40 minutes' +%Y-%m-%dT%H)"
    has 'for 20 of 60 minutes'
    stayed
}

@test "a source that is not well, or untested, holds the release back" {
    touch "$FAKE/broken.api"
    jq '.status.readyReplicas = 0' "$FAKE/deployment.api" >"$FAKE/x"
    mv "$FAKE/x" "$FAKE/deployment.api"
    promote staging prod
    [ "$status" -eq 1 ]
    has 'gate health: failed because api is not well'
    deployment api api "$(image 2)"
    promote staging prod
    [ "$status" -eq 1 ]
    has 'none of the releases that passed there'
    deployment api api "$(image 1)"
    digest 2 >"$FAKE/registry/shopfloor.azurecr.io+api:passed-staging-$SOURCE"
    promote staging prod
    [ "$status" -eq 1 ]
    has 'gate image: failed because what passed in staging is not what runs there'
    stayed
}

@test "a freeze and a denied version hold it back" {
    FREEZE='2026-01-01 2999-01-03 UTC the end of time' person promote.sh
    promote staging prod
    [ "$status" -eq 3 ]
    has 'gate window: waiting until 2999-01-04T00:00:00Z: production is frozen: the end of time'
    DENIED='0.0.1 loses orders' person promote.sh
    promote staging prod
    [ "$status" -eq 1 ]
    has 'gate denied: failed because 0.0.1 is denied: loses orders'
    DENIED='1.0.0 loses orders' person promote.sh
    promote staging prod
    [ "$status" -eq 1 ]
    has 'because 1.0.0-rc.4 is denied'
    stayed
}

@test "a branch that went its own way is never forced" {
    git commit --quiet --allow-empty --message hotfix
    git push --quiet origin HEAD:main
    promote staging prod
    [ "$status" -eq 1 ]
    has 'main has commits that staging never had'
    [ "$(tip heads/main)" = "$(git rev-parse HEAD)" ]
    git push --quiet --force origin "$COMMIT:main"
    git commit --quiet --allow-empty --message later
    git checkout --quiet "$COMMIT"
    git commit --quiet --allow-empty --message newer
    git push --quiet origin HEAD:main
    promote staging prod
    [ "$status" -eq 1 ]
    has 'main is ahead of what staging runs'
}

@test "a version is given, or taken from the tags, and never moved" {
    promote staging prod --version 2.0.0
    [ "$status" -eq 0 ]
    [ "$(tip 'tags/v2.0.0^{commit}')" = "$COMMIT" ]
    [ "$(git --git-dir "$FAKE_REMOTE" cat-file -t v2.0.0)" = tag ]
}

@test "a version that names other content stops it" {
    git tag v2.0.0
    git push --quiet origin v2.0.0
    promote staging prod --version 2.0.0
    [ "$status" -eq 1 ]
    has 'v2.0.0 is already the tag of other content'
    stayed
}

@test "reviews are asked for and counted: not the author's, not one's own" {
    REVIEWS=2 person promote.sh
    promote staging prod
    [ "$status" -eq 3 ]
    has 'gate reviews: waiting for reviews: 0 of 2 at https://github.example/pull/7'
    called 'gh pr create --repo acme/shop --base main'
    review() {
        jq -cn --arg who "$1" --arg state "$2" --arg commit "$3" \
            --arg type "${4:-User}" '[{state: $state, commit_id: $commit,
            user: {login: $who, type: $type}}]' >>"$FAKE/hub/reviews"
    }
    review bob APPROVED "$COMMIT"
    review alice APPROVED "$COMMIT"
    review robot APPROVED "$COMMIT" Bot
    review carol APPROVED 0000000000000000000000000000000000000000
    review dave APPROVED "$COMMIT"
    review dave CHANGES_REQUESTED "$COMMIT"
    review erin APPROVED "$COMMIT"
    echo erin >"$FAKE/hub/me"
    promote staging prod
    [ "$status" -eq 3 ]
    has 'gate reviews: waiting for reviews: 1 of 2'
    stayed
    review dave APPROVED "$COMMIT"
    promote staging prod
    [ "$status" -eq 0 ]
    has 'gate reviews: passed: by bob, dave'
    [ "$(grep -c 'gh pr create' "$FAKE/calls")" -eq 1 ]
    arrived
    [ -z "$(tip "heads/promote/production/${COMMIT:0:12}")" ]
}

@test "when the branch's rules refuse the push, it says so, and goes on later" {
    mkdir "$FAKE_REMOTE/hooks"
    cat >"$FAKE_REMOTE/hooks/update" <<'HOOK'
#!/bin/sh
echo 'error: GH013: Repository rule violations found for refs/heads/main' >&2
exit 1
HOOK
    chmod +x "$FAKE_REMOTE/hooks/update"
    promote staging prod
    [ "$status" -eq 1 ]
    has 'the rules of the branch refuse it'
    has 'stopped in step 6 of 7, the branch moves'
    stayed
    rm "$FAKE_REMOTE/hooks/update"
    promote staging prod
    [ "$status" -eq 0 ]
    has 'failed in step 6 of 7'
    arrived
}

@test "a run that fails is told, with what to do; a silent one, too" {
    touch "$FAKE/hub/silent" 2>/dev/null || { mkdir -p "$FAKE/hub" && touch "$FAKE/hub/silent"; }
    promote staging prod
    [ "$status" -eq 1 ]
    has 'no run of cd-prod.yml has begun for this commit'
    rm "$FAKE/hub/silent"
    echo failure >"$FAKE/hub/outcome"
    promote staging prod
    [ "$status" -eq 1 ]
    has "the run ended with 'failure'"
    has 'gh run rerun'
    [ "$(events promoted)" -eq 0 ]
    echo success >"$FAKE/hub/outcome"
    promote staging prod
    [ "$status" -eq 0 ]
    arrived
}

@test "two people cannot promote to one place at a time" {
    mkdir -p "$BRX_HOME/shop"
    flock "$BRX_HOME/shop/release-production.lock" sleep 60 &
    local holder=$!
    sleep 1
    promote staging prod
    kill "$holder"
    [ "$status" -eq 4 ]
    has 'another run is at work'
    stayed
}

whole() {
    WORD=YES promote staging prod
    [[ $(tip heads/main) == "$COMMIT" || -z $(tip tags/v0.0.1) ]]
}

@test "whichever call goes wrong, the next run arrives" {
    each_call whole arrived 'git push|git tag --annotate|gh run watch'
}
