# apply-github.sh against a small GitHub that refuses what the REST API refuses.
load helper
load settings

facts() {
    printf "readonly BRX_PROJECT=shop BRX_REPOSITORY=%s BRX_UP=. \
BRX_HOSTING=settings BRX_PLAN=%s\n" "${REPOSITORY-acme/shop}" "${PLAN:-}"
}

setup() {
    export SCRIPT=$BATS_TEST_TMPDIR/fake/apply-github.sh
    settings_setup
}

begun() {
    a_forge
    compose hosting/apply.sh brx_apply_github >"$SCRIPT"
    mkdir -p "$FAKE"/settings/{rulesets,environments,branches}
    wanted rulesets/main '{name: "broxc main", target: "branch",
        enforcement: "active", bypass_actors: [{slug: "brewers",
            actor_type: "Team", bypass_mode: "always"}],
        conditions: {ref_name: {include: ["refs/heads/main"], exclude: []}},
        rules: [{type: "deletion"}, {type: "pull_request", parameters: {
            required_approving_review_count: 2,
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false, require_last_push_approval: true,
            required_review_thread_resolution: true}}]}'
    wanted environments/production '{name: "production/eu", settings: {
        wait_timer: 5, prevent_self_review: true,
        reviewers: [{type: "Team", slug: "tasters"}, {type: "Team", slug: "brewers"}],
        deployment_branch_policy:
            {protected_branches: false, custom_branch_policies: true}},
        branch_policies: [{name: "main", type: "branch"}],
        variables: [{name: "AZURE_CLIENT_ID", required: true, for: "who"}],
        secrets: [{name: "TOKEN", required: false, for: "opens"}]}'
    wanted branches/legacy '{branch: "legacy/1", required_signatures: true,
        protection: {required_status_checks: {strict: true,
            checks: [{context: "verify", app_id: 15368}]},
        enforce_admins: true, required_pull_request_reviews: null,
        restrictions: {users: [], teams: ["brewers"], apps: []},
        required_linear_history: true, allow_force_pushes: false,
        allow_deletions: false, block_creations: false,
        required_conversation_resolution: true, lock_branch: false,
        allow_fork_syncing: false}}'
    wanted labels '[{name: "env: x", color: "0e8a16", description: "About x"}]'
    wanted repository '{variables: [{name: "BROXC_COMMIT", required: true,
        for: "which"}], secrets: []}'
}

# wanted FILE FILTER
wanted() {
    jq -n "$2" >"$FAKE/settings/$1.json"
}

apply() {
    alone "$SCRIPT" "$@" </dev/null
}

# All of GitHub's settings, without their numbers.
state() {
    (cd "$FAKE/forge" && for file in *; do
        [[ $file == rulesets,* || $file == *policies,* ]] || echo "$file"
        jq -cS 'del(.id)' "$file"
    done)
}

@test "a rehearsal says what would change, and changes nothing" {
    run apply --dry-run
    [ "$status" -eq 0 ]
    has '  create  ruleset      broxc main'
    has '  create  environment  production/eu'
    has '  create  branch       legacy/1'
    has '  create  label        env: x'
    has '  not set   variable AZURE_CLIENT_ID of production/eu: who'
    has 'gh variable set AZURE_CLIENT_ID --repo acme/shop --env production/eu'
    has '  optional  secret TOKEN of production/eu: opens'
    has 'gh variable set BROXC_COMMIT --repo acme/shop'
    [ "$(changes)" -eq 0 ]
    run apply --check
    [ "$status" -eq 3 ]
    [ "$(changes)" -eq 0 ]
}

@test "without a person, or the word, nothing is changed" {
    run apply
    [ "$status" -eq 4 ]
    [ "$(changes)" -eq 0 ]
    run typed NO bash -c 'alone "$SCRIPT"'
    [ "$status" -eq 4 ]
    [ "$(changes)" -eq 0 ]
    run typed APPLY bash -c 'alone "$SCRIPT"'
    [ "$status" -eq 0 ]
    (($(changes) > 0))
}

