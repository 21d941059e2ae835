# What GitHub's REST API takes, as far as broxc writes it: the names of fields,
# their types and ranges, one table a body. Gives a line for each fault.
#
#     jq -r --arg shape ruleset -f rest.jq FILE
#
# docs.github.com/rest: "Repository rules", "Protected branches", "Deployment
# environments", "Deployment branch policies", "Labels" (2026).

# ---- kinds of values ----
def text($min; $max): {is: "string", min: $min, max: $max};
def count($min; $max): {is: "number", min: $min, max: $max};
def flag: {is: "boolean"};
def word($words): {is: "string", words: $words};
def list($of; $max): {is: "array", of: $of, max: $max};
def fields($must; $may): {is: "object", must: $must, may: $may};
def or_null: . + {null: true};

# ---- tables ----
def team_or_user: fields({type: word(["Team", "User"]), id: count(1; 1e15)}; {});
def policy: fields({protected_branches: flag, custom_branch_policies: flag}; {});
def environment: fields({}; {
    wait_timer: count(0; 43200), prevent_self_review: flag,
    reviewers: (list(team_or_user; 6) | or_null),
    deployment_branch_policy: (policy | or_null)});
def branch_policy: fields({name: text(1; 255)}; {type: word(["branch", "tag"])});
def issue_label: fields({name: text(1; 50)};
    {color: {is: "string", like: "^[0-9a-f]{6}$"}, description: text(0; 100)});

def actor: fields({actor_type: word(["Team", "Integration", "RepositoryRole",
        "OrganizationAdmin", "DeployKey"])};
    {actor_id: (count(1; 1e15) | or_null),
     bypass_mode: word(["always", "pull_request"])});
def ruleset_check: fields({context: text(1; 255)}; {integration_id: count(1; 1e15)});
def parameters: {
    deletion: null, non_fast_forward: null, creation: null,
    required_linear_history: null, required_signatures: null,
    update: fields({update_allows_fetch_and_merge: flag}; {}),
    required_deployments: fields(
        {required_deployment_environments: list(text(1; 255); 100)}; {}),
    pull_request: fields({
        dismiss_stale_reviews_on_push: flag, require_code_owner_review: flag,
        require_last_push_approval: flag,
        required_approving_review_count: count(0; 10),
        required_review_thread_resolution: flag};
        {allowed_merge_methods: list(word(["merge", "squash", "rebase"]); 3)}),
    required_status_checks: fields({
        required_status_checks: list(ruleset_check; 100),
        strict_required_status_checks_policy: flag};
        {do_not_enforce_on_create: flag}),
    merge_queue: fields({
        check_response_timeout_minutes: count(1; 360),
        grouping_strategy: word(["ALLGREEN", "HEADGREEN"]),
        max_entries_to_build: count(0; 100), max_entries_to_merge: count(0; 100),
        merge_method: word(["MERGE", "SQUASH", "REBASE"]),
        min_entries_to_merge: count(0; 100),
        min_entries_to_merge_wait_minutes: count(0; 360)}; {})};
def ruleset: fields({
    name: text(1; 100), enforcement: word(["disabled", "active", "evaluate"])}; {
    target: word(["branch", "tag", "push"]),
    bypass_actors: list(actor; 100),
    conditions: fields({ref_name: fields(
        {include: list(text(1; 255); 100), exclude: list(text(1; 255); 100)}; {})};
        {}),
    rules: list({is: "rule"}; 100)});

def classic_check: fields({context: text(1; 255)}; {app_id: count(-1; 1e15)});
def names: list(text(1; 100); 100);
def reviews: fields({}; {
    dismissal_restrictions: fields({}; {users: names, teams: names, apps: names}),
    dismiss_stale_reviews: flag, require_code_owner_reviews: flag,
    required_approving_review_count: count(0; 6),
    require_last_push_approval: flag,
    bypass_pull_request_allowances:
        fields({}; {users: names, teams: names, apps: names})});
def branch: fields({
    required_status_checks: (fields({strict: flag, checks: list(classic_check; 100)};
        {}) | or_null),
    enforce_admins: (flag | or_null),
    required_pull_request_reviews: (reviews | or_null),
    restrictions: (fields({users: names, teams: names}; {apps: names}) | or_null)}; {
    required_linear_history: flag, allow_force_pushes: (flag | or_null),
    allow_deletions: flag, block_creations: flag,
    required_conversation_resolution: flag, lock_branch: flag,
    allow_fork_syncing: flag});

# ---- reading ----
def faults($at; $shape): . as $value
    | if . == null then
        if $shape.null then empty else "\($at): null" end
    elif $shape.is == "rule" then
        if type != "object" then "\($at): no object"
        elif (parameters | has($value.type // "") | not)
            then "\($at): no rule is called \(.type)"
        elif parameters[.type] == null then
            if . == {type: .type} then empty else "\($at): takes no parameters" end
        else faults($at; fields({type: text(1; 50),
            parameters: parameters[$value.type]}; {})) end
    elif type != $shape.is then "\($at): \(type) instead of \($shape.is)"
    elif $shape.words and ($shape.words | index([$value]) | not)
        then "\($at): \(.) is not one of \($shape.words)"
    elif $shape.like and (test($shape.like) | not) then "\($at): \(.)"
    elif type == "string" and $shape.max and
        ((utf8bytelength) < $shape.min or length > $shape.max)
        then "\($at): \(length) characters"
    elif type == "number" and (. < $shape.min or . > $shape.max or . != floor)
        then "\($at): \(.) is not within \($shape.min)..\($shape.max)"
    elif type == "array" then
        (if length > $shape.max then "\($at): \(length) items" else empty end),
        (to_entries[] | .key as $key | .value
            | faults("\($at)[\($key)]"; $shape.of))
    elif type == "object" then ($shape.must + $shape.may) as $all
        | ($shape.must | keys[] | select(. as $key | $value | has($key) | not)
            | "\($at).\(.) is missing"),
        (to_entries[] | .key as $key
            | if $all | has($key) then .value | faults("\($at).\($key)"; $all[$key])
              else "\($at).\($key): no such field" end)
    else empty end;

# What no table says.
def twice: if $shape == "environment" and .deployment_branch_policy != null
        and .deployment_branch_policy.protected_branches
            == .deployment_branch_policy.custom_branch_policies
    then "deployment_branch_policy: both are the same" else empty end;

faults("body"; {environment: environment, branch_policy: branch_policy,
    "label": issue_label, ruleset: ruleset, branch: branch}[$shape]), twice
