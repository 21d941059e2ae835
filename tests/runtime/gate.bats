# gate.sh, approvers.sh, notify-slack.sh, sign-in.sh, connect.sh.
load helper
setup() { common_setup; }

@test "the gate opens on success and on allowed skips only" {
    export NEEDS='{"a":{"result":"success"},"b":{"result":"skipped"}}'
    run pipeline gate.sh
    [ "$status" -eq 1 ]
    has 'not passed: b (skipped)'
    BRX_MAY_SKIP=$'c\nb' run pipeline gate.sh
    [ "$status" -eq 0 ]
}

@test "the gate stays shut on failures, cancellations and nonsense" {
    export BRX_MAY_SKIP=a
    for NEEDS in '{"a":{"result":"failure"}}' '{"a":{"result":"cancelled"}}' \
        '{"a":{}}' '{}' '[]' 'null' 'not json' '"success"' '{"a":null}'; do
        export NEEDS
        run pipeline gate.sh
        [ "$status" -eq 1 ]
    done
    NEEDS='' run pipeline gate.sh
    [ "$status" -eq 1 ]
}

approval() { # LOGIN ENVIRONMENT STATE TYPE
    jq -n --arg l "$1" --arg e "$2" --arg s "${3:-approved}" --arg t "${4:-User}" \
        '{state: $s, user: {login: $l, type: $t}, environments: [{name: $e}]}'
}

approvers() {
    export BRX_APPROVALS=2 GH_TOKEN=t
    export BRX_ENVIRONMENTS=$'production-approval-1\nproduction-approval-2'
    jq -s . >"$FAKE/gh.answer"
    run pipeline approvers.sh
}

@test "two people make two approvals" {
    approvers < <(approval bob production-approval-1
        approval carol production-approval-2)
    [ "$status" -eq 0 ]
    has '2 approvals'
}

@test "the same person twice is one approval" {
    approvers < <(approval bob production-approval-1
        approval BOB production-approval-2)
    [ "$status" -eq 1 ]
    has '1 of 2'
}

@test "starters, robots, rejections and other environments do not count" {
    export GITHUB_TRIGGERING_ACTOR=Dave
    approvers < <(approval Alice production-approval-1
        approval dave production-approval-2
        approval app production-approval-2 approved Bot
        approval erin production-approval-2 rejected
        approval frank production-switch
        approval bob production-approval-1)
    [ "$status" -eq 1 ]
    has '1 of 2'
}

@test "approvals that cannot be read are none" {
    approvers < <(echo)
    [ "$status" -eq 1 ]
    echo 'not json' >"$FAKE/gh.answer"
    run pipeline approvers.sh
    [ "$status" -eq 1 ]
    echo '{"message": "Not Found"}' >"$FAKE/gh.answer"
    run pipeline approvers.sh
    [ "$status" -eq 1 ]
    echo 'gh api' >"$FAKE/fail"
    run pipeline approvers.sh
    [ "$status" -eq 1 ]
    for BRX_APPROVALS in 0 -1 'a[$(touch pwned)]'; do
        export BRX_APPROVALS
        run pipeline approvers.sh
        [ "$status" -eq 1 ]
    done
    [ ! -e pwned ]
}

slack() {
    export BRX_SLACK_WEBHOOK=https://hooks.example.org/secret-path
    export BRX_PROJECT=shop BRX_ENVIRONMENT=production BRX_VERSION=1.2.3
    export BRX_OUTCOME=success
}

@test "Slack is told, and the webhook is on no command line" {
    slack
    export BRX_VERSION=$'1 <!channel> & "q" \\ $(id) ${{ x }}\nline'
    run pipeline notify-slack.sh
    [ "$status" -eq 0 ]
    never_called secret-path
    grep -qx 'url = "https://hooks.example.org/secret-path"' "$FAKE/curl.stdin"
    # curl's own quoting, undone: the body must be JSON again.
    sed -n 's/^data-raw = "\(.*\)"$/\1/p' "$FAKE/curl.stdin" |
        sed 's/\\\(["\\]\)/\1/g' | jq -re .text >"$FAKE/text"
    grep -qF '&lt;!channel&gt; &amp; "q" \ $(id) ${{ x }}' "$FAKE/text"
    grep -qF 'actions/runs/77' "$FAKE/text"
}

@test "Slack being away or unset never fails a release" {
    slack
    echo 22 >"$FAKE/curl.code"
    run pipeline notify-slack.sh
    [ "$status" -eq 0 ]
    has '::warning::nobody was told'
    BRX_SLACK_WEBHOOK='' run pipeline notify-slack.sh
    [ "$status" -eq 0 ]
    has '::warning::nobody was told: the secret'
    BRX_SLACK_WEBHOOK=$'https://x\nurl = "evil"' run pipeline notify-slack.sh
    [ "$status" -eq 0 ]
    has '::warning::'
}

connect() {
    export BRX_CLUSTER=shop-aks BRX_RESOURCE_GROUP=shop-rg
    echo shop-aks >"$FAKE/context"
    echo Active >"$FAKE/phase"
}

@test "kubectl is connected to the declared cluster" {
    connect
    run pipeline connect.sh
    [ "$status" -eq 0 ]
    called 'kubelogin convert-kubeconfig --login azurecli'
    grep -q '^KUBECONFIG=' "$GITHUB_ENV"
}

@test "another cluster or an absent namespace stops everything" {
    connect
    echo other-aks >"$FAKE/context"
    run pipeline connect.sh
    [ "$status" -eq 1 ]
    has "connected to 'other-aks'"
    connect
    : >"$FAKE/phase"
    run pipeline connect.sh
    [ "$status" -eq 1 ]
    has 'absent'
    echo Terminating >"$FAKE/phase"
    run pipeline connect.sh
    [ "$status" -eq 1 ]
    [ ! -e "$GITHUB_ENV" ]
}

@test "names of clusters and registries are checked" {
    connect
    for BRX_CLUSTER in '' '-x' 'a b' '$(id)'; do
        export BRX_CLUSTER
        run pipeline connect.sh
        [ "$status" -eq 1 ]
    done
    never_called az
    for BRX_REGISTRY in 'x.example.org' 'evil.org/.azurecr.io' '--help'; do
        export BRX_REGISTRY
        run pipeline sign-in.sh
        [ "$status" -eq 1 ]
    done
    BRX_REGISTRY=shop1.azurecr.io run pipeline sign-in.sh
    [ "$status" -eq 0 ]
    called 'az acr login --name shop1'
}