@test "what is applied is there, and a second run changes nothing" {
    run apply --yes
    [ "$status" -eq 0 ]
    [ "$(jq -c '[.name, .bypass_actors[0].actor_id]' "$FAKE"/forge/rulesets,*)" = \
        '["broxc main",7]' ]
    [ "$(holds environments,production%2Feu '.protection_rules[1].reviewers
        | map(.reviewer.id)')" = '[8,7]' ]
    [ "$(jq -r .name "$FAKE"/forge/environments,*policies,*)" = main ]
    [ "$(holds branches,legacy%2F1,protection,required_signatures .enabled)" = true ]
    [ "$(holds labels,env%3A%20x .color)" = '"0e8a16"' ]
    : >"$FAKE/calls"
    run apply --yes
    [ "$status" -eq 0 ]
    has '  same    ruleset      broxc main'
    has '  same    branch       legacy/1'
    [ "$(changes)" -eq 0 ]
    jq -r .what "$BRX_HOME/shop/audit.jsonl" |
        grep -qx 'create the ruleset broxc main'
}

@test "drift is shown line by line, and --check ends with 3" {
    run apply --yes
    local ruleset
    ruleset=$(basename "$FAKE"/forge/rulesets,*)
    forge "$ruleset" "$(holds "$ruleset" '.enforcement = "disabled"
        | .rules |= map(select(.type != "deletion"))
        | .rules[0].parameters.required_approving_review_count = 0
        | .rules += [{type: "creation"}]')"
    run apply --check
    [ "$status" -eq 3 ]
    has '  update  ruleset      broxc main'
    has '- enforcement: "disabled"'
    has '+ enforcement: "active"'
    has '- rules.pull_request.parameters.required_approving_review_count: 0'
    has '+ rules.pull_request.parameters.required_approving_review_count: 2'
    has '+ rules.deletion.type: "deletion"'
    has '- rules.creation.type: "creation"'
    run apply --yes
    [ "$status" -eq 0 ]
    [ "$(holds "$ruleset" '[.rules[].type] | sort')" = '["deletion","pull_request"]' ]
}

@test "the order of lists is no difference" {
    run apply --yes
    wanted environments/production "$(jq '.settings.reviewers |= reverse' \
        "$FAKE/settings/environments/production.json")"
    run apply --dry-run
    has '  same    environment  production/eu'
}

@test "branches that the environment must not take are taken away" {
    run apply --yes
    forge environments,production%2Feu,deployment-branch-policies,900 \
        '{"id": 900, "name": "*", "type": "branch"}'
    run apply --dry-run
    has '- branch_policies.*.name: "*"'
    run apply --yes
    [ "$status" -eq 0 ]
    [ ! -e "$FAKE/forge/environments,production%2Feu,deployment-branch-policies,900" ]
}

@test "what others made stays; what broxc made is named, and goes with --prune" {
    forge rulesets,900 '{"id": 900, "name": "theirs", "target": "branch", "rules": []}'
    forge rulesets,901 '{"id": 901, "name": "broxc old", "target": "branch", "rules": []}'
    run apply --yes
    [ "$status" -eq 0 ]
    has 'left    ruleset      broxc old (no file says it; --prune deletes it)'
    [ -e "$FAKE/forge/rulesets,901" ]
    run apply --yes --prune
    [ "$status" -eq 0 ]
    [ ! -e "$FAKE/forge/rulesets,901" ]
    [ -e "$FAKE/forge/rulesets,900" ]
}

@test "what stands in the way is said at once, before anything is changed" {
    rm "$FAKE/forge/teams,brewers" "$FAKE/forge/teams,tasters"
    run apply --yes
    [ "$status" -eq 1 ]
    has 'no such team in acme: brewers tasters'
    forge repository '{"owner": {"type": "User"}, "permissions": {"admin": true}}'
    run apply --yes
    has 'only an organization has the teams'
    forge repository '{"owner": {"type": "User"}, "permissions": {"admin": false}}'
    run apply --yes
    has 'you are no administrator'
    rm "$FAKE/forge/repository"
    run apply --yes
    has 'there is no repository acme/shop'
    REPOSITORY='' compose hosting/apply.sh brx_apply_github >"$SCRIPT"
    run apply --yes
    has 'the program names no repository'
    [ "$(changes)" -eq 0 ]
}

@test "a plan that lacks something is said before and after" {
    touch "$FAKE/no-enterprise"
    run apply --dry-run
    has 'acme/shop is private: reviewers and waiting times take GitHub Enterprise (production/eu)'
    run apply --yes
    [ "$status" -eq 1 ]
    has 'GitHub refused to set up the environment production/eu (HTTP 422)'
    has 'take GitHub Enterprise'
    has 'stopped in step 1 of 1'
    PLAN=enterprise compose hosting/apply.sh brx_apply_github >"$SCRIPT"
    run apply --dry-run
    [[ $output != *'take GitHub Enterprise'* ]]
}

@test "wrong commands end with 2, and --help with 0" {
    run apply --frobnicate
    [ "$status" -eq 2 ]
    run apply --help
    [ "$status" -eq 0 ]
    has '--check    the same, and ends with 3'
    [ "$(changes)" -eq 0 ]
}

# A few settings are enough: each call is broken once.
few() {
    rm -r "$FAKE"/settings/{branches,labels.json,repository.json}
}

@test "a call that fails, hangs or gives nonsense stops it; the next run goes on" {
    few
    every_fault fail,time-out,garbage apply --yes
}

@test "killed at any change, it is finished by the next run" {
    few
    LEAST=3 ONLY='--method ' every_fault kill apply --yes
}
